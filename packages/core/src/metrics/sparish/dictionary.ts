/**
 * Dictionaries of 8x8 patterns that gradient blocks are put together from.
 * @module
 */
import { ArgumentError, FormatError } from '../../errors.ts';
import { readSafetensors, writeSafetensors } from '../../weights/safetensors.ts';

/** Side of a block, and numbers in it. */
export const BLOCK_PX = 8;
export const BLOCK_NUMBERS: number = BLOCK_PX * BLOCK_PX;

/** Fewest and most atoms, which come in eights. */
const FEWEST_ATOMS = 64;
const MOST_ATOMS = 1024;
const ATOM_STEP = 8;

/** How far an atom's length may lie from 1 in a file. */
const LENGTH_TOLERANCE = 1e-3;

const TENSOR = 'dictionary';

/** Patterns of unit length. */
export interface SparseDictionary {
	/** Number of patterns: 64 to 1,024, a multiple of 8. */
	readonly atoms: number;
	/** `atoms * 64` numbers, atom after atom; the pixel at (column, row) of a block is number `8 * column + row`. */
	readonly data: Float64Array;
}

/**
 * The overcomplete cosine dictionary: all products of 16 cosines along each axis, 256 atoms. Cosine `k` at pixel `i` is
 * `cos(i k pi / 16)`, its mean taken out for `k > 0`, of unit length.
 * Source: Aharon, Elad, Bruckstein, IEEE Trans. Signal Processing 54(11), 2006, section V.
 */
export function cosineDictionary(): SparseDictionary {
	const perAxis = 16;
	const waves = Array.from({ length: perAxis }, (_, k) => cosine(k, perAxis));
	const data = new Float64Array(perAxis * perAxis * BLOCK_NUMBERS);
	for (let atom = 0, i = 0; atom < perAxis * perAxis; atom++) {
		const along = waves[Math.floor(atom / perAxis)]!;
		const down = waves[atom % perAxis]!;
		for (const a of along) for (const d of down) data[i++] = a * d;
	}
	return { atoms: perAxis * perAxis, data };
}

function cosine(k: number, count: number): number[] {
	const wave = Array.from({ length: BLOCK_PX }, (_, i) => Math.cos((i * k * Math.PI) / count));
	const mean = k > 0 ? wave.reduce((sum, value) => sum + value, 0) / BLOCK_PX : 0;
	const centred = wave.map((value) => value - mean);
	const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
	return centred.map((value) => value / length);
}

/**
 * Reads a dictionary from a safetensors file: tensor `dictionary` of shape [64, atoms], its columns of unit length (to
 * 0.001; they are made exact), numbers of a block column by column.
 * @throws {FormatError} when the bytes are no such file.
 */
export function loadDictionary(bytes: Uint8Array): SparseDictionary {
	const tensor = readSafetensors(bytes).tensors.get(TENSOR);
	if (!tensor) fail("it has no tensor 'dictionary'");
	const [numbers, atoms] = tensor.shape;
	if (tensor.shape.length !== 2 || numbers !== BLOCK_NUMBERS || !isAtomCount(atoms)) {
		fail(`its shape is [${tensor.shape.join(', ')}], not [64, atoms] with 64 to 1024 atoms in eights`);
	}
	const data = new Float64Array(atoms * BLOCK_NUMBERS);
	for (let atom = 0; atom < atoms; atom++) {
		for (let i = 0; i < BLOCK_NUMBERS; i++) data[atom * BLOCK_NUMBERS + i] = tensor.data[i * atoms + atom]!;
		const column = data.subarray(atom * BLOCK_NUMBERS, (atom + 1) * BLOCK_NUMBERS);
		const length = Math.sqrt(column.reduce((sum, value) => sum + value * value, 0));
		if (!(Math.abs(length - 1) < LENGTH_TOLERANCE))
			fail(`atom ${atom} has length ${length.toPrecision(4)} instead of 1`);
		for (let i = 0; i < BLOCK_NUMBERS; i++) column[i]! /= length;
	}
	return { atoms, data };
}

/** The bytes that `loadDictionary` reads; numbers are rounded to float32. */
export function saveDictionary(
	{ atoms, data }: SparseDictionary,
	metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
	const columns = new Float32Array(data.length);
	for (let i = 0; i < data.length; i++) columns[(i % BLOCK_NUMBERS) * atoms + Math.floor(i / BLOCK_NUMBERS)] = data[i]!;
	return writeSafetensors(new Map([[TENSOR, { shape: [BLOCK_NUMBERS, atoms], data: columns }]]), metadata);
}

/** Whether a dictionary can have so many atoms. */
export function isAtomCount(atoms: number | undefined): atoms is number {
	return atoms !== undefined && atoms >= FEWEST_ATOMS && atoms <= MOST_ATOMS && atoms % ATOM_STEP === 0;
}

/** @throws {ArgumentError} when sizes do not fit. */
export function checkDictionary({ atoms, data }: SparseDictionary): void {
	if (isAtomCount(atoms) && data.length === atoms * BLOCK_NUMBERS) return;
	const message = `A dictionary has 64 to 1024 atoms in eights, 64 numbers each; this one has ${atoms} atoms and ${data.length} numbers.`;
	throw new ArgumentError('dictionary', message);
}

function fail(problem: string): never {
	throw new FormatError('dictionary', 'unsupported', `The dictionary cannot be used: ${problem}.`);
}
