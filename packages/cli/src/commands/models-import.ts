/**
 * `parfocal models import`.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { ArgumentError, type ScoreUnit } from '@parfocal/core';
import type { HeadKind } from '@parfocal/lab';
import { checkModelName, importModel, toReadError } from '@parfocal/node';
import type { Context } from '../context.ts';
import { describeWeights } from '../networks/describe-weights.ts';
import { findNetwork, storeNetwork } from '../networks/network-store.ts';
import { networkFacts, networkInWords } from '../networks/network-words.ts';
import { inWords } from './models-show.ts';

/** Flags of `parfocal models import`. */
export interface ImportFlags {
	readonly name: string;
	readonly network?: string;
	readonly head?: HeadKind;
	readonly loss?: string;
	readonly classes?: number;
	readonly inputPx?: number;
	readonly windowPx?: number;
	readonly normalisation?: string;
	readonly unit?: ScoreUnit;
	readonly clampAtZero?: boolean;
	readonly licence?: string;
	readonly force?: boolean;
	readonly json?: boolean;
}

/** Copies weights into the models folder and prints what they are. */
export default async function modelsImport(this: Context, flags: ImportFlags, file: string): Promise<void> {
	const {
		name,
		json,
		force = false,
		network,
		head,
		loss,
		classes,
		inputPx,
		windowPx,
		normalisation,
		...options
	} = flags;
	const { stdout } = this.process;
	const path = resolve(this.cwd, file);
	const described = await findNetwork(file, this.cwd);
	if (network === undefined && !described) {
		const given = Object.entries({ head, loss, classes, inputPx, windowPx, normalisation }).find(
			([, value]) => value !== undefined,
		);
		if (given)
			throw new ArgumentError(given[0], `--${given[0]} says something of a network: say which, with --network.`);
		const model = await importModel(path, name, { ...options, force });
		stdout.write(json ? `${JSON.stringify(model, undefined, 2)}\n` : inWords(model));
		return;
	}
	checkModelName(name);
	const facts = { network: network!, head, loss, classes, inputPx, normalisation, licence: options.licence };
	const { description, tensors } =
		network === undefined ? described!.file : await describeWeights(await bytesOf(path), basename(path), facts);
	const windows = windowPx === undefined ? {} : { windowPx };
	const stored = await storeNetwork(name, { description: { ...description, ...windows }, tensors }, force);
	stdout.write(json ? `${JSON.stringify(networkFacts(stored), undefined, 2)}\n` : networkInWords(stored));
}

async function bytesOf(path: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (error) {
		throw toReadError(path, error);
	}
}
