import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAtLeast } from './at-least.ts';

test('blurrier is above or below, as the scores point', () => {
	expect(isAtLeast(2, 2, 'blurrier')).toBe(true);
	expect(isAtLeast(1.9, 2, 'blurrier')).toBe(false);
	expect(isAtLeast(2, 2, 'sharper')).toBe(true);
	expect(isAtLeast(2.1, 2, 'sharper')).toBe(false);
});

test('what has no value is never blurry', () => {
	expect(isAtLeast(Number.NaN, 0, 'blurrier')).toBe(false);
	expect(isAtLeast(Number.NaN, 0, 'sharper')).toBe(false);
});

test('turning the scores around turns nothing else', () => {
	fc.assert(
		fc.property(fc.float({ noNaN: true }), fc.float({ noNaN: true }), (value, threshold) => {
			expect(isAtLeast(-value, -threshold, 'sharper')).toBe(isAtLeast(value, threshold, 'blurrier'));
		}),
	);
});
