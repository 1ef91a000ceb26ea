/**
 * Training models from a data folder to files.
 * @module
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFocusModel, focusLiteNNFromSafetensors, focusLiteNNToSafetensors } from '@parfocal/core';
import { type Dataset, type DatasetSize, makeDataset } from '../data/dataset.ts';
import { type AcrossContent, compareAcrossContent, laplacianScores } from '../evaluate/across-content.ts';
import { evaluatePhantom } from '../evaluate/phantom-map.ts';
import { scoreRealDefocus } from '../evaluate/real-series.ts';
import { scoreCrops } from '../evaluate/score-crops.ts';
import { seededRandom } from '../simulate/random.ts';
import { modelCard } from './card.ts';
import type { Recipe } from './recipes.ts';
import { trainModel } from './train-model.ts';

/** What to train and where to write it. */
export interface TrainAllOptions {
	readonly recipes: readonly Recipe[];
	/** Folder with `manifest.json` and the images it lists. */
	readonly data: string;
	readonly out: string;
	readonly seed: number;
	/** Instead of each recipe's own number. */
	readonly steps?: number;
	readonly size: DatasetSize;
	/** Seeds of phantom slides (8192 px a side) to test on; training never uses seeds below 1000. */
	readonly testPhantoms: readonly number[];
	readonly say: (line: string) => void;
}

/** Writes `OUT/<name>/model.safetensors` and `card.md` for each recipe. */
export async function trainAll(options: TrainAllOptions): Promise<void> {
	const { data: folder, seed, size, say } = options;
	say(`making crops from ${folder}`);
	const data = await makeDataset(folder, size, seededRandom(seed).fork('data'), say);
	const { train, validation, leftOut } = data;
	say(`${train.count} training crops, ${validation.count} validation crops, ${leftOut.length} images left out`);
	const baseline = compareAcrossContent(validation, laplacianScores(validation));
	for (const recipe of options.recipes) await trainOne(recipe, data, baseline, options);
}

async function trainOne(
	recipe: Recipe,
	data: Dataset,
	baseline: AcrossContent,
	options: TrainAllOptions,
): Promise<void> {
	const { seed, out, say } = options;
	say(`${recipe.name}:`);
	const steps = options.steps ?? recipe.steps;
	const random = seededRandom(seed).fork(recipe.name);
	const trained = trainModel(recipe, data.train, data.validation, random, steps, (line) => say(`  ${line}`));
	const bytes = focusLiteNNToSafetensors(trained.definition);
	const definition = await focusLiteNNFromSafetensors(bytes, recipe.name);
	const model = createFocusModel(definition);
	const validation = compareAcrossContent(data.validation, scoreCrops(model, data.validation));
	const real = await scoreRealDefocus(model, options.data, data.entries.validation);
	for (const { name, spearman } of real.series) say(`  ${name}: Spearman ${spearman.toFixed(3)}`);
	const phantoms = [];
	for (const phantomSeed of options.testPhantoms) {
		const result = await evaluatePhantom(model, { seed: phantomSeed, widthPx: 8192, heightPx: 8192 });
		phantoms.push({ seed: phantomSeed, result });
		say(`  phantom ${phantomSeed}: Spearman ${result.spearman.toFixed(3)} over ${result.cells} cells`);
	}
	const facts = { recipe, definition, sha256: definition.sha256, seed, steps, fit: trained.fit };
	const folder = join(out, recipe.name);
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'model.safetensors'), bytes);
	await writeFile(join(folder, 'card.md'), modelCard({ ...facts, data, validation, baseline, real, phantoms }));
	say(`  wrote ${folder}`);
}
