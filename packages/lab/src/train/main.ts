/**
 * `npm run train -- --model NAME | --all [--data DIR] [--out DIR] [--seed N] [--steps N]`: trains shipped models and
 * writes `OUT/<name>/model.safetensors` and `card.md`.
 * @module
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ArgumentError, createFocusModel, focusLiteNNFromSafetensors, focusLiteNNToSafetensors } from '@parfocal/core';
import { type Dataset, FULL_SIZE, makeDataset } from '../data/dataset.ts';
import { type AcrossContent, compareAcrossContent, laplacianScores } from '../evaluate/across-content.ts';
import { evaluatePhantom } from '../evaluate/phantom-map.ts';
import { scoreRealDefocus } from '../evaluate/real-series.ts';
import { scoreCrops } from '../evaluate/score-crops.ts';
import { seededRandom } from '../simulate/random.ts';
import { modelCard } from './card.ts';
import { RECIPES, type Recipe, recipeNamed } from './recipes.ts';
import { trainModel } from './train-model.ts';

/** Phantoms that models are tested on; training never sees seeds below 1000. */
const TEST_PHANTOMS = [1, 2];

const { values: flags } = parseArgs({
	options: {
		model: { type: 'string', multiple: true },
		all: { type: 'boolean', default: false },
		data: { type: 'string', default: '../shared/data' },
		out: { type: 'string', default: 'models' },
		seed: { type: 'string', default: '1' },
		steps: { type: 'string' },
	},
});
const seed = wholeNumber('seed', flags.seed);
const steps = flags.steps === undefined ? undefined : wholeNumber('steps', flags.steps);
const recipes = flags.all ? RECIPES : (flags.model ?? []).map(recipeNamed);
if (recipes.length === 0) {
	throw new ArgumentError(
		'model',
		`Say which: --all, or --model with one of ${RECIPES.map(({ name }) => name).join(', ')}.`,
	);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`making crops from ${flags.data}`);
const data = await makeDataset(flags.data, FULL_SIZE, seededRandom(seed).fork('data'), say);
say(
	`${data.train.count} training crops, ${data.validation.count} validation crops, ${data.leftOut.length} images left out`,
);
const baseline = compareAcrossContent(data.validation, laplacianScores(data.validation));
for (const recipe of recipes) await trainAndWrite(recipe, data, baseline);

async function trainAndWrite(recipe: Recipe, data: Dataset, baseline: AcrossContent): Promise<void> {
	say(`${recipe.name}:`);
	const count = steps ?? recipe.steps;
	const random = seededRandom(seed).fork(recipe.name);
	const trained = trainModel(recipe, data.train, data.validation, random, count, (line) => say(`  ${line}`));
	const bytes = focusLiteNNToSafetensors(trained.definition);
	const definition = await focusLiteNNFromSafetensors(bytes, recipe.name);
	const model = createFocusModel(definition);
	const validation = compareAcrossContent(data.validation, scoreCrops(model, data.validation));
	const real = await scoreRealDefocus(model, flags.data, data.entries.validation);
	const phantoms = [];
	for (const phantomSeed of TEST_PHANTOMS) {
		const result = await evaluatePhantom(model, { seed: phantomSeed, widthPx: 4096, heightPx: 4096 });
		phantoms.push({ seed: phantomSeed, result });
		say(`  phantom ${phantomSeed}: Spearman ${result.spearman.toFixed(3)} over ${result.cells} cells`);
	}
	for (const { name, spearman } of real.series) say(`  ${name}: Spearman ${spearman.toFixed(3)}`);
	const facts = { recipe, definition, sha256: definition.sha256, seed, steps: count, fit: trained.fit };
	const folder = join(flags.out, recipe.name);
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'model.safetensors'), bytes);
	await writeFile(join(folder, 'card.md'), modelCard({ ...facts, data, validation, baseline, real, phantoms }));
	say(`  wrote ${folder}`);
}

function wholeNumber(name: string, text: string): number {
	const value = Number(text);
	if (Number.isInteger(value) && value >= 0) return value;
	throw new ArgumentError(name, `--${name} must be a whole number from 0, not "${text}".`);
}
