/**
 * Random changes of training crops. Turning by other than quarters and zooming resample, which changes how blurred a crop
 * is, that is, its label; so only flips and quarter turns are on by default.
 * @module
 */
import type { Random } from '../../simulate/random.ts';

/** Random turn, shift and zoom about the crop's centre; what falls in from outside is black. */
export interface AffineJitter {
	/** Turned by up to this much either way. */
	readonly rotationDegrees: number;
	/** Shifted by up to this share of the side either way, whole pixels. */
	readonly shiftX: number;
	readonly shiftY: number;
	/** Smallest and largest zoom. */
	readonly scale: readonly [number, number];
	readonly interpolation: 'nearest' | 'bilinear';
}

/** What may change, each at random and independent of the others. */
export interface Augmentation {
	/** Left to right and upside down. */
	readonly flips: boolean;
	/** By 0, 90, 180 or 270 degrees. */
	readonly quarterTurns: boolean;
	readonly affine?: AffineJitter;
	/** Smallest and largest factor of colour saturation: 0 is grey, 1 is unchanged. */
	readonly saturation?: readonly [number, number];
}

/** Crops as they are. */
export const NO_AUGMENTATION: Augmentation = { flips: false, quarterTurns: false };

/** The default: nothing is resampled, so blur stays what it was. */
export const FLIPS_AND_TURNS: Augmentation = { flips: true, quarterTurns: true };

/**
 * What the published code of the ordinal losses does (torchvision's `RandomAffine`, flips, `ColorJitter`): turns by any
 * angle, vertical shifts only, zoom by a tenth, nearest neighbour, saturation. To reproduce, not to recommend.
 */
export const PAPERS_AUGMENTATION: Augmentation = {
	flips: true,
	quarterTurns: false,
	affine: { rotationDegrees: 180, shiftX: 0, shiftY: 0.1, scale: [0.9, 1.1], interpolation: 'nearest' },
	saturation: [0.5, 2],
};

/**
 * One of the eight ways to lay a square: output (x, y) is input (u, v) with (u, v) = (x, y), or (y, x) when `transposed`,
 * then counted from the right when `flipX` and from below when `flipY`.
 */
export interface Orientation {
	readonly transposed: boolean;
	readonly flipX: boolean;
	readonly flipY: boolean;
}

/** A turn (clockwise), shift and zoom that were drawn. */
export interface AffineMove {
	readonly radians: number;
	readonly shiftXPx: number;
	readonly shiftYPx: number;
	readonly scale: number;
}

/** Changes drawn for one crop. */
export interface DrawnAugmentation {
	readonly orientation: Orientation;
	readonly affine?: AffineMove;
	readonly saturation?: number;
}

/** Quarter turns clockwise, as orientations. */
const TURNS: readonly Orientation[] = [
	{ transposed: false, flipX: false, flipY: false },
	{ transposed: true, flipX: false, flipY: true },
	{ transposed: false, flipX: true, flipY: true },
	{ transposed: true, flipX: true, flipY: false },
];

/** Draws the changes of a crop of `sizePx`. */
export function drawAugmentation(augmentation: Augmentation, sizePx: number, random: Random): DrawnAugmentation {
	const { affine, saturation } = augmentation;
	const turn = TURNS[augmentation.quarterTurns ? random.below(4) : 0]!;
	const flipX = augmentation.flips && random.uniform() < 0.5;
	const flipY = augmentation.flips && random.uniform() < 0.5;
	return {
		orientation: { ...turn, flipX: turn.flipX !== flipX, flipY: turn.flipY !== flipY },
		...(affine && { affine: drawMove(affine, sizePx, random) }),
		...(saturation && { saturation: random.between(...saturation) }),
	};
}

function drawMove(
	{ rotationDegrees, shiftX, shiftY, scale }: AffineJitter,
	sizePx: number,
	random: Random,
): AffineMove {
	const within = (limit: number): number => random.between(-limit, limit);
	return {
		radians: (within(rotationDegrees) * Math.PI) / 180,
		shiftXPx: Math.round(within(shiftX * sizePx)),
		shiftYPx: Math.round(within(shiftY * sizePx)),
		scale: random.between(...scale),
	};
}
