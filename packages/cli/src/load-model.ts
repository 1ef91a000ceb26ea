/**
 * The model of `--model`.
 * @module
 */
import { availableParallelism } from 'node:os';
import {
	ArgumentError,
	createFocusModel,
	type FocusModel,
	isParfocalError,
	metricDefinition,
	metricNames,
} from '@parfocal/core';
import { resolveModel } from '@parfocal/node';
import { loadDictionaryFile } from './load-dictionary.ts';
import { findNetwork, type StoredNetwork } from './networks/network-store.ts';

/**
 * The model of that name or in that file; the default model when undefined. A network brings its engine with it, SPARISH the
 * dictionary in a file.
 * @throws {ModelError} when there is none of that name, its weights do not fit together, or a network has nothing to run on
 * @throws {ArgumentError} when the file cannot be read: a fault of the command line, not of a slide
 */
export async function loadModel(
	nameOrFile: string | undefined,
	cwd: string,
	dictionaryFile?: string,
): Promise<FocusModel> {
	if (dictionaryFile !== undefined) return metricWithDictionary(nameOrFile ?? 'the default model', cwd, dictionaryFile);
	try {
		const network = nameOrFile === undefined ? undefined : await findNetwork(nameOrFile, cwd);
		return network ? await openNetworkModel(network) : await resolveModel(nameOrFile, { cwd });
	} catch (cause) {
		if (!isParfocalError(cause, 'read', 'format')) throw cause;
		throw new ArgumentError('model', `--model ${nameOrFile} cannot be used: ${cause.message}`, { cause });
	}
}

async function metricWithDictionary(name: string, cwd: string, file: string): Promise<FocusModel> {
	if (!metricNames().includes(name)) {
		throw new ArgumentError('dictionary', `A dictionary belongs to --model sparish; ${name} uses none.`);
	}
	return createFocusModel(await metricDefinition(name, { dictionary: await loadDictionaryFile(file, cwd) }));
}

async function openNetworkModel({ name, file, sha256 }: StoredNetwork): Promise<FocusModel> {
	const { createNetworkModel, openNodeEngine } = await import('@parfocal/lab');
	const engine = await openNodeEngine('cpu', { threads: availableParallelism() });
	return createNetworkModel(file, engine, { name, sha256 });
}
