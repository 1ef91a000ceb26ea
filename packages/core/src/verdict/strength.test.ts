import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VALIDITY } from '../map/focus-map.ts';
import { fakeMap } from '../map/testing/fake-map.ts';
import { isAtLeast, STRENGTHS, strengthCodes, strengthOf } from './strength.ts';

const rising = { slight: 1, clear: 2, strong: 4 };
const falling = { slight: -1, clear: -2, strong: -4 };

test('a value at a threshold is that blurry', () => {
	expect([0.99, 1, 2, 3.9, 4, 90].map((value) => strengthOf(value, rising, 'blurrier'))).toEqual([
		undefined,
		'slight',
		'clear',
		'clear',
		'strong',
		'strong',
	]);
	expect(strengthOf(Number.NaN, rising, 'blurrier')).toBeUndefined();
});

test('scores that fall with blur are read the other way', () => {
	fc.assert(
		fc.property(fc.double({ min: -10, max: 10, noNaN: true }), (value) => {
			expect(strengthOf(-value, falling, 'sharper')).toBe(strengthOf(value, rising, 'blurrier'));
		}),
	);
});

test('codes of a map follow, and only assessable places have one', () => {
	const map = fakeMap(6, 1, (x) => [0, 1, 2.5, 4, 9, Number.NaN][x]!);
	map.validity[4] = VALIDITY.penMark;
	expect(Array.from(strengthCodes(map, rising))).toEqual([0, 1, 2, 3, 0, 0]);
	fc.assert(
		fc.property(
			fc.float({ noNaN: true, min: -10, max: 10 }),
			fc.constantFrom('blurrier', 'sharper'),
			(value, higherMeans) => {
				const thresholds = higherMeans === 'blurrier' ? rising : falling;
				const [code] = strengthCodes(
					fakeMap(1, 1, () => value, { higherMeans }),
					thresholds,
				);
				expect(code).toBe(STRENGTHS.indexOf(strengthOf(value, thresholds, higherMeans)!) + 1);
			},
		),
	);
});

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
