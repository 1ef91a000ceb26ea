import { rawScore } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { createPerceptron } from './perceptron.ts';
import { gradientError } from './testing/check-gradient.ts';

const inputs = 6;
const scale = { mean: Float64Array.of(1, 2, 3, 4, 5, 6), deviation: Float64Array.of(1, 2, 0.5, 1, 3, 1) };
const contrast = [2, 1, 1, 2, 1, 1];

function make(blind: boolean) {
	const random = seededRandom(11);
	const head = createPerceptron(inputs, 8, scale, blind ? contrast : undefined, random);
	const features = Float64Array.from({ length: 5 * inputs }, (_, i) => scale.mean[i % inputs]! + random.normal());
	const weights = Float64Array.from({ length: 5 }, () => random.normal());
	const value = (): number => head.forward(features, 5).reduce((sum, out, i) => sum + weights[i]! * out, 0);
	return { head, features, weights, value };
}

describe.each([false, true])('blind to contrast: %s', (blind) => {
	test('gradients of every parameter and feature are slopes', () => {
		const { head, features, weights, value } = make(blind);
		value();
		const back = head.backward(weights);
		head.parameters.forEach((group, g) => {
			const all = Array.from({ length: group.length }, (_, i) => i);
			expect(gradientError(value, group, back.parameters[g]!, all, 1e-5)).toBeLessThan(1e-6);
		});
		const all = Array.from({ length: features.length }, (_, i) => i);
		expect(gradientError(value, features, back.features, all, 1e-5)).toBeLessThan(1e-6);
	});

	test('as plain layers core computes the same', () => {
		const { head, features } = make(blind);
		const outputs = head.forward(features, 5);
		const layers = head.toLayers();
		outputs.forEach((output, n) => {
			expect(rawScore(layers, features.slice(n * inputs, (n + 1) * inputs))).toBeCloseTo(output, 4);
		});
	});
});

test('a blind head does not see contrast; another does', () => {
	for (const blind of [true, false]) {
		const { head, features } = make(blind);
		const before = head.forward(features, 5);
		const after = head.forward(
			features.map((value, i) => value + 0.8 * contrast[i % inputs]!),
			5,
		);
		const moved = Math.max(...before.map((value, i) => Math.abs(value - after[i]!)));
		if (blind) expect(moved).toBeLessThan(1e-9);
		else expect(moved).toBeGreaterThan(0.05);
	}
});
