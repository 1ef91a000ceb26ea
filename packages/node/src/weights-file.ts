/**
 * Model definitions from files of any kind that can be imported.
 * @module
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
	type FocusLiteNNDefinition,
	FormatError,
	focusLiteNNFromSafetensors,
	focusLiteNNFromTensors,
	isModelFile,
	looksLikeSafetensors,
	looksLikeTorch,
	readSafetensors,
	readTorch,
	type ScoreUnit,
} from '@parfocal/core';
import { toReadError } from './read-error.ts';

/** A thousand times the largest FocusLiteNN; larger files are other networks. */
const MAXIMUM_FILE_BYTES = 64 * 2 ** 20;

/** What the user may say of weights that do not say it themselves. */
export interface WeightsFacts {
	/** Unit of the scores; `score` (relative) unless told. The authors' models trained on mean squared error give `zLevel`. */
	readonly unit?: ScoreUnit | undefined;
	/** Clamp a picture's mean score at zero, as the authors do for those models. */
	readonly clampAtZero?: boolean | undefined;
	/** Licence of the weights, as text or name. */
	readonly licence?: string | undefined;
}

/**
 * Reads weights: one of our model files, or `.pt`, `.pth` or safetensors files with the tensors of a FocusLiteNN.
 * Nothing in the file is executed.
 * @throws {ReadError} when it cannot be read.
 * @throws {FormatError} when it is no weights file, damaged, or asks for more than tensors.
 * @throws {ModelError} when its tensors are not those of a FocusLiteNN.
 */
export async function readWeightsFile(
	path: string,
	name: string,
	facts: WeightsFacts = {},
): Promise<FocusLiteNNDefinition> {
	const bytes = await readBounded(path);
	if (looksLikeSafetensors(bytes) && isModelFile(readSafetensors(bytes))) {
		return withFacts({ ...(await focusLiteNNFromSafetensors(bytes, path)), name }, facts);
	}
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const definition = focusLiteNNFromTensors(readTensors(bytes, path), {
		name,
		sha256,
		licence: 'not stated; ask whoever gave you the file',
		origin: `imported from ${basename(path)} (SHA-256 ${sha256})`,
	});
	return withFacts(definition, facts);
}

function readTensors(bytes: Uint8Array, path: string) {
	if (looksLikeTorch(bytes)) return readTorch(bytes);
	if (looksLikeSafetensors(bytes)) return readSafetensors(bytes).tensors;
	throw new FormatError(
		'weights',
		'unrecognised',
		`${path} is neither a PyTorch file (.pt) nor a safetensors file. Save the model's state_dict() as one of them.`,
	);
}

function withFacts(definition: FocusLiteNNDefinition, { unit, clampAtZero, licence }: WeightsFacts) {
	return {
		...definition,
		...(unit !== undefined && { unit }),
		...(clampAtZero !== undefined && { clampAtZero }),
		...(licence !== undefined && { licence }),
	};
}

async function readBounded(path: string): Promise<Uint8Array<ArrayBuffer>> {
	try {
		const file = await open(path);
		try {
			const { size } = await file.stat();
			if (size > MAXIMUM_FILE_BYTES) {
				const message = `${path} has ${size} bytes; a FocusLiteNN has a few thousand. This is another kind of file.`;
				throw new FormatError('weights', 'too-large', message);
			}
			return new Uint8Array(await file.readFile());
		} finally {
			await file.close();
		}
	} catch (error) {
		throw error instanceof FormatError ? error : toReadError(path, error);
	}
}
