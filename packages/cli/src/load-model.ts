/**
 * The model of `--model`.
 * @module
 */
import { availableParallelism } from 'node:os';
import { ArgumentError, type FocusModel, isParfocalError } from '@parfocal/core';
import { resolveModel } from '@parfocal/node';
import { findNetwork, type StoredNetwork } from './networks/network-store.ts';

/**
 * The model of that name or in that file; the default model when undefined. A network brings its engine with it.
 * @throws {ModelError} when there is none of that name, its weights do not fit together, or a network has nothing to run on
 * @throws {ArgumentError} when the file cannot be read: a fault of the command line, not of a slide
 */
export async function loadModel(nameOrFile: string | undefined, cwd: string): Promise<FocusModel> {
	try {
		const network = nameOrFile === undefined ? undefined : await findNetwork(nameOrFile, cwd);
		return network ? await openNetworkModel(network) : await resolveModel(nameOrFile, { cwd });
	} catch (cause) {
		if (!isParfocalError(cause, 'read', 'format')) throw cause;
		throw new ArgumentError('model', `--model ${nameOrFile} cannot be used: ${cause.message}`, { cause });
	}
}

async function openNetworkModel({ name, file, sha256 }: StoredNetwork): Promise<FocusModel> {
	const { createNetworkModel, openNodeEngine } = await import('@parfocal/lab');
	const engine = await openNodeEngine('cpu', { threads: availableParallelism() });
	return createNetworkModel(file, engine, { name, sha256 });
}
