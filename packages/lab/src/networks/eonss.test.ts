import type { Tensors } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eonss } from './eonss.ts';
import { parameterSpecs } from './network.ts';
import { testCounts, testForward, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testKeys(eonss, 1);
testForward(eonss, ['cpu', 'wasm', 'webgpu']);
testCounts(eonss, [{ head: 'classifier', outputs: 1, count: 123_401 }]);

/** Parameters of a normalisation of `size` channels. */
function normalisation(gamma: readonly number[], beta: readonly number[]): Tensors {
	const size = beta.length;
	return new Map([
		['gdn1.gamma', { shape: [size, size], data: Float32Array.from(gamma) }],
		['gdn1.beta', { shape: [size], data: Float32Array.from(beta) }],
	]);
}

describe('eonss', () => {
	test('needs pictures of 235 px: of 224 px nothing is left', () => {
		expect(shapesOf(eonss, 235)).toMatchObject({ map: [2, 256, 1, 1], answers: [2, 5] });
		expect(() => shapesOf(eonss, 224)).toThrow(/the picture is too small/);
	});

	test('normalisations start with ones, and .01 beside them', () => {
		const specs = parameterSpecs(eonss, 'classifier', 1);
		expect(specs.find(({ key }) => key === 'st2_gdn1.gamma')!.initialisation).toBe('ones');
		expect(specs.find(({ key }) => key === 'st2_gdn1.beta')!.initialisation).toEqual({ constant: 0.01 });
	});

	test('after a step, gamma is symmetric and nothing is below 2e-10', () => {
		const parameters = normalisation([1, -4, 2, -3], [0.5, -1]);
		eonss.constrain!(parameters);
		const [floor] = Float32Array.of(2e-10);
		expect([...parameters.get('gdn1.gamma')!.data]).toEqual([1, 1, 1, floor]);
		expect([...parameters.get('gdn1.beta')!.data]).toEqual([0.5, floor]);
	});

	test('to constrain twice is to constrain once, and other numbers stay as they are', () => {
		const number = fc.float({ min: -10, max: 10, noNaN: true });
		fc.assert(
			fc.property(fc.array(number, { minLength: 9, maxLength: 9 }), (gamma) => {
				const weights = { shape: [9], data: Float32Array.from(gamma) };
				const parameters: Tensors = new Map([...normalisation(gamma, gamma.slice(0, 3)), ['conv1.weight', weights]]);
				eonss.constrain!(parameters);
				const once = parameters.get('gdn1.gamma')!.data.slice();
				eonss.constrain!(parameters);
				expect(parameters.get('gdn1.gamma')!.data).toEqual(once);
				expect(weights.data).toEqual(Float32Array.from(gamma));
				for (const i of [1, 2, 5]) expect(once[i]).toBe(once[{ 1: 3, 2: 6, 5: 7 }[i]!]);
			}),
		);
	});
});
