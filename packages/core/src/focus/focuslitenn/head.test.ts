import { describe, expect, test } from 'vitest';
import { createWindowHead, rawScore } from './head.ts';
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

test('the calibration applies after the head', () => {
	const definition = { ...syntheticDefinition(), calibration: { raw: [-1, 0, 2], value: [0, 1, 9] } };
	expect(createWindowHead(definition).ofFeatures(Float64Array.of(0.5))).toBe(3);
});
