/**
 * Parameters to start from: random, or another training's backbone.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
	FormatError,
	looksLikeSafetensors,
	looksLikeTorch,
	readSafetensors,
	readTorch,
	type Tensors,
} from '@parfocal/core';
import { toReadError } from '@parfocal/node';
import { sameShape } from '../engine/shape.ts';
import { matchedParameters } from '../networks/match-parameters.ts';
import { featureSpecs, type Network } from '../networks/network.ts';
import { initialParameters, type ParameterSpec } from '../networks/parameters.ts';
import type { Random } from '../simulate/random.ts';

/** Parameters and what they are, in words. */
export interface StartingParameters {
	readonly parameters: Tensors;
	readonly note: string;
}

/**
 * Parameters of `specs`: those of a file where they fit, random ones elsewhere. The backbone must fit; a head need not.
 * @throws {ReadError} when the file cannot be read. @throws {FormatError} when it is no weights file
 * @throws {ModelError} when its backbone is another network's
 */
export async function startingParameters(
	network: Network,
	specs: readonly ParameterSpec[],
	random: Random,
	weights?: string,
): Promise<StartingParameters> {
	const fresh = initialParameters(specs, random);
	if (weights === undefined) return { parameters: fresh, note: 'Random parameters to start from.' };
	const given = await readWeights(weights);
	const backbone = matchedParameters(network, featureSpecs(network), given, 'leave');
	const head = specs.filter(({ key }) => !backbone.has(key));
	const fitting = new Map(
		head.flatMap(({ key, shape }) => {
			const tensor = given.get(key);
			return tensor && sameShape(tensor.shape, shape) ? [[key, tensor] as const] : [];
		}),
	);
	// A head that fits in part is another head.
	const keepsHead = fitting.size === head.length;
	const name = basename(weights);
	return {
		parameters: new Map([...fresh, ...backbone, ...(keepsHead ? fitting : [])]),
		note: `Started from ${name}; ${keepsHead ? 'its head fits too' : 'its head does not fit and starts from random parameters'}.`,
	};
}

async function readWeights(path: string): Promise<Tensors> {
	const bytes = new Uint8Array(
		await readFile(path).catch((error: unknown) => {
			throw toReadError(path, error);
		}),
	);
	if (looksLikeTorch(bytes)) return readTorch(bytes);
	if (looksLikeSafetensors(bytes)) return readSafetensors(bytes).tensors;
	throw new FormatError(
		'weights',
		'unrecognised',
		`${path} is neither a PyTorch file (.pt, .pth) nor a safetensors file. Save the model's state_dict() as one of them.`,
	);
}
