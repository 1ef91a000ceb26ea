/**
 * A training in one file: safetensors with parameters and what Adam remembers, and the rest as JSON in the metadata.
 * @module
 */
import { FormatError, readSafetensors, type Tensor, type Tensors, writeSafetensors } from '@parfocal/core';
import type { FitProgress, FitState } from './fit-network.ts';
import type { TrainingSettings } from './settings.ts';

/** A training that can go on. */
export interface Checkpoint {
	readonly settings: TrainingSettings;
	/** Folder of the data, as an absolute path. */
	readonly data: string;
	readonly state: FitState;
}

const METADATA_KEY = 'parfocal.checkpoint';
const FORMAT = 1;

/** What the metadata holds. */
interface Description {
	readonly format: number;
	readonly settings: TrainingSettings;
	readonly data: string;
	readonly step: number;
	readonly progress: FitProgress;
}

/** The bytes of a checkpoint. */
export function encodeCheckpoint({ settings, data, state }: Checkpoint): Uint8Array<ArrayBuffer> {
	const { training, progress, best } = state;
	const list = (numbers: Float32Array): Tensor => ({ shape: [numbers.length], data: numbers });
	const tensors = new Map<string, Tensor>([
		...prefixed('parameters', training.parameters),
		['adam.mean', list(training.mean)],
		['adam.square', list(training.square)],
		...(best ? prefixed('best', best) : []),
	]);
	const description: Description = { format: FORMAT, settings, data, step: training.step, progress };
	return writeSafetensors(tensors, { [METADATA_KEY]: JSON.stringify(description) });
}

/**
 * Reads a checkpoint.
 * @param label names the file in errors
 * @throws {FormatError} when it is none, damaged, or of another version
 */
export function decodeCheckpoint(bytes: Uint8Array, label: string): Checkpoint {
	const { tensors, metadata } = readSafetensors(bytes);
	const { settings, data, step, progress } = parseDescription(metadata[METADATA_KEY], label);
	const mean = tensors.get('adam.mean')?.data;
	const square = tensors.get('adam.square')?.data;
	if (!mean || !square) throw damaged(label, 'it lacks what the optimiser remembers');
	const best = withPrefix('best', tensors);
	const training = { step, parameters: withPrefix('parameters', tensors), mean, square };
	return { settings, data, state: { progress, training, ...(best.size > 0 && { best }) } };
}

function parseDescription(text: string | undefined, label: string): Description {
	if (text === undefined) throw damaged(label, 'it holds weights but no training');
	let value: Partial<Record<keyof Description, unknown>>;
	try {
		value = Object(JSON.parse(text));
	} catch (cause) {
		throw damaged(label, 'its description is not JSON', cause);
	}
	if (value.format !== FORMAT) throw damaged(label, `it is of format ${String(value.format)}, made by another version`);
	const { epochs, batch, lossSum, history, schedule } = Object(value.progress) as Partial<FitProgress>;
	const sound =
		typeof value.data === 'string' &&
		typeof Object(value.settings).network === 'string' &&
		[value.step, epochs, batch].every((count) => Number.isSafeInteger(count) && (count as number) >= 0) &&
		typeof lossSum === 'number' &&
		Array.isArray(history) &&
		typeof Object(schedule).rate === 'number';
	if (!sound) throw damaged(label, 'its description is damaged');
	return value as unknown as Description;
}

function prefixed(prefix: string, tensors: Tensors): [string, Tensor][] {
	return [...tensors].map(([key, tensor]) => [`${prefix}.${key}`, tensor]);
}

function withPrefix(prefix: string, tensors: Tensors): Tensors {
	const begin = `${prefix}.`;
	return new Map(
		[...tensors].flatMap(([key, tensor]) =>
			key.startsWith(begin) ? [[key.slice(begin.length), tensor] as const] : [],
		),
	);
}

function damaged(label: string, problem: string, cause?: unknown): FormatError {
	const message = `The checkpoint ${label} cannot be used: ${problem}. Start anew in another folder.`;
	return new FormatError('checkpoint', 'corrupt', message, { cause });
}
