/**
 * A calibration: what a model's scores mean on one scanner, learnt from labelled tiles or a focal stack. Plain data, and
 * the JSON file that a lab keeps.
 * @module
 */
import { canonicalJson, sha256 } from '../fingerprint.ts';
import type { ScoreUnit } from '../focus/focus-model.ts';
import { type CalibrationCurve, calibrate } from './curve.ts';

/**
 * Unit of calibrated values, which grow with blur. `defocusUm`: micrometres out of focus; `zLevel`: steps of a focal
 * series; `score`: the share of tiles labelled out of focus, 0..1, when labels are two classes.
 */
export type CalibratedUnit = Exclude<ScoreUnit, 'blurRadiusPx'>;

/** From which score a tile counts as out of focus. */
export interface CalibrationThreshold {
	/** The label, in the calibration's unit, from which a tile counts as out of focus. */
	readonly limit: number;
	/** What the threshold was chosen for: the largest sensitivity + specificity, or a sensitivity. */
	readonly target: 'youden' | 'sensitivity';
	/** The sensitivity asked for; absent with `youden`. */
	readonly targetSensitivity?: number;
	/** In scores of the model; `low` and `high` enclose it with `confidence`. */
	readonly score: number;
	readonly low: number;
	readonly high: number;
	/** The curve's value at `score`. */
	readonly value: number;
	/** Share of draws inside `low … high`, 0..1. */
	readonly confidence: number;
	/** Draws of the bootstrap that gave a threshold. */
	readonly draws: number;
	/** Of the tiles it was chosen on: a little better than on others. */
	readonly sensitivity: number;
	readonly specificity: number;
}

/** See the module. */
export interface Calibration {
	/** Version of this shape. */
	readonly schema: 'parfocal-calibration-1';
	readonly name: string;
	/** Identity: SHA-256 of the other fields as canonical JSON, hex. */
	readonly sha256: string;
	/** The model whose scores these are. Scores of another model, or of the other mode, mean something else. */
	readonly model: {
		readonly name: string;
		readonly sha256: string;
		readonly mode: 'fast' | 'exact';
		readonly higherMeans: 'blurrier' | 'sharper';
	};
	/** Pixel size of the tiles, µm; absent when it was not said. */
	readonly mpp?: number;
	readonly source: 'labels' | 'z-stack';
	readonly unit: CalibratedUnit;
	/** Monotone: values rise with blur. */
	readonly curve: CalibrationCurve;
	readonly threshold: CalibrationThreshold;
	readonly samples: {
		readonly count: number;
		/** What the bootstrap drew: groups of tiles, or single tiles. */
		readonly drawn: number;
	};
	/** Spearman's correlation of blur with labels, and its interval. */
	readonly agreement: { readonly spearman: number; readonly low: number; readonly high: number };
	/** How the curve was fitted, in words. */
	readonly method: string;
	/** What a user should know before trusting it. */
	readonly warnings: readonly string[];
}

/** What `Assessment` and other results say of the calibration they rest on. */
export type CalibrationIdentity = Pick<Calibration, 'name' | 'sha256'>;

/** A calibration without its identity. */
export type CalibrationContent = Omit<Calibration, 'sha256'>;

/** The content with its identity, in place of one it may have had: equal contents have equal identities. */
export async function identifyCalibration(content: CalibrationContent): Promise<Calibration> {
	const { schema, name, sha256: _, ...rest } = content as Calibration;
	return { schema, name, sha256: await calibrationSha256(content), ...rest };
}

/** The identity of a content: SHA-256 of its canonical JSON. A `sha256` in it does not count. */
export async function calibrationSha256(content: CalibrationContent & { readonly sha256?: string }): Promise<string> {
	return sha256(canonicalJson({ ...content, sha256: undefined }));
}

/** What a calibration says of a score. */
export interface CalibratedScore {
	/** In the calibration's unit; NaN for NaN. */
	readonly value: number;
	/** The score is at the threshold or blurrier. */
	readonly outOfFocus: boolean;
	/** The score lies within the threshold's interval: another set of tiles might have said otherwise. */
	readonly uncertain: boolean;
}

/**
 * What a score means.
 * @example
 * ```ts
 * const { value, outOfFocus } = applyCalibration(calibration, (await scorePicture(slide, model)).score);
 * ```
 */
export function applyCalibration({ curve, threshold, model }: Calibration, score: number): CalibratedScore {
	const blurrier = model.higherMeans === 'blurrier';
	return {
		value: calibrate(curve, score),
		outOfFocus: blurrier ? score >= threshold.score : score <= threshold.score,
		uncertain: score >= threshold.low && score <= threshold.high,
	};
}
