import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../signal/random.ts';
import { cosineDictionary, type SparseDictionary } from './dictionary.ts';
import { sparseCodes } from './sparse-coder.ts';

const atomOf = ({ data }: SparseDictionary, atom: number): Float64Array => data.subarray(64 * atom, 64 * (atom + 1));
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** A dictionary of random directions: no two alike. */
function randomDictionary(atoms: number, seed: number): SparseDictionary {
	const random = randomNumbers(seed);
	const data = Float64Array.from({ length: 64 * atoms }, () => random() - 0.5);
	for (let atom = 0; atom < atoms; atom++) {
		const part = data.subarray(64 * atom, 64 * (atom + 1));
		const length = Math.sqrt(dot(part, part));
		for (let i = 0; i < 64; i++) part[i]! /= length;
	}
	return { atoms, data };
}

/** Codes one block; the residual with them. */
function code(dictionary: SparseDictionary, block: Float64Array, sparsity: number) {
	const { picks, coefficients } = sparseCodes(dictionary, sparsity, 1, (_, out, offset) => out.set(block, offset));
	const residual = block.slice();
	for (const [k, atom] of picks.entries()) {
		if (atom < 0) continue;
		for (let i = 0; i < 64; i++) residual[i]! -= coefficients[k]! * atomOf(dictionary, atom)[i]!;
	}
	return { picks: [...picks], coefficients: [...coefficients], residual };
}

describe('matching pursuit', () => {
	const blocks = fc.nat().map((seed) => {
		const random = randomNumbers(seed);
		return Float64Array.from({ length: 64 }, () => Math.floor(256 * random()));
	});
	const dictionaries = [cosineDictionary(), randomDictionary(64, 5), randomDictionary(200, 6)];
	const which = fc.nat(dictionaries.length - 1);

	test('leaves a residual that no picked atom explains: the fit is by least squares', () => {
		fc.assert(
			fc.property(blocks, which, fc.integer({ min: 1, max: 12 }), (block, index, sparsity) => {
				const dictionary = dictionaries[index]!;
				const { picks, residual } = code(dictionary, block, sparsity);
				expect(new Set(picks).size).toBe(sparsity);
				for (const atom of picks) expect(Math.abs(dot(residual, atomOf(dictionary, atom)))).toBeLessThan(1e-8);
			}),
			{ numRuns: 30 },
		);
	});

	test('picks what explains most of what is left', () => {
		fc.assert(
			fc.property(blocks, which, (block, index) => {
				const dictionary = dictionaries[index]!;
				const { picks } = code(dictionary, block, 4);
				for (let k = 0; k < 4; k++) {
					const before = k === 0 ? block : code(dictionary, block, k).residual;
					const picked = Math.abs(dot(before, atomOf(dictionary, picks[k]!)));
					const all = Array.from({ length: dictionary.atoms }, (_, atom) =>
						Math.abs(dot(before, atomOf(dictionary, atom))),
					);
					expect(Math.max(...all)).toBeLessThanOrEqual(picked * (1 + 1e-9));
				}
			}),
			{ numRuns: 8 },
		);
	});

	test('ends early when nothing is left', () => {
		const dictionary = randomDictionary(64, 9);
		const two = atomOf(dictionary, 7).map((value, i) => 30 * value + 1e-9 * i);
		const { picks, coefficients } = code(dictionary, two, 6);
		expect(picks).toEqual([7, -1, -1, -1, -1, -1]);
		expect(coefficients[0]).toBeCloseTo(30, 6);
		expect(coefficients.slice(1)).toEqual([0, 0, 0, 0, 0]);
	});

	test('a block of zeros costs nothing', () => {
		const { coefficients } = code(cosineDictionary(), new Float64Array(64), 6);
		expect(coefficients).toEqual([0, 0, 0, 0, 0, 0]);
	});

	test('equally good atoms: the first is taken', () => {
		const dictionary = randomDictionary(64, 2);
		atomOf(dictionary, 40).set(atomOf(dictionary, 12));
		const { picks } = code(
			dictionary,
			atomOf(dictionary, 12).map((value) => 5 * value),
			2,
		);
		expect(picks).toEqual([12, -1]);
	});
});

describe('batches', () => {
	test('blocks are coded each by itself, in order, over batch borders', () => {
		const dictionary = cosineDictionary();
		const blockAt = (index: number): Float64Array => {
			const random = randomNumbers(index);
			return Float64Array.from({ length: 64 }, () => 255 * random());
		};
		const { picks, coefficients } = sparseCodes(dictionary, 3, 2100, (block, out, offset) =>
			out.set(blockAt(block), offset),
		);
		for (const index of [0, 1, 1023, 1024, 2047, 2048, 2099]) {
			const alone = code(dictionary, blockAt(index), 3);
			expect([...picks.subarray(3 * index, 3 * index + 3)]).toEqual(alone.picks);
			expect([...coefficients.subarray(3 * index, 3 * index + 3)]).toEqual(alone.coefficients);
		}
	});

	test('no blocks, no codes', () => {
		const { picks, coefficients } = sparseCodes(cosineDictionary(), 6, 0, () => {});
		expect([picks.length, coefficients.length]).toEqual([0, 0]);
	});
});
