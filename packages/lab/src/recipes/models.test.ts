import { createFocusModel, type FocusLiteNNDefinition } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { scoreCrops } from '../evaluate/score-crops.ts';
import { seededRandom } from '../simulate/random.ts';
import { createEnergyModel } from './energy-model.ts';
import { createExtremesModel } from './extremes-model.ts';
import { plccLoss } from './loss.ts';
import { gradientError } from './testing/check-gradient.ts';
import { syntheticCrops } from './testing/synthetic-crops.ts';
import type { Trainable } from './trainable.ts';

const crops = syntheticCrops(2, [0, 2, 6], 1);
const indices = [0, 1, 2, 3, 4, 5];
const targets = Float64Array.from(crops.blurRadiusPx, Math.log1p);

const models: [string, () => Trainable][] = [
	['1 kernel min', () => createExtremesModel(1, 'min', seededRandom(1))],
	['1 kernel min and max', () => createExtremesModel(1, 'minMax', seededRandom(2))],
	['3 kernels min', () => createExtremesModel(3, 'min', seededRandom(3))],
	['3 kernels min and max', () => createExtremesModel(3, 'minMax', seededRandom(4))],
	[
		'energy of 2 kernels',
		() => createEnergyModel({ kernels: 2, hidden: 6, contrastInvariant: false }, crops, seededRandom(5)),
	],
	[
		'energy, blind to contrast',
		() => createEnergyModel({ kernels: 2, hidden: 6, contrastInvariant: true }, crops, seededRandom(6)),
	],
];

describe.each(models)('%s', (_, create) => {
	test('gradients are slopes', () => {
		const model = create();
		const loss = () => plccLoss(model.predict(crops, indices), targets);
		const gradients = model.backward(loss().gradient);
		model.parameters.forEach((group, g) => {
			const some = Array.from(
				{ length: Math.min(14, group.length) },
				(_, i) => Math.floor((i * group.length) / 14) % group.length,
			);
			// Kernels are evaluated in float32: a step that rises above rounding and yet keeps the extremes in place.
			expect(gradientError(() => loss().value, group, gradients[g]!, some, 1e-4, 0.1)).toBeLessThan(0.03);
		});
	});

	test('core scores as training predicts', () => {
		const model = create();
		const definition: FocusLiteNNDefinition = {
			kind: 'focuslitenn',
			name: 'test',
			sha256: '',
			licence: 'Apache-2.0',
			origin: 'test',
			...model.toDefinition(),
			clampAtZero: false,
			unit: 'score',
		};
		const scores = scoreCrops(createFocusModel(definition), crops);
		model.predict(crops, indices).forEach((prediction, i) => {
			expect(Math.abs(scores[i]! - prediction)).toBeLessThan(2e-3);
		});
	});

	test('asking for gradients before predictions is an error', () => {
		expect(() => create().backward(new Float64Array(6))).toThrow(/predicted/);
	});
});

test('a blind energy model scores the same at half the contrast and another brightness', () => {
	const model = models[5]![1]();
	const faint = { ...crops, luma: crops.luma.map((value) => Math.round(90 + 0.6 * value)) };
	const [before, after] = [model.predict(crops, indices), model.predict(faint, indices)];
	before.forEach((score, i) => {
		expect(Math.abs(score - after[i]!)).toBeLessThan(0.1);
	});
});
