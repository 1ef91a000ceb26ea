/**
 * Which squares of a picture are looked at.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import type { Random } from '../../simulate/random.ts';

/**
 * - `random`: one square anywhere within the picture, every place as likely; for training.
 * - `centre`: the square in the middle (half a pixel up and left where it does not come out even).
 * - `grid`: squares from the top left corner every `stridePx`, as long as they lie within the picture, row by row: the
 *   published code's windows for 235 and 128.
 */
export type CropPlan =
	| { readonly kind: 'random'; readonly sizePx: number }
	| { readonly kind: 'centre'; readonly sizePx: number }
	| { readonly kind: 'grid'; readonly sizePx: number; readonly stridePx: number };

/** Top left corner of a square. */
export interface CropCorner {
	readonly x: number;
	readonly y: number;
}

/**
 * Corners of the squares that a plan takes of a picture. Only `random` draws from `random`: twice.
 * @throws {ArgumentError} when the picture is smaller than the square
 */
export function cropCorners(
	plan: CropPlan,
	{ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
	random: Random,
): CropCorner[] {
	const { sizePx } = plan;
	const [right, bottom] = [widthPx - sizePx, heightPx - sizePx];
	if (right < 0 || bottom < 0) {
		throw new ArgumentError(
			'crop',
			`The picture has ${widthPx} x ${heightPx} pixels, less than a crop of ${sizePx} x ${sizePx}. Take smaller crops, or leave such pictures out.`,
		);
	}
	if (plan.kind === 'centre') return [{ x: right >> 1, y: bottom >> 1 }];
	if (plan.kind === 'random') return [{ x: random.below(right + 1), y: random.below(bottom + 1) }];
	const corners: CropCorner[] = [];
	for (let y = 0; y <= bottom; y += plan.stridePx) {
		for (let x = 0; x <= right; x += plan.stridePx) corners.push({ x, y });
	}
	return corners;
}

/**
 * Checks that sizes are positive and whole.
 * @throws {ArgumentError} naming the one that is not
 */
export function checkCropPlan(plan: CropPlan): void {
	const sizes = plan.kind === 'grid' ? [plan.sizePx, plan.stridePx] : [plan.sizePx];
	for (const size of sizes) {
		if (Number.isInteger(size) && size > 0) continue;
		throw new ArgumentError('crop', `Crops need a positive whole number of pixels, not ${size}.`);
	}
}
