/**
 * Learning a dictionary from sharp pictures by K-SVD: code all blocks, then improve atom after atom, again and again.
 *
 * Source: Aharon, Elad, Bruckstein, "K-SVD: An Algorithm for Designing Overcomplete Dictionaries for Sparse
 * Representation", IEEE Trans. Signal Processing 54(11), 2006; each atom's singular vectors by alternating steps as in
 * Rubinstein, Zibulevsky, Elad, Technion CS-2008-08.
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { greyLevelsOf } from '../signal/luma.ts';
import { randomNumbers } from '../signal/random.ts';
import { BLOCK_NUMBERS, cosineDictionary, isAtomCount, type SparseDictionary } from './dictionary.ts';
import { blockGrid, gradientBlock } from './gradient-blocks.ts';
import { improveAtoms } from './improve-atoms.ts';
import { residualsOf } from './residuals.ts';
import { SPARSITY } from './sparish.ts';
import { sparseCodes } from './sparse-coder.ts';

/** Options of `trainDictionary`. */
export interface TrainDictionaryOptions {
	/** Patterns to learn: 64 to 1,024, a multiple of 8; default 256. */
	readonly atoms?: number;
	/** Patterns a block may use while learning; default 6, what SPARISH uses. */
	readonly sparsity?: number;
	/** Rounds; default 20. */
	readonly iterations?: number;
	/** Blocks learned from, drawn from all pictures; default 20,000. */
	readonly blocks?: number;
	/** Same pictures, same seed, same dictionary. A whole number; default 1. */
	readonly seed?: number;
	/** Cancels between rounds. */
	readonly signal?: AbortSignal;
	/** Called after each round. */
	readonly onProgress?: (done: number, total: number, error: number) => void;
}

/** A learned dictionary. */
export interface TrainedDictionary {
	readonly dictionary: SparseDictionary;
	/** Root mean square error per number of the blocks learned from, in grey levels: at first, then after each round. */
	readonly errors: readonly number[];
	/** Blocks learned from. */
	readonly blocks: number;
}

/**
 * Learns from the gradient blocks of pictures, which should be sharp; flat blocks teach nothing and are left out. Pictures
 * are looked at one after another, so any number fits into memory.
 * @throws {ArgumentError} for unusable options, or when the pictures hold fewer blocks than the dictionary atoms.
 * @throws the signal's reason when cancelled.
 * @example
 * ```ts
 * const { dictionary } = await trainDictionary(sharpPictures, { seed: 7 });
 * const sharpness = sparish(picture, { dictionary });
 * ```
 */
export async function trainDictionary(
	images: Iterable<RgbImage> | AsyncIterable<RgbImage>,
	options: TrainDictionaryOptions = {},
): Promise<TrainedDictionary> {
	const { atoms = 256, sparsity = SPARSITY, iterations = 20, blocks = 20_000, seed = 1, signal, onProgress } = options;
	if (!isAtomCount(atoms)) {
		throw new ArgumentError('atoms', `A dictionary has 64 to 1024 atoms, a multiple of 8; not ${atoms}.`);
	}
	checkWhole('sparsity', sparsity, 1, 32);
	checkWhole('iterations', iterations, 1, 10_000);
	checkWhole('blocks', blocks, atoms, 1_000_000);
	if (!Number.isSafeInteger(seed)) throw new ArgumentError('seed', `The seed is a whole number, not ${seed}.`);

	const random = randomNumbers(seed);
	const examples = await drawBlocks(images, blocks, random, signal);
	const count = examples.length / BLOCK_NUMBERS;
	if (count < atoms) {
		const message = `The pictures hold ${count} blocks of 8 x 8 pixels that are not flat; ${atoms} atoms need at least as many. Give more or larger pictures.`;
		throw new ArgumentError('images', message);
	}
	const dictionary = firstDictionary(atoms, examples, random);
	const errors: number[] = [];
	for (let iteration = 0; ; iteration++) {
		const codes = sparseCodes(dictionary, sparsity, count, (block, out, offset) => {
			for (let i = 0; i < BLOCK_NUMBERS; i++) out[offset + i] = examples[block * BLOCK_NUMBERS + i]!;
		});
		const residuals = residualsOf(dictionary, codes, examples);
		const error = Math.sqrt(residuals.reduce((sum, value) => sum + value * value, 0) / residuals.length);
		errors.push(error);
		if (iteration > 0) onProgress?.(iteration, iterations, error);
		if (iteration === iterations) return { dictionary, errors, blocks: count };
		// Lets others run, and a cancellation arrive.
		await new Promise((resolve) => setTimeout(resolve));
		signal?.throwIfAborted();
		improveAtoms(dictionary, codes, residuals, examples);
	}
}

function checkWhole(name: string, value: number, minimum: number, maximum: number): void {
	if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
	throw new ArgumentError(name, `${name} is a whole number from ${minimum} to ${maximum}, not ${value}.`);
}

/** Up to `most` gradient blocks that are not flat, each with the same chance (Vitter's algorithm R, 1985). */
async function drawBlocks(
	images: Iterable<RgbImage> | AsyncIterable<RgbImage>,
	most: number,
	random: () => number,
	signal: AbortSignal | undefined,
): Promise<Float64Array> {
	const drawn: Float64Array[] = [];
	let seen = 0;
	for await (const image of images) {
		signal?.throwIfAborted();
		const picture = greyLevelsOf(image, 1);
		const { columns, rows } = blockGrid(picture);
		for (let block = 0; block < columns * rows; block++) {
			const values = new Float64Array(BLOCK_NUMBERS);
			gradientBlock(picture, block, values, 0);
			if (values.every((value) => value === 0)) continue;
			const place = seen < most ? seen : Math.floor(random() * (seen + 1));
			if (place < most) drawn[place] = values;
			seen++;
		}
	}
	const examples = new Float64Array(drawn.length * BLOCK_NUMBERS);
	for (const [i, values] of drawn.entries()) examples.set(values, i * BLOCK_NUMBERS);
	return examples;
}

/** The cosines, as far as they go; beyond 256 atoms blocks drawn from the examples. */
function firstDictionary(atoms: number, examples: Float64Array, random: () => number): SparseDictionary {
	const cosines = cosineDictionary();
	const data = new Float64Array(atoms * BLOCK_NUMBERS);
	data.set(cosines.data.subarray(0, data.length));
	for (let atom = cosines.atoms; atom < atoms; atom++) {
		const block = Math.floor(random() * (examples.length / BLOCK_NUMBERS)) * BLOCK_NUMBERS;
		const example = examples.subarray(block, block + BLOCK_NUMBERS);
		const length = Math.hypot(...example);
		data.set(
			example.map((value) => value / length),
			atom * BLOCK_NUMBERS,
		);
	}
	return { atoms, data };
}
