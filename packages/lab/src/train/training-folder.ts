/**
 * A training and its files: what is kept while it runs, and what is there at the end.
 * @module
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ArgumentError, FormatError } from '@parfocal/core';
import { toReadError, toWriteError, writeWholeFile } from '@parfocal/node';
import { openDataset } from '../data/sets/open-dataset.ts';
import { writeNetworkFile } from '../networks/model-file.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import type { FitState } from './fit-network.ts';
import type { LambdaTrial } from './search-lambda.ts';
import { completeSettings, type GivenSettings, requireSameSettings, type TrainingSettings } from './settings.ts';
import { type TrainedNetwork, type TrainNetworkOptions, trainNetwork } from './train-network.ts';
import { trainingCard } from './training-card.ts';
import { trainingCurve, trainingLog } from './training-log.ts';

/** Names of a training's files. */
export const TRAINING_FILES = {
	/** All that is needed to go on. */
	checkpoint: 'checkpoint.safetensors',
	/** Trials of a search of lambda. */
	search: 'lambda-search.json',
	/** A line an epoch. */
	log: 'log.csv',
	curve: 'curve.svg',
	/** Answers to the patches of the test side. */
	answers: 'test-answers.csv',
	card: 'card.md',
	model: 'model.safetensors',
} as const;

/** What to train, from what, into which folder. */
export interface TrainingFolderOptions
	extends Pick<TrainNetworkOptions, 'facts' | 'onEvent' | 'signal' | 'decoders' | 'cacheBytes'> {
	readonly folder: string;
	/** Folder or list of the data set; may be left out to go on. */
	readonly data?: string | undefined;
	/** Settings as far as they are given; the network may be left out to go on. */
	readonly given: Partial<TrainingSettings>;
	/** Goes on with what lies in the folder. */
	readonly resume?: boolean | undefined;
	/** Searches lambda first, over this grid and so many folds. */
	readonly search?: Search | undefined;
}

/** A search of lambda. */
type Search = Pick<NonNullable<TrainNetworkOptions['search']>, 'lambdas' | 'folds'>;

/** A search as its file has it. */
interface KeptSearch extends Omit<Checkpoint, 'state'> {
	readonly search: Search;
	readonly trials: readonly LambdaTrial[];
}

/** What lies in a folder to go on with. */
type KeptTraining = Omit<Checkpoint, 'state'> & Partial<Pick<Checkpoint, 'state'> & KeptSearch>;

/**
 * Trains into a folder. Every file is written whole or not at all, so a training that is killed can go on.
 * @throws {ArgumentError} when the folder holds something and it is not to go on, or nothing and it is
 * @throws what `openDataset` and `trainNetwork` throw; what was kept is there
 * @example
 * ```ts
 * await trainToFolder({ folder: 'run', data: 'FocusPath Full', given: { network: 'focuslitenn' } });
 * ```
 */
export async function trainToFolder(options: TrainingFolderOptions): Promise<TrainedNetwork> {
	const { folder, given, resume = false, onEvent } = options;
	const path = (file: keyof typeof TRAINING_FILES): string => join(folder, TRAINING_FILES[file]);
	const writeText = (file: keyof typeof TRAINING_FILES, words: string): Promise<void> =>
		writeWholeFile(path(file), new TextEncoder().encode(words));
	const kept = resume ? await keptTraining(folder) : await requireEmpty(folder);
	if (kept) requireSameSettings(kept.settings, given);
	const settings = kept ? { ...kept.settings, ...given } : completeSettings(requireNetwork(given));
	const data = options.data === undefined ? kept?.data : resolve(options.data);
	if (data === undefined) throw new ArgumentError('data', 'Say what to train on: the folder or list of a data set.');
	const set = await openDataset(data);
	await mkdir(folder, { recursive: true }).catch((error: unknown) => {
		throw toWriteError(folder, error);
	});
	const search = options.search ?? kept?.search;

	const keep = async (state: FitState): Promise<void> => {
		await writeWholeFile(path('checkpoint'), encodeCheckpoint({ settings, data, state }));
		const { history } = state.progress;
		await writeText('log', trainingLog(history));
		await writeText('curve', trainingCurve(`${settings.network} with ${settings.loss}`, history, settings.loss));
	};
	const trained = await trainNetwork({
		...options,
		settings,
		set,
		onEvent,
		from: kept?.state,
		keep,
		search: search && {
			...search,
			known: kept?.trials ?? [],
			keep: (trials) => writeText('search', json({ settings, data, search, trials } satisfies KeptSearch)),
		},
	});
	await writeWholeFile(path('model'), writeNetworkFile(trained));
	await writeText('card', trainingCard(trained));
	if (trained.testAnswers) await writeText('answers', answersTable(trained));
	return trained;
}

function requireNetwork(given: Partial<TrainingSettings>): GivenSettings {
	const { network } = given;
	if (network === undefined) throw new ArgumentError('network', 'Say which network to train.');
	return { ...given, network };
}

/** The folder must be empty or not there. */
async function requireEmpty(folder: string): Promise<undefined> {
	const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
		if (error.code === 'ENOENT') return [];
		throw toWriteError(folder, error);
	});
	if (names.length > 0) {
		const what = names.includes(TRAINING_FILES.checkpoint) ? 'a training' : 'other files';
		throw new ArgumentError('out', `${folder} holds ${what} already. Go on with --resume, or write to another folder.`);
	}
	return undefined;
}

/** A checkpoint, where training began, and the search before it. @throws {ArgumentError} when there is neither */
async function keptTraining(folder: string): Promise<KeptTraining> {
	const path = join(folder, TRAINING_FILES.checkpoint);
	const checkpoint = await bytesOf(path);
	const search = await keptSearch(join(folder, TRAINING_FILES.search));
	if (checkpoint) return { ...search, ...decodeCheckpoint(checkpoint, path) };
	if (search) return search;
	throw new ArgumentError('resume', `${folder} holds no training to go on with. Start one without --resume.`);
}

async function keptSearch(path: string): Promise<KeptSearch | undefined> {
	const bytes = await bytesOf(path);
	if (!bytes) return undefined;
	try {
		return JSON.parse(new TextDecoder().decode(bytes)) as KeptSearch;
	} catch (cause) {
		const message = `${path} is damaged. Remove it to search again.`;
		throw new FormatError('search of lambda', 'corrupt', message, { cause });
	}
}

async function bytesOf(path: string): Promise<Uint8Array | undefined> {
	return readFile(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw toReadError(path, error);
	});
}

function answersTable({ task, testAnswers }: TrainedNetwork): string {
	const { indices, answers, targets } = testAnswers!;
	const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
	const lines = indices.map((index, i) => {
		const { expected, class: own, certainty } = answers[i]!;
		return [quoted(task.set.patches[index]!.path), targets[i], expected, own ?? '', certainty ?? ''].join(',');
	});
	return `${['path,target,expected,class,certainty', ...lines].join('\n')}\n`;
}

function json(value: unknown): string {
	return `${JSON.stringify(value, undefined, 2)}\n`;
}
