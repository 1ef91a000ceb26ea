/**
 * What codes leave unexplained.
 * @module
 */
import { BLOCK_NUMBERS, type SparseDictionary } from './dictionary.ts';
import type { SparseCodes } from './sparse-coder.ts';

/** `examples`, blocks of 64 numbers, less what their codes say. */
export function residualsOf(
	{ data }: SparseDictionary,
	{ sparsity, picks, coefficients }: SparseCodes,
	examples: Float64Array,
): Float64Array {
	const residuals = examples.slice();
	for (let i = 0; i < picks.length; i++) {
		if (picks[i]! >= 0) addAtom(residuals, Math.floor(i / sparsity), data, picks[i]!, -coefficients[i]!);
	}
	return residuals;
}

/** Adds `amount` times an atom to a block. */
export function addAtom(blocks: Float64Array, block: number, data: Float64Array, atom: number, amount: number): void {
	const to = block * BLOCK_NUMBERS;
	const from = atom * BLOCK_NUMBERS;
	for (let i = 0; i < BLOCK_NUMBERS; i++) blocks[to + i]! += amount * data[from + i]!;
}
