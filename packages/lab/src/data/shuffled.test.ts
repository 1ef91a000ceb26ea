import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shuffled } from './shuffled.ts';

const hundred = Array.from({ length: 100 }, (_, i) => i);

test('keeps every value and decides the order by seed and name', () => {
	fc.assert(
		fc.property(fc.array(fc.integer()), fc.integer(), fc.string(), (values, seed, name) => {
			const order = shuffled(values, seed, name);
			expect([...order].sort()).toEqual([...values].sort());
			expect(shuffled(values, seed, name)).toEqual(order);
		}),
	);
});

test('other seeds and other names give other orders, and the input stays', () => {
	const order = shuffled(hundred, 1, 'a');
	expect(order).not.toEqual(hundred);
	expect(shuffled(hundred, 2, 'a')).not.toEqual(order);
	expect(shuffled(hundred, 1, 'b')).not.toEqual(order);
	expect(hundred[0]).toBe(0);
});

test('every value comes first about as often', () => {
	const first = [0, 0, 0, 0];
	for (let seed = 0; seed < 4000; seed++) first[shuffled([0, 1, 2, 3], seed, 'x')[0]!]!++;
	for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(130);
});
