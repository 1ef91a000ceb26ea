import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../signal/random.ts';
import { cosineDictionary } from './dictionary.ts';
import { improveAtoms } from './improve-atoms.ts';
import { residualsOf } from './residuals.ts';
import { sparseCodes } from './sparse-coder.ts';

const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** 400 random blocks, coded by 64 cosines with three atoms each. */
function start() {
	const random = randomNumbers(3);
	const examples = Float64Array.from({ length: 400 * 64 }, () => 50 * random() ** 3);
	const dictionary = { atoms: 64, data: cosineDictionary().data.slice(0, 64 * 64) };
	const codes = sparseCodes(dictionary, 3, 400, (block, out, offset) =>
		out.set(examples.subarray(64 * block, 64 * (block + 1)), offset),
	);
	return { examples, dictionary, codes, residuals: residualsOf(dictionary, codes, examples) };
}

describe('improving', () => {
	test('the error falls, and the residuals stay what is left', () => {
		const { examples, dictionary, codes, residuals } = start();
		const used = new Set(codes.picks);
		const before = squares(residuals);
		improveAtoms(dictionary, codes, residuals, examples);
		expect(used.size).toBeGreaterThan(20);
		const left = residualsOf(dictionary, codes, examples);
		expect(squares(left)).toBeLessThan(before);
		let same = 0;
		for (let block = 0; block < 400; block++) {
			const [a, b] = [residuals, left].map((values) => values.subarray(64 * block, 64 * (block + 1)));
			if (a!.every((value, i) => Math.abs(value - b![i]!) < 1e-8)) same++;
		}
		// Blocks that became atoms count as explained; there are as many as atoms were lost.
		expect(400 - same).toBeLessThanOrEqual(64 - used.size + 2);
	});

	test('an atom nobody uses becomes the block explained worst', () => {
		const { examples, dictionary, codes } = start();
		for (let i = 0; i < codes.picks.length; i++) if (codes.picks[i] === 9) codes.picks[i] = -1;
		examples.fill(0, 64 * 123, 64 * 124);
		examples[64 * 123 + 5] = 1e4;
		codes.picks.fill(-1, 3 * 123, 3 * 124);
		const residuals = residualsOf(dictionary, codes, examples);
		improveAtoms(dictionary, codes, residuals, examples);
		const peaks = Array.from({ length: 64 }, (_, atom) => dictionary.data[64 * atom + 5]!);
		expect(Math.max(...peaks)).toBe(1);
	});

	test('the later of two equal atoms is taken anew', () => {
		const { examples, dictionary, codes } = start();
		const [first, second] = [...new Set(codes.picks)].filter((atom) => atom >= 0).toSorted((a, b) => a - b);
		for (let i = 0; i < codes.picks.length; i++) {
			// Both are used by the same kind of block only: multiples of one pattern.
			if (codes.picks[i] !== first && codes.picks[i] !== second) codes.picks[i] = -1;
		}
		const pattern = dictionary.data.slice(64 * first!, 64 * first! + 64);
		dictionary.data.set(pattern, 64 * second!);
		for (let i = 0; i < examples.length; i++) examples[i] = (1 + Math.floor(i / 64)) * pattern[i % 64]!;
		const residuals = residualsOf(dictionary, codes, examples);
		improveAtoms(dictionary, codes, residuals, examples);
		expect(dictionary.data.every(Number.isFinite)).toBe(true);
		for (let atom = 0; atom < 64; atom++) {
			expect(squares(dictionary.data.subarray(64 * atom, 64 * (atom + 1)))).toBeCloseTo(1, 10);
		}
	});
});
