import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, poolViolators } from './pool-violators.ts';

const merge = (a: Block, b: Block): Block => {
	const count = a.count + b.count;
	return { count, value: (a.value * a.count + b.value * b.count) / count };
};
const pool = (values: readonly number[]) =>
	poolViolators(
		values.map((value) => ({ count: 1, value })),
		merge,
	);

test.each([
	[[], []],
	[[3], [[1, 3]]],
	[
		[1, 2, 3],
		[
			[1, 1],
			[1, 2],
			[1, 3],
		],
	],
	[[3, 2, 1], [[3, 2]]],
	[
		[0, 5, 1, 9],
		[
			[1, 0],
			[2, 3],
			[1, 9],
		],
	],
	[
		[1, 1, 2],
		[
			[2, 1],
			[1, 2],
		],
	],
])('%j pools to %j', (values, blocks) => {
	expect(pool(values).map(({ count, value }) => [count, value])).toEqual(blocks);
});

test('rises strictly, keeps all samples and their sum, and leaves what rises alone', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 40 }), (values) => {
			const blocks = pool(values);
			for (let i = 1; i < blocks.length; i++) expect(blocks[i]!.value).toBeGreaterThan(blocks[i - 1]!.value);
			expect(blocks.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
			const sum = blocks.reduce((all, { count, value }) => all + count * value, 0);
			expect(sum).toBeCloseTo(
				values.reduce((all, value) => all + value, 0),
				6,
			);
			const rising = [...new Set(values)].sort((a, b) => a - b);
			expect(pool(rising).map(({ value }) => value)).toEqual(rising);
		}),
	);
});

test('fits no worse than any other non-decreasing values', () => {
	const list = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 5, maxLength: 5 });
	fc.assert(
		fc.property(list, list, (values, others) => {
			const fitted = pool(values).flatMap(({ count, value }) => Array<number>(count).fill(value));
			const error = (of: readonly number[]) => of.reduce((sum, value, i) => sum + (value - values[i]!) ** 2, 0);
			expect(error(fitted)).toBeLessThanOrEqual(error(others.toSorted((a, b) => a - b)) + 1e-9);
		}),
	);
});
