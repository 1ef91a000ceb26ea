/**
 * K-SVD's second half: with the picks fixed, atom after atom is fitted to the blocks that use it.
 * @module
 */
import { BLOCK_NUMBERS, type SparseDictionary } from './dictionary.ts';
import { addAtom } from './residuals.ts';
import type { SparseCodes } from './sparse-coder.ts';

/** Alternating steps towards the first singular vectors; they start near, so few suffice. */
const STEPS = 3;

/** Two atoms this parallel are one: the later is taken anew from a block. */
const TWIN = 0.99;

/**
 * Changes `dictionary`, the coefficients and the residuals in place, the residuals always being what is left. Atoms that no
 * block uses, or that repeat another, become the block that is explained worst.
 */
export function improveAtoms(
	{ atoms, data }: SparseDictionary,
	{ sparsity, picks, coefficients }: SparseCodes,
	residuals: Float64Array,
	examples: Float64Array,
): void {
	const uses = usesOf(picks, atoms);
	for (let atom = 0; atom < atoms; atom++) {
		const column = data.subarray(atom * BLOCK_NUMBERS, (atom + 1) * BLOCK_NUMBERS);
		const used = uses[atom]!;
		if (used.length > 0) fitAtom(column, used);
		if (used.length > 0 && !hasTwin(data, atom)) continue;
		// Its uses are given back to the residuals before it changes.
		for (const use of used) addAtom(residuals, Math.floor(use / sparsity), data, atom, coefficients[use]!);
		for (const use of used) coefficients[use] = 0;
		const worst = worstBlock(residuals);
		column.set(examples.subarray(worst * BLOCK_NUMBERS, (worst + 1) * BLOCK_NUMBERS));
		normalise(column);
		// Counts as explained, so that the next lost atom takes another block.
		residuals.fill(0, worst * BLOCK_NUMBERS, (worst + 1) * BLOCK_NUMBERS);
	}

	function fitAtom(column: Float64Array, used: readonly number[]): void {
		const start = (use: number): number => Math.floor(use / sparsity) * BLOCK_NUMBERS;
		const sums = new Float64Array(BLOCK_NUMBERS);
		for (let step = 0; step < STEPS; step++) {
			// E c, where E is the residual with this atom's part put back.
			sums.fill(0);
			let squares = 0;
			for (const use of used) {
				const amount = coefficients[use]!;
				const from = start(use);
				for (let i = 0; i < BLOCK_NUMBERS; i++) sums[i]! += amount * residuals[from + i]!;
				squares += amount * amount;
			}
			for (let i = 0; i < BLOCK_NUMBERS; i++) sums[i]! += squares * column[i]!;
			if (!normalise(sums)) return;
			for (const use of used) {
				const from = start(use);
				const before = coefficients[use]!;
				let after = 0;
				for (let i = 0; i < BLOCK_NUMBERS; i++) after += sums[i]! * (residuals[from + i]! + before * column[i]!);
				for (let i = 0; i < BLOCK_NUMBERS; i++) residuals[from + i]! += before * column[i]! - after * sums[i]!;
				coefficients[use] = after;
			}
			column.set(sums);
		}
	}
}

/** Where each atom is used: indices into the picks. */
function usesOf(picks: Int32Array, atoms: number): number[][] {
	const uses: number[][] = Array.from({ length: atoms }, () => []);
	for (let i = 0; i < picks.length; i++) if (picks[i]! >= 0) uses[picks[i]!]!.push(i);
	return uses;
}

function hasTwin(data: Float64Array, atom: number): boolean {
	for (let other = 0; other < atom; other++) {
		let product = 0;
		for (let i = 0; i < BLOCK_NUMBERS; i++) {
			product += data[other * BLOCK_NUMBERS + i]! * data[atom * BLOCK_NUMBERS + i]!;
		}
		if (Math.abs(product) > TWIN) return true;
	}
	return false;
}

function worstBlock(residuals: Float64Array): number {
	let worst = 0;
	let most = -1;
	for (let at = 0; at < residuals.length; at += BLOCK_NUMBERS) {
		let squares = 0;
		for (let i = at; i < at + BLOCK_NUMBERS; i++) squares += residuals[i]! * residuals[i]!;
		if (squares > most) {
			most = squares;
			worst = at / BLOCK_NUMBERS;
		}
	}
	return worst;
}

/** Brings a vector to unit length; false when it has none. */
function normalise(vector: Float64Array): boolean {
	let squares = 0;
	for (let i = 0; i < vector.length; i++) squares += vector[i]! * vector[i]!;
	if (!(squares > 0)) return false;
	const factor = 1 / Math.sqrt(squares);
	for (let i = 0; i < vector.length; i++) vector[i]! *= factor;
	return true;
}
