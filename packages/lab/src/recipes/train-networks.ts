/**
 * Training the networks that ship, from a data folder to files.
 * @module
 */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dataset } from '../data/dataset.ts';
import { TRAINING_FILES, trainToFolder } from '../train/training-folder.ts';
import { writeCrops } from './crops-on-disk.ts';
import { LEVEL_MPP, type NetworkRecipe, UM_PER_LEVEL } from './network-recipes.ts';

/** What to train and where to write it. */
export interface TrainNetworksOptions {
	readonly recipes: readonly NetworkRecipe[];
	readonly data: Dataset;
	readonly out: string;
	readonly seed: number;
	/** Instead of each recipe's own number. */
	readonly epochs?: number;
	readonly threads: number;
	readonly say: (line: string) => void;
}

/** Writes `OUT/<name>/model.safetensors` and `card.md` for each recipe. */
export async function trainNetworks({
	recipes,
	data,
	out,
	seed,
	epochs,
	threads,
	say,
}: TrainNetworksOptions): Promise<void> {
	const scratch = await mkdtemp(join(tmpdir(), 'parfocal-crops-'));
	try {
		const crops = join(scratch, 'crops');
		say('writing crops');
		await writeCrops(crops, data);
		for (const { name, what, settings } of recipes) {
			say(`${name}:`);
			const folder = join(scratch, name);
			await trainToFolder({
				folder,
				data: crops,
				given: { ...settings, split: 'listed', seed, threads, ...(epochs !== undefined && { epochs }) },
				facts: { licence: 'Apache-2.0', mppUm: LEVEL_MPP },
				onEvent: (event) => {
					if (event.kind !== 'epoch') return;
					const { epoch, trainingLoss, validation } = event.row;
					say(`  epoch ${epoch}: loss ${trainingLoss.toFixed(4)}, validation SRCC ${validation?.srcc?.toFixed(4)}`);
				},
			});
			const target = join(out, name);
			await mkdir(target, { recursive: true });
			await copyFile(join(folder, TRAINING_FILES.model), join(target, 'model.safetensors'));
			const card = (await readFile(join(folder, TRAINING_FILES.card), 'utf8')).replaceAll(
				join(crops, 'list.csv'),
				'list.csv of the crops',
			);
			await writeFile(join(target, 'card.md'), cardOf(name, what, seed, card));
			say(`  wrote ${target}`);
		}
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

/** The trainer's card under the model's name, with where its crops are from. */
function cardOf(name: string, what: string, seed: number, card: string): string {
	const [, ...rest] = card.split('\n');
	return [
		`# ${name}`,
		'',
		what,
		'',
		`One z-level is the blur that ${UM_PER_LEVEL} µm of defocus make at NA 0.75 and ${LEVEL_MPP} µm a pixel. Crops are of 0.25 to 1 µm a pixel; a network cannot know which, so at other pixel sizes a level is the same blur in pixels, and more micrometres. The crops, their collections with licences, and the optical model are those of [focuslitenn-luma4-energy](../focuslitenn-luma4-energy/card.md); a third of the held-out slides test, the others chose the epoch. How it does on real focal series: [docs/real-defocus.md](../../docs/real-defocus.md).`,
		'',
		'Reproduce, to the last digits on the same machine:',
		'',
		'```',
		`npm run train -- --model ${name} --seed ${seed}`,
		'```',
		...rest,
	].join('\n');
}
