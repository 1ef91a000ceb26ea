import { createFocusModel, focusLiteNNFromSafetensors, focusLiteNNToSafetensors } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { compareAcrossContent, laplacianScores } from '../evaluate/across-content.ts';
import { spearman } from '../evaluate/metrics.ts';
import { scoreCrops } from '../evaluate/score-crops.ts';
import { seededRandom } from '../simulate/random.ts';
import { modelCard } from './card.ts';
import { fit } from './fit.ts';
import { RECIPES, recipeNamed } from './recipes.ts';
import { syntheticCrops } from './testing/synthetic-crops.ts';
import { trainModel } from './train-model.ts';

const train = syntheticCrops(12, [0, 1, 2.5, 5, 10], 1);
const validation = syntheticCrops(5, [0, 0, 1, 1.5, 2.5, 4, 9], 2);

function trained(name: string, steps: number, seed = 1) {
	return trainModel(recipeNamed(name), train, validation, seededRandom(seed), steps);
}

describe('the default', () => {
	const { definition, fit } = trained('focuslitenn-luma4-energy', 60);

	test('learns: the loss falls and drawn tissue it has not seen is put in order', () => {
		const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
		expect(mean(fit.losses.slice(-10))).toBeLessThan(0.5 * mean(fit.losses.slice(0, 5)));
		expect(fit.validationSpearman).toBeGreaterThan(0.85);
	});

	test('predicts pixels: calibrated scores of known blur are near it', async () => {
		const file = await focusLiteNNFromSafetensors(focusLiteNNToSafetensors(definition), 'test');
		const scores = scoreCrops(createFocusModel(file), validation);
		for (let i = 0; i < validation.count; i++) {
			expect(Math.abs(scores[i]! - validation.blurRadiusPx[i]!)).toBeLessThan(1.5 + 0.4 * validation.blurRadiusPx[i]!);
		}
	});

	test('the card names the figures, the sources and the limits', () => {
		const scores = scoreCrops(createFocusModel({ ...definition, sha256: '0'.repeat(64) }), validation);
		const entry = {
			file: 'a.png',
			role: 'sharp',
			stain: 'H&E',
			organ: 'colon',
			magnification: '40x',
			sourceRepo: 'https://github.com/some/where',
			sourcePath: 'p',
			licence: 'CC-BY-4.0',
			attribution: 'Someone | 2020',
		};
		const card = modelCard({
			recipe: recipeNamed('focuslitenn-luma4-energy'),
			definition,
			sha256: 'abc123',
			seed: 7,
			steps: 60,
			fit,
			data: { train, validation, entries: { train: [entry, entry], validation: [entry] }, leftOut: [] },
			validation: compareAcrossContent(validation, scores),
			baseline: compareAcrossContent(validation, laplacianScores(validation)),
			phantoms: [],
		});
		for (const part of [
			'abc123',
			'--seed 7',
			'some/where | 2 |',
			'CC-BY-4.0',
			'Someone \\| 2020',
			'## Limits',
			'simulated',
		]) {
			expect(card).toContain(part);
		}
		expect(card).not.toContain('NaN');
	});
});

test.each(RECIPES.map(({ name }) => name))(
	'%s: the same seed gives the same parameters, another seed others',
	(name) => {
		const recipe = recipeNamed(name);
		const parameters = (seed: number): readonly Float64Array[] => {
			const random = seededRandom(seed);
			const model = recipe.create(train, random);
			fit(model, train, validation, { steps: 6, learningRate: recipe.learningRate, loss: recipe.loss, random });
			return model.parameters;
		};
		expect(parameters(3)).toEqual(parameters(3));
		expect(parameters(3)).not.toEqual(parameters(4));
	},
);

test('the model is left with the parameters that did best on validation', () => {
	const recipe = recipeNamed('focuslitenn-1-min');
	const random = seededRandom(2);
	const model = recipe.create(train, random);
	const looks: number[] = [];
	const result = fit(model, train, validation, {
		steps: 60,
		learningRate: 0.05,
		loss: recipe.loss,
		random,
		progress: (line) => looks.push(Number(line.split('Spearman ')[1])),
	});
	const every = Array.from({ length: validation.count }, (_, i) => i);
	expect(looks.length).toBe(20);
	expect(result.validationSpearman).toBeCloseTo(Math.max(...looks), 3);
	expect(spearman(model.predict(validation, every), validation.blurRadiusPx)).toBe(result.validationSpearman);
});

test('an unknown recipe is refused with the names there are', () => {
	expect(() => recipeNamed('focuslitenn-99')).toThrow(/focuslitenn-1-min,/);
});
