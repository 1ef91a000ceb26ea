import { ArgumentError, calibrate } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitCurve, leastSamples } from './fit-curve.ts';
import { simulatedSamples, simulatedScore } from './testing/simulated-samples.ts';

const fitOf = (samples: readonly { score: number; label: number }[]) =>
	fitCurve(
		samples.map(({ score }) => score),
		samples.map(({ label }) => label),
	);

test('finds the curve that simulated tiles were made with', () => {
	const curve = fitOf(simulatedSamples(1000, 1));
	for (const defocusUm of [0.5, 1, 2, 3, 4]) {
		expect(Math.abs(calibrate(curve, simulatedScore(defocusUm)) - defocusUm)).toBeLessThan(0.4);
	}
});

test('fifty tiles are enough for half a micrometre', () => {
	const errors = Array.from({ length: 40 }, (_, seed) => {
		const curve = fitOf(simulatedSamples(50, seed));
		return Math.abs(calibrate(curve, simulatedScore(2)) - 2);
	});
	expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.5);
});

test.each([
	[10, 3],
	[60, 3],
	[61, 4],
	[1000, 50],
])('of %i tiles each point stands for %i', (count, least) => {
	expect(leastSamples(count)).toBe(least);
});

test('small blocks join the neighbour of nearer value', () => {
	// Blocks of isotonic regression: 3 x 0, 1 x 1, 3 x 9: the one goes down.
	expect(fitCurve([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 1, 9, 9, 9])).toEqual({ raw: [2, 6], value: [0.25, 9] });
	expect(fitCurve([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 8, 9, 9, 9])).toEqual({ raw: [2, 5], value: [0, 8.75] });
});

test('one odd tile cannot bend an end', () => {
	const blur = Array.from({ length: 30 }, (_, i) => i);
	const labels = blur.map((i) => (i === 29 ? 100 : i / 10));
	const { value } = fitCurve(blur, labels);
	expect(value.at(-1)).toBeLessThan(40);
});

test('tied scores share a point', () => {
	const { raw, value } = fitCurve([1, 1, 1, 2, 2, 2], [0, 1, 2, 5, 5, 8]);
	expect({ raw, value }).toEqual({ raw: [1, 2], value: [1, 6] });
});

describe('of any labels', () => {
	const samples = fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 0, max: 9 })), {
		minLength: 10,
		maxLength: 80,
	});

	/** The curve, or undefined where labels do not rise. */
	const tryFit = (blur: readonly number[], labels: readonly number[]) => {
		try {
			return fitCurve(blur, labels);
		} catch (error) {
			expect(error).toBeInstanceOf(ArgumentError);
			return undefined;
		}
	};

	test('rises strictly in both, stays within labels, has few points, and takes no account of order', () => {
		fc.assert(
			fc.property(samples, (pairs) => {
				const blur = pairs.map(([score]) => score);
				const labels = pairs.map(([, label]) => label);
				const curve = tryFit(blur, labels);
				if (curve === undefined) return;
				for (let i = 1; i < curve.raw.length; i++) {
					expect(curve.raw[i]).toBeGreaterThan(curve.raw[i - 1]!);
					expect(curve.value[i]).toBeGreaterThan(curve.value[i - 1]!);
				}
				expect(Math.min(...curve.value)).toBeGreaterThanOrEqual(Math.min(...labels));
				expect(Math.max(...curve.value)).toBeLessThanOrEqual(Math.max(...labels));
				expect(curve.raw.length).toBeLessThanOrEqual(pairs.length / leastSamples(pairs.length));
				for (const score of curve.raw) expect(blur).toContain(score);
				const turned = tryFit(blur.toReversed(), labels.toReversed())!;
				expect(turned.raw).toEqual(curve.raw);
				for (const [i, value] of turned.value.entries()) expect(value).toBeCloseTo(curve.value[i]!, 9);
			}),
		);
	});

	test.each<[string, (score: number) => number]>([
		['exponential', (score) => Math.exp(score / 10)],
		['cubic', (score) => score ** 3 + score],
		['shifted', (score) => 1e6 + 3 * score],
	])('scores through a rising function (%s) give the same values at the moved scores', (_, through) => {
		fc.assert(
			fc.property(samples, (pairs) => {
				const labels = pairs.map(([, label]) => label);
				const curve = tryFit(
					pairs.map(([score]) => score),
					labels,
				);
				const moved = tryFit(
					pairs.map(([score]) => through(score)),
					labels,
				);
				expect(moved?.value).toEqual(curve?.value);
				expect(moved?.raw).toEqual(curve?.raw.map(through));
			}),
		);
	});
});

test('labels that do not rise are refused', () => {
	expect(() => fitCurve([1, 2, 3, 4, 5, 6], [5, 4, 3, 2, 1, 0])).toThrow(/do not rise/);
	expect(() => fitCurve([1, 1, 1, 1], [1, 2, 3, 4])).toThrow(ArgumentError);
	expect(() => fitCurve([1, 2], [1, 2])).toThrow(ArgumentError);
});
