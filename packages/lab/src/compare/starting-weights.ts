/**
 * Weights to start from, such as ImageNet's: a folder of files named by their networks.
 * @module
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '@parfocal/core';
import { toReadError } from '@parfocal/node';
import type { GivenSettings } from '../train/settings.ts';

/** A file, and what its numbers need to be used as they were trained. */
export interface StartingWeights extends Pick<GivenSettings, 'normalisation'> {
	/** Path of the file. */
	readonly weights: string;
	/** A variant of the network that the file is of, such as `mobilenet_v2_same`. */
	readonly network?: string;
}

/** Name of the file that says what other files need. */
export const WEIGHTS_LIST = 'weights.json';

/**
 * The files of a folder by network. Where there is `weights.json`, it says all:
 * `{ "mobilenet_v2": { "weights": "m.safetensors", "network": "mobilenet_v2_same", "normalisation": { "mean": […], "deviation": […] } } }`.
 * Else files go by their names: the network's, and what follows no letter or digit.
 * @throws {ReadError} when the folder cannot be read. @throws {FormatError} when `weights.json` is damaged
 */
export async function startingWeightsIn(
	folder: string,
	networks: Iterable<string>,
): Promise<Map<string, StartingWeights>> {
	const files = await readdir(folder).catch((error: unknown) => {
		throw toReadError(folder, error);
	});
	if (files.includes(WEIGHTS_LIST)) return listed(folder);
	const found = new Map<string, StartingWeights>();
	for (const network of networks) {
		const file = files
			.filter((name) => /\.(safetensors|pth?)$/i.test(name))
			.sort()
			.find((name) => name.startsWith(network) && !/^[\w]/.test(name.slice(network.length)));
		if (file !== undefined) found.set(network, { weights: join(folder, file) });
	}
	return found;
}

async function listed(folder: string): Promise<Map<string, StartingWeights>> {
	const path = join(folder, WEIGHTS_LIST);
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw toReadError(path, error);
	});
	try {
		const entries = Object.entries(JSON.parse(text) as Record<string, StartingWeights>);
		for (const [, { weights }] of entries) if (typeof weights !== 'string') throw new TypeError('no "weights"');
		return new Map(entries.map(([network, own]) => [network, { ...own, weights: join(folder, own.weights) }]));
	} catch (cause) {
		const message = `${path} is damaged: it must be JSON, { "NETWORK": { "weights": "FILE" } }.`;
		throw new FormatError('list of weights', 'corrupt', message, { cause });
	}
}
