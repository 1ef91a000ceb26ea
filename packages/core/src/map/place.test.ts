import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeInWords, pointInWords, tissueExtent } from './place.ts';
import { fakeMap } from './testing/fake-map.ts';

/** Tissue from (10, 5) to (50, 35) on a map of 60 x 40. */
const map = fakeMap(60, 40, (x, y) => (x >= 10 && x < 50 && y >= 5 && y < 35 ? 1 : Number.NaN));

const placeOf = (chosen: (x: number, y: number) => boolean) =>
	placeInWords(map, (i) => chosen(i % 60, Math.floor(i / 60)));

/** A box in fractions of the tissue. */
const box = (left: number, top: number, right: number, bottom: number) => (x: number, y: number) => {
	const u = (x + 0.5 - 10) / 40;
	const v = (y + 0.5 - 5) / 30;
	return u > left && u < right && v > top && v < bottom;
};

test.each([
	['upper left', box(0, 0, 0.3, 0.3)],
	['upper', box(0.35, 0, 0.65, 0.3)],
	['upper right', box(0.7, 0, 1, 0.3)],
	['left', box(0, 0.35, 0.3, 0.65)],
	['centre', box(0.35, 0.35, 0.65, 0.65)],
	['right', box(0.7, 0.35, 1, 0.65)],
	['lower left', box(0, 0.7, 0.3, 1)],
	['lower', box(0.35, 0.7, 0.65, 1)],
	['lower right', box(0.7, 0.7, 1, 1)],
	['left half', box(0, 0, 0.5, 1)],
	['right half', box(0.5, 0, 1, 1)],
	['upper half', box(0, 0, 1, 0.45)],
	['lower half', box(0, 0.6, 1, 1)],
	['across the middle', box(0, 0.4, 1, 0.6)],
	['down the middle', box(0.4, 0, 0.6, 1)],
	['all over', box(0, 0, 1, 1)],
	['scattered', (x: number, y: number) => x % 4 === 2 && y % 4 === 2],
	['scattered', (x: number, y: number) => box(0, 0, 0.3, 0.3)(x, y) || box(0.7, 0.7, 1, 1)(x, y)],
	['upper half', (x: number, y: number) => box(0, 0, 0.3, 0.3)(x, y) || box(0.7, 0, 1, 0.3)(x, y)],
])('%s', (words, chosen) => {
	expect(placeOf(chosen)).toBe(words);
});

test('is relative to the tissue, not to the slide', () => {
	const small = fakeMap(60, 40, (x, y) => (x < 20 && y < 20 ? 1 : Number.NaN));
	expect(placeInWords(small, (i) => i % 60 > 15 && i % 60 < 20 && i > 15 * 60 && i < 20 * 60)).toBe('lower right');
});

test('nothing chosen, or nothing there, has no place', () => {
	expect(placeOf(() => false)).toBeUndefined();
	expect(
		placeInWords(
			fakeMap(3, 3, () => Number.NaN),
			() => true,
		),
	).toBeUndefined();
});

test('rims with a bit of tissue do not widen the extent, unless there is nothing else', () => {
	const thin = fakeMap(5, 1, () => 1, { tissueFraction: Float32Array.of(0.2, 0.8, 0.9, 0.1, 0) });
	expect(tissueExtent(thin)).toEqual({ left: 1, top: 0, right: 3, bottom: 1 });
	const thinner = fakeMap(5, 1, () => 1, { tissueFraction: Float32Array.of(0, 0.3, 0, 0.1, 0) });
	expect(tissueExtent(thinner)).toEqual({ left: 1, top: 0, right: 4, bottom: 1 });
});

test('mirroring swaps the words', () => {
	const swap = (words: string) => words.replace(/left|right/, (word) => (word === 'left' ? 'right' : 'left'));
	const fraction = fc.double({ min: 0, max: 1, noNaN: true });
	fc.assert(
		fc.property(fraction, fraction, (x, y) => {
			expect(pointInWords(1 - x, y)).toBe(swap(pointInWords(x, y)));
		}),
	);
});
