import { createFocusModel, DEFAULT_MODEL_NAME, loadShippedModel } from '@parfocal/core';
import { expect, test } from 'vitest';
import { recipeNamed } from '../recipes/recipes.ts';
import { syntheticCrops } from '../recipes/testing/synthetic-crops.ts';
import { trainModel } from '../recipes/train-model.ts';
import { seededRandom } from '../simulate/random.ts';
import { evaluatePhantom } from './phantom-map.ts';

test('a model trained for a moment follows the field of a small phantom', async () => {
	const train = syntheticCrops(8, [0, 1, 2.5, 5, 10, 20], 1);
	const recipe = recipeNamed('focuslitenn-luma4-energy');
	const { definition } = trainModel(recipe, train, train, seededRandom(1), 60);
	const model = createFocusModel({ ...definition, sha256: '0'.repeat(64) });
	const result = await evaluatePhantom(model, {
		seed: 5,
		widthPx: 1536,
		heightPx: 1536,
		tissue: 'everywhere',
		threads: 0,
	});
	expect(result.cells).toBeGreaterThan(60);
	expect(result.spearman).toBeGreaterThan(0.5);
	const means = result.byBlur.map((each) => each.meanTruthUm);
	expect(means).toEqual([...means].sort((a, b) => a - b));
	expect(result.byBlur.reduce((sum, each) => sum + each.cells, 0)).toBe(result.cells);
}, 120_000);

// About 40 % of the tissue is exactly in focus, and as much again within half a depth of field, where no order can be
// seen: ties alone keep the correlation from 1. Seed 1 is never trained on.
test('the default model follows the field of a phantom as `parfocal phantom` draws it', async () => {
	const model = createFocusModel(await loadShippedModel(DEFAULT_MODEL_NAME));
	const result = await evaluatePhantom(model, { seed: 1 });
	expect(result.cells).toBeGreaterThan(5000);
	expect(result.spearman).toBeGreaterThanOrEqual(0.9);
	const clear = result.byBlur.filter(({ meanTruthUm }) => meanTruthUm > 2 && meanTruthUm < 5);
	for (const { meanDefocusUm, meanTruthUm } of clear) {
		expect(Math.abs(meanDefocusUm - meanTruthUm)).toBeLessThan(0.25 * meanTruthUm);
	}
}, 240_000);
