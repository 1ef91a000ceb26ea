import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrate, createWindowHead, rawScore } from './head.ts';
import { syntheticDefinition } from './testing/synthetic.ts';

describe('the head', () => {
	test('without layers is the first feature', () => {
		expect(rawScore([], Float64Array.of(-3.5))).toBe(-3.5);
	});

	test('is a weighted sum with one layer, and never rectified at its end', () => {
		const layer = { inputs: 2, outputs: 1, weight: Float32Array.of(2, -1), bias: Float32Array.of(0.5) };
		expect(rawScore([layer], Float64Array.of(1, 4))).toBe(-1.5);
	});

	test('has ReLU between layers', () => {
		const hidden = { inputs: 1, outputs: 2, weight: Float32Array.of(1, -1), bias: Float32Array.of(0, 0) };
		const last = { inputs: 2, outputs: 1, weight: Float32Array.of(10, 1), bias: Float32Array.of(0) };
		expect(rawScore([hidden, last], Float64Array.of(3))).toBe(30);
		expect(rawScore([hidden, last], Float64Array.of(-3))).toBe(3);
	});

	test('keeps NaN', () => {
		const hidden = { inputs: 1, outputs: 1, weight: Float32Array.of(1), bias: Float32Array.of(0) };
		expect(rawScore([hidden, hidden], Float64Array.of(Number.NaN))).toBeNaN();
	});

	test('an empty window has no score, calibrated or not', () => {
		const empty = Float64Array.of(0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0);
		for (const pooling of ['min', 'minMax', 'energy'] as const) {
			const definition = syntheticDefinition({ pooling });
			expect(createWindowHead(definition).ofStatistics(empty)).toBeNaN();
			const calibration = { raw: [0, 1], value: [0, 1] };
			expect(createWindowHead({ ...definition, calibration }).ofStatistics(empty)).toBeNaN();
		}
	});
});

describe('calibration', () => {
	const calibration = { raw: [-1, 0, 2], value: [0, 1, 9] };

	test.each([
		[-5, 0],
		[-1, 0],
		[-0.5, 0.5],
		[0, 1],
		[0.5, 3],
		[2, 9],
		[7, 9],
	])('%d becomes %d', (raw, value) => {
		expect(calibrate(calibration, raw)).toBe(value);
	});

	test('of one point is that value everywhere', () => {
		expect([-9, 3, 9].map((raw) => calibrate({ raw: [3], value: [4] }, raw))).toEqual([4, 4, 4]);
	});

	test('keeps order when its values ascend, and stays within them', () => {
		const points = fc
			.uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 12 })
			.map((raw) => raw.sort((a, b) => a - b));
		fc.assert(
			fc.property(
				points,
				fc.double({ min: -150, max: 150, noNaN: true }),
				fc.double({ min: -150, max: 150, noNaN: true }),
				(raw, a, b) => {
					const value = raw.map((_, i) => i * i);
					const [low, high] = [Math.min(a, b), Math.max(a, b)];
					const [first, second] = [calibrate({ raw, value }, low), calibrate({ raw, value }, high)];
					expect(first).toBeLessThanOrEqual(second + 1e-9);
					expect(first).toBeGreaterThanOrEqual(0);
					expect(second).toBeLessThanOrEqual(value.at(-1)!);
				},
			),
		);
	});

	test('applies after the head', () => {
		const definition = { ...syntheticDefinition(), calibration };
		expect(createWindowHead(definition).ofFeatures(Float64Array.of(0.5))).toBe(3);
	});
});
