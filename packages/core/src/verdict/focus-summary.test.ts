import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VALIDITY } from '../map/focus-map.ts';
import { fakeMap } from '../map/testing/fake-map.ts';
import { summariseFocus } from './focus-summary.ts';

const thresholds = { slight: 1, clear: 2, strong: 4 };

test('shares and percentiles of a map by construction', () => {
	// Columns of 0, 1, …, 9: tenths.
	const summary = summariseFocus(
		fakeMap(10, 7, (x) => x),
		thresholds,
	)!;
	expect(summary).toMatchObject({ inFocusFraction: 0.1, slightFraction: 0.1, clearFraction: 0.2, strongFraction: 0.6 });
	expect(summary.median).toBeCloseTo(4, 3);
	expect(summary.percentile95).toBeCloseTo(9, 3);
});

test('places count by their tissue, and only assessable ones', () => {
	const map = fakeMap(4, 1, (x) => [0, 5, 5, 5][x]!, { tissueFraction: Float32Array.of(1, 0.25, 1, 1) });
	map.validity[2] = VALIDITY.littleTexture;
	map.validity[3] = VALIDITY.unreadable;
	const summary = summariseFocus(map, thresholds)!;
	expect(summary.inFocusFraction).toBeCloseTo(0.8, 6);
	expect(summary.strongFraction).toBeCloseTo(0.2, 6);
	expect(summary.median).toBeCloseTo(0, 6);
	expect(summary.percentile95).toBeCloseTo(5, 3);
});

test('the 95th percentile is a blurry value for scores that fall with blur too', () => {
	const map = fakeMap(100, 1, (x) => -x / 10, { unit: 'score', higherMeans: 'sharper' });
	const summary = summariseFocus(map, { slight: -1, clear: -2, strong: -4 })!;
	expect(summary.percentile95).toBeCloseTo(-9.4, 1);
	expect(summary.median).toBeCloseTo(-4.9, 1);
	expect(summary.strongFraction).toBeCloseTo(0.6, 6);
});

test('nothing assessable, no summary', () => {
	expect(
		summariseFocus(
			fakeMap(3, 3, () => Number.NaN),
			thresholds,
		),
	).toBeUndefined();
});

test('one value only', () => {
	expect(
		summariseFocus(
			fakeMap(3, 3, () => 2.5),
			thresholds,
		),
	).toMatchObject({ median: 2.5, percentile95: 2.5, clearFraction: 1 });
});

test('fractions add to one and percentiles are those of the sorted values', () => {
	fc.assert(
		fc.property(fc.array(fc.float({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 60 }), (values) => {
			const s = summariseFocus(
				fakeMap(values.length, 1, (x) => values[x]!),
				thresholds,
			)!;
			expect(s.inFocusFraction + s.slightFraction + s.clearFraction + s.strongFraction).toBeCloseTo(1, 9);
			const sorted = [...values].sort((a, b) => a - b);
			const at = (part: number) => sorted[Math.ceil(part * values.length) - 1]!;
			expect(s.median).toBeCloseTo(at(0.5), 3);
			expect(s.percentile95).toBeCloseTo(at(0.95), 3);
		}),
	);
});
