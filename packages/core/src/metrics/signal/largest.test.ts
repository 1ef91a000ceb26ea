import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestOf } from './largest.ts';

const numbers = fc.oneof(
	fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 300 }),
	// Many ties.
	fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 300 }),
);

test('the same values as sorting finds', () => {
	fc.assert(
		fc.property(numbers, fc.integer({ min: -2, max: 310 }), (array, count) => {
			const values = Float64Array.from(array);
			const sorted = values.toSorted().slice(Math.max(0, values.length - Math.max(0, count)));
			expect([...largestOf(values, count).sort()]).toEqual([...sorted]);
		}),
	);
});

test('leaves its input as it was', () => {
	const values = Float64Array.of(3, 1, 2, 9, 4);
	largestOf(values, 2);
	expect([...values]).toEqual([3, 1, 2, 9, 4]);
});

test('values crowded beside one far away', () => {
	const values = Float64Array.from({ length: 5000 }, (_, i) => (i === 7 ? 1e9 : Math.sin(i)));
	expect([...largestOf(values, 3).sort()]).toEqual([...values.toSorted().slice(-3)]);
});

test('values all the same, and values with no finite range', () => {
	expect([...largestOf(new Float64Array(10).fill(2), 4)]).toEqual([2, 2, 2, 2]);
	expect([...largestOf(Float64Array.of(-1.7e308, 0, 1.7e308), 2).sort()]).toEqual([0, 1.7e308]);
});
