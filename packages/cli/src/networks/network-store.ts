/**
 * Networks beside the other models: files of trained networks, in a folder of their own within the models folder.
 * @module
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { ArgumentError, listShippedModels, looksLikeSafetensors, readSafetensors, WriteError } from '@parfocal/core';
import type { NetworkFile } from '@parfocal/lab';
import { modelsFolder, toReadError, writeWholeFile } from '@parfocal/node';

const EXTENSION = '.safetensors';

/** A trained network that can be named. */
export interface StoredNetwork {
	readonly name: string;
	readonly source: 'shipped' | 'imported';
	readonly file: NetworkFile;
	/** SHA-256 of the file, hex. */
	readonly sha256: string;
}

/** Where networks are kept. */
export function networksFolder(): string {
	return join(modelsFolder(), 'networks');
}

/** Names of the networks that were imported, sorted. @throws {ReadError} when the folder cannot be read */
export async function networkNames(): Promise<string[]> {
	try {
		const files = await readdir(networksFolder());
		const names = files.filter((file) => file.endsWith(EXTENSION) && !file.startsWith('.'));
		return names.map((file) => basename(file, EXTENSION)).sort();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw toReadError(networksFolder(), error);
	}
}

/** Networks that ship, then all imported ones that can be read. */
export async function storedNetworks(): Promise<StoredNetwork[]> {
	const { listShippedNetworks } = await import('@parfocal/lab');
	const shipped = await Promise.all(listShippedNetworks().map(shippedNetwork));
	const names = await networkNames();
	const all = await Promise.all(names.map((name) => readNetworkAt(join(networksFolder(), name + EXTENSION))));
	return [...shipped, ...all].filter((stored) => stored !== undefined);
}

async function shippedNetwork(name: string): Promise<StoredNetwork> {
	const { loadShippedNetwork } = await import('@parfocal/lab');
	return { ...(await loadShippedNetwork(name)), source: 'shipped' };
}

/**
 * The network that `--model` names: a file of one, one that ships, or an imported one. Undefined when it is something else.
 * @throws {FormatError | ModelError} when the file is damaged
 */
export async function findNetwork(nameOrFile: string, cwd: string): Promise<StoredNetwork | undefined> {
	if (extname(nameOrFile).toLowerCase() === EXTENSION) return readNetworkAt(resolve(cwd, nameOrFile));
	// A name of FocusLiteNN's models is no network's: the lab need not be loaded for them.
	if (listShippedModels().includes(nameOrFile)) return undefined;
	const { listShippedNetworks } = await import('@parfocal/lab');
	if (listShippedNetworks().includes(nameOrFile)) return shippedNetwork(nameOrFile);
	if (!(await networkNames()).includes(nameOrFile)) return undefined;
	return readNetworkAt(join(networksFolder(), nameOrFile + EXTENSION));
}

/** The network of a file; undefined when it cannot be read or is another kind of file: others say what is wrong with it. */
async function readNetworkAt(path: string): Promise<StoredNetwork | undefined> {
	const bytes = await readFile(path).catch(() => undefined);
	if (!bytes || !looksLikeSafetensors(bytes)) return undefined;
	const { isNetworkFile, readNetworkFile } = await import('@parfocal/lab');
	if (!isNetworkFile(readSafetensors(bytes).metadata)) return undefined;
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return { name: basename(path, EXTENSION), source: 'imported', file: readNetworkFile(bytes, path), sha256 };
}

/**
 * Keeps a network under a name.
 * @throws {ArgumentError} when a network that ships has it
 * @throws {WriteError} when there is one already and `force` is not set, or it cannot be written
 */
export async function storeNetwork(name: string, file: NetworkFile, force: boolean): Promise<StoredNetwork> {
	const { listShippedNetworks, writeNetworkFile } = await import('@parfocal/lab');
	if (listShippedNetworks().includes(name)) {
		throw new ArgumentError('name', `'${name}' is the name of a network that comes with Parfocal. Choose another.`);
	}
	const path = join(networksFolder(), name + EXTENSION);
	if (!force && (await networkNames()).includes(name)) {
		const message = `There is a network '${name}' already. Choose another name, or replace it with --force.`;
		throw new WriteError(path, 'exists', message);
	}
	await mkdir(networksFolder(), { recursive: true });
	await writeWholeFile(path, writeNetworkFile(file));
	return (await readNetworkAt(path))!;
}
