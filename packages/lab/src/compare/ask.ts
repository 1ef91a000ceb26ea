/**
 * Asking methods: those that answer without looking, those that score as they are, those that are trained first.
 * @module
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWholeFile } from '@parfocal/node';
import type { PatchSet } from '../data/sets/patch-set.ts';
import type { PatchSplit } from '../data/splits/split-patches.ts';
import { writeNetworkFile } from '../networks/model-file.ts';
import { learnedCount } from '../networks/parameters.ts';
import type { FeatureCache } from '../train/means.ts';
import type { TrainingSettings } from '../train/settings.ts';
import { trainNetwork } from '../train/train-network.ts';
import { type Answers, answersPath, keepAnswers, keptAnswers, modelPath } from './answers.ts';
import { type ConstantMethod, constantAnswer } from './constant-answers.ts';
import type { ComparisonOptions, NamedSet } from './run-comparison.ts';
import { scorePictures } from './score-pictures.ts';
import { blurrinessOf, openScorer } from './scorer.ts';

/** Answers of the methods that do not look at pictures: their class is one of the training side. */
export function constantAnswers({ data, methods }: ComparisonOptions, splits: readonly PatchSplit[]): Answers[] {
	const labelOf = (index: number): number => data.set.patches[index]!.label;
	return methods
		.filter(({ kind }) => kind === 'constant')
		.flatMap(({ name }) =>
			splits.map(({ seed, train, test }): Answers => {
				const own = constantAnswer(name as ConstantMethod, train.map(labelOf));
				const answers = test.map(() => own);
				return {
					method: name,
					seed,
					set: data.name,
					indices: test,
					blurriness: answers,
					classes: answers,
					parameters: 0,
				};
			}),
		);
}

/** Answers of the methods that score as they are. Every patch is scored once, whatever the splits. */
export async function scoredAnswers(options: ComparisonOptions, splits: readonly PatchSplit[]): Promise<Answers[]> {
	const { data, transfer = [] } = options;
	const own = await scoresOf(options, data);
	const answers = own.flatMap((all) => splits.map(({ seed, test }) => ofPatches(all, seed, test)));
	for (const other of transfer) answers.push(...(await scoresOf(options, other)));
	return answers;
}

/** Scores of all patches of a set, as answers with seed 0. */
async function scoresOf(options: ComparisonOptions, { name: set, set: patches }: NamedSet): Promise<Answers[]> {
	const { methods, folder, threads, onEvent, signal } = options;
	const scoring = methods.filter(({ kind }) => kind === 'scores').map(({ name }) => name);
	const key = fingerprint({ set: contentOf(patches) });
	const pathOf = (method: string): string => answersPath(folder, `${method} on ${set}`, 0);
	const found = await Promise.all(scoring.map(async (name) => [name, await keptAnswers(pathOf(name), key)] as const));
	const kept = new Map(found.flatMap(([name, answers]) => (answers ? [[name, answers[0]!] as const] : [])));
	const missing = scoring.filter((name) => !kept.has(name));
	if (missing.length > 0) {
		const scorers = await Promise.all(missing.map(openScorer));
		onEvent?.({
			kind: 'note',
			text: `${set}: scoring ${patches.patches.length} patches by ${missing.length} methods.`,
		});
		const onProgress = (done: number, total: number): void => onEvent?.({ kind: 'scored', done, total });
		const { scores, failures } = await scorePictures(pathsOf(patches), missing, { threads, onProgress, signal });
		for (const text of failures.slice(0, 5)) onEvent?.({ kind: 'note', text: `Left out: ${text}` });
		for (const [i, scorer] of scorers.entries()) {
			const raw = scores.get(missing[i]!)!;
			const answers: Answers = {
				method: missing[i]!,
				seed: 0,
				set,
				indices: patches.patches.map((_, index) => index),
				blurriness: Array.from(raw, (score) => finite(blurrinessOf(score, scorer))),
				parameters: scorer.parameters,
			};
			await keepAnswers(pathOf(missing[i]!), key, [answers]);
			kept.set(missing[i]!, answers);
		}
	}
	return scoring.map((name) => kept.get(name)!);
}

/** Trains a method on the training side, and asks it about the test side and the other sets. */
export async function trainedAnswers(
	options: ComparisonOptions,
	method: string,
	settings: TrainingSettings,
	features: FeatureCache,
): Promise<readonly Answers[]> {
	const { data, transfer = [], folder, threads, onEvent, signal } = options;
	const { seed } = settings;
	const path = answersPath(folder, method, seed);
	const { threads: _, ...decisive } = settings;
	const key = fingerprint({ settings: decisive, sets: [data, ...transfer].map(({ set }) => contentOf(set)) });
	const kept = await keptAnswers(path, key);
	if (kept) return kept;
	const started = performance.now();
	const trained = await trainNetwork({
		settings,
		set: data.set,
		decoders: threads,
		features,
		onEvent: (event) => onEvent?.({ kind: 'training', method, event }),
		signal,
	});
	const facts = {
		method,
		seed,
		parameters: learnedCount(trained.task.specs),
		training: trainingInWords(trained.settings),
		trainingSeconds: Math.round((performance.now() - started) / 100) / 10,
	};
	const { indices, answers } = trained.testAnswers!;
	const graded = answers[0]?.class !== undefined;
	const all: Answers[] = [
		{
			...facts,
			set: data.name,
			indices,
			blurriness: answers.map(({ expected }) => finite(expected)),
			...(graded && { classes: answers.map((own) => own.class!), certainties: answers.map((own) => own.certainty!) }),
		},
	];
	const model = modelPath(folder, method, seed);
	await mkdir(join(folder, 'models'), { recursive: true });
	await writeWholeFile(model, writeNetworkFile(trained));
	for (const { name: set, set: patches } of transfer) {
		const { scores } = await scorePictures(pathsOf(patches), [model], { threads, signal });
		const blurriness = Array.from(scores.get(model)!, finite);
		all.push({ ...facts, set, indices: patches.patches.map((_, index) => index), blurriness });
	}
	await keepAnswers(path, key, all);
	return all;
}

function ofPatches(all: Answers, seed: number, indices: readonly number[]): Answers {
	return { ...all, seed, indices, blurriness: indices.map((index) => all.blurriness[index]!) };
}

function trainingInWords({
	epochs,
	batch,
	learningRate,
	inputPx,
	resampler,
	freeze,
	weights,
	loss,
}: TrainingSettings): string {
	const start = weights === undefined ? 'random numbers' : 'given weights';
	const pictures = resampler === 'none' ? `${inputPx} px crops` : `pictures made ${inputPx} px wide (${resampler})`;
	const what = freeze === 'backbone' ? 'head on a frozen backbone' : 'whole network';
	return `${what} from ${start}, ${loss}, ${epochs} epochs, batch ${batch}, rate ${learningRate}, ${pictures}`;
}

/** What of a set decides answers: its patches with labels. */
function contentOf({ patches }: PatchSet): string {
	return fingerprint(patches.map(({ path, label, zLevel, group, split }) => [path, label, zLevel, group, split]));
}

function fingerprint(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function pathsOf({ root, patches }: PatchSet): string[] {
	return patches.map(({ path }) => join(root, path));
}

function finite(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
