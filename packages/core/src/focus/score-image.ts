/**
 * The score of a picture.
 * @module
 */
import type { RgbImage } from '../image/pixels.ts';
import type { ImmediateModel, WindowScores } from './focus-model.ts';

/** A picture's score and those of its windows. */
export interface ImageScore {
	/** Mean over windows, clamped where the model says so, in `model.unit`. */
	readonly score: number;
	readonly windows: WindowScores;
}

/**
 * Scores a picture in exact mode, at once; `scorePicture` also takes models that answer later.
 * @throws {ArgumentError} when it is smaller than one window.
 * @example
 * ```ts
 * const model = createFocusModel(await loadShippedModel(DEFAULT_MODEL_NAME));
 * const { score } = scoreImage(model, { layout: 'rgb', widthPx, heightPx, data });
 * ```
 */
export function scoreImage(model: ImmediateModel, image: RgbImage): ImageScore {
	const windows = model.scoreWindows(image);
	return { score: windows.score, windows };
}
