/**
 * SPARISH: how much energy the gradient of a picture's liveliest blocks has when it is put together from a few patterns,
 * against their variance.
 *
 * Higher means sharper. From 0 without upper limit, unitless; values depend on the dictionary, so compare scores of one
 * dictionary only. The duller 40 % of 8x8 blocks are ignored. A picture that is flat there has no score: NaN.
 *
 * Source: Li, Lin, Fang, Wu, "No-Reference Image Sharpness Assessment Based on Sparse Representation" (SPARISH), IEEE
 * Trans. Multimedia 18(6), 2016. The authors' code and learned dictionary carry no licence and are not used: the shipped
 * dictionary is made of cosines, which keeps the order of blur with less spread than theirs; `parfocal train-dictionary`
 * learns one from sharp pictures.
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { greyLevelsOf } from '../signal/luma.ts';
import { checkDictionary, cosineDictionary, type SparseDictionary } from './dictionary.ts';
import { blockGrid, blockVariances, gradientBlock } from './gradient-blocks.ts';
import { sparseCodes } from './sparse-coder.ts';

/** Atoms a block may use, and the fraction of blocks that count. */
export const SPARSITY = 6;
const KEPT = 0.6;

/** Options of `sparish`. */
export interface SparishOptions {
	/** Default: `cosineDictionary()`. */
	readonly dictionary?: SparseDictionary;
}

/** A score with what it was computed from. */
export interface SparishMeasurement {
	/** `energy / variance`. */
	readonly score: number;
	/** Whole blocks in the picture, and how many of them count. */
	readonly blocks: number;
	readonly kept: number;
	/** Sums over those that count, in squared grey levels: of squared coefficients, and of the blocks' variances. */
	readonly energy: number;
	readonly variance: number;
}

/**
 * SPARISH score of a picture with room for two blocks of 8 x 8 pixels or more; NaN for a flat one, and for one that is flat
 * within each block (a checkerboard that fits the blocks). Grey pictures are those with equal channels.
 * @throws {ArgumentError} for smaller pictures, and dictionaries of a wrong size.
 */
export function sparish(image: RgbImage, options: SparishOptions = {}): number {
	return measureSparish(image, options).score;
}

/**
 * As `sparish`, with the intermediate values.
 * @throws {ArgumentError} as `sparish` does.
 */
export function measureSparish(image: RgbImage, options: SparishOptions = {}): SparishMeasurement {
	const { columns, rows } = blockGrid(image);
	const blocks = columns * rows;
	if (blocks < 2) {
		const message = `SPARISH needs a picture with room for two blocks of 8 x 8 pixels; this one is ${image.widthPx} x ${image.heightPx}.`;
		throw new ArgumentError('image', message);
	}
	if (options.dictionary) checkDictionary(options.dictionary);
	const dictionary = options.dictionary ?? cosineDictionary();
	const picture = greyLevelsOf(image, 1);
	const variances = blockVariances(picture);
	const kept = Math.floor(KEPT * blocks);
	// Equal variances keep their order: the sort is stable.
	const order = Uint32Array.from({ length: blocks }, (_, block) => block)
		.sort((a, b) => variances[b]! - variances[a]! || a - b)
		.subarray(0, kept);
	const variance = order.reduce((sum, block) => sum + variances[block]!, 0);
	const { coefficients } = sparseCodes(dictionary, SPARSITY, kept, (i, out, offset) =>
		gradientBlock(picture, order[i]!, out, offset),
	);
	const energy = coefficients.reduce((sum, value) => sum + value * value, 0);
	return { score: energy / variance, blocks, kept, energy, variance };
}
