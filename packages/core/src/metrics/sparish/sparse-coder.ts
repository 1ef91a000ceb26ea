/**
 * Coding blocks by few atoms of a dictionary: orthogonal matching pursuit in the kernels.
 * @module
 */
import { sharedKernels } from '../../kernels/kernels.ts';
import { BLOCK_NUMBERS, type SparseDictionary } from './dictionary.ts';

/** The pursuit ends when the squared residual falls below this. */
const LEAST_RESIDUAL = 1e-6;

/** Blocks coded at a time. */
const BATCH = 1024;

/** Atoms that lie together in the kernel's dictionary. */
const TILE = 8;

/** Codes of blocks: for each, `sparsity` picks and coefficients. */
export interface SparseCodes {
	readonly sparsity: number;
	/** Atom numbers, -1 where fewer were needed. */
	readonly picks: Int32Array;
	readonly coefficients: Float64Array;
}

/**
 * Codes `count` blocks of 64 numbers, which `fill` writes into its array from `offset` on. Blocks are coded in batches, so
 * memory does not grow with their number.
 */
export function sparseCodes(
	{ atoms, data }: SparseDictionary,
	sparsity: number,
	count: number,
	fill: (block: number, out: Float64Array, offset: number) => void,
): SparseCodes {
	const kernels = sharedKernels();
	const batch = Math.max(1, Math.min(BATCH, count));
	const atBlocks = 0;
	const atTiles = atBlocks + BLOCK_NUMBERS * batch;
	const atGram = atTiles + data.length;
	const atScratch = atGram + atoms * atoms;
	const atCoefficients = atScratch + (sparsity + 1) * atoms + sparsity;
	const atPicks = atCoefficients + sparsity * batch;
	const start = kernels.alloc(8 * (atPicks + sparsity * batch));
	const at = (index: number): number => start + 8 * index;
	const { buffer } = kernels.memory;
	const blocks = new Float64Array(buffer, at(atBlocks), BLOCK_NUMBERS * batch);
	fillTiles(data, new Float64Array(buffer, at(atTiles), data.length));
	// The Gram matrix, row by row: an atom is a block, too.
	for (let atom = 0; atom < atoms; atom++) {
		blocks.set(data.subarray(atom * BLOCK_NUMBERS, (atom + 1) * BLOCK_NUMBERS));
		kernels.correlateBlock(at(atBlocks), at(atTiles), atoms, at(atGram + atom * atoms));
	}
	const picks = new Int32Array(sparsity * count);
	const coefficients = new Float64Array(sparsity * count);
	for (let first = 0; first < count; first += batch) {
		const size = Math.min(batch, count - first);
		for (let i = 0; i < size; i++) fill(first + i, blocks, i * BLOCK_NUMBERS);
		kernels.sparseCode(
			at(atBlocks),
			size,
			at(atTiles),
			at(atGram),
			atoms,
			sparsity,
			LEAST_RESIDUAL,
			at(atScratch),
			at(atPicks),
			at(atCoefficients),
		);
		picks.set(new Int32Array(buffer, at(atPicks), sparsity * size), sparsity * first);
		coefficients.set(new Float64Array(buffer, at(atCoefficients), sparsity * size), sparsity * first);
	}
	kernels.free(start);
	return { sparsity, picks, coefficients };
}

/** Atoms in eights, number by number. */
function fillTiles(data: Float64Array, out: Float64Array): void {
	for (let i = 0; i < data.length; i++) {
		const atom = Math.floor(i / BLOCK_NUMBERS);
		const tile = atom - (atom % TILE);
		out[tile * BLOCK_NUMBERS + (i % BLOCK_NUMBERS) * TILE + (atom % TILE)] = data[i]!;
	}
}
