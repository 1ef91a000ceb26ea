/**
 * Files of trained networks: safetensors with PyTorch's keys, and what the numbers mean as JSON in the metadata.
 * @module
 */
import { ModelError, readSafetensors, type Tensors, writeSafetensors } from '@parfocal/core';
import type { ChannelStatistics } from '../data/pixels/normalisation.ts';
import { RESAMPLE_METHODS, type ResampleMethod } from '../data/pixels/resample.ts';
import type { HeadKind } from './network.ts';

/** Key of the metadata under which the description lies. */
export const NETWORK_METADATA_KEY = 'parfocal.network';

const FORMAT = 1;
const HEADS: readonly HeadKind[] = ['classifier', 'flatten', 'gap'];

/** What the numbers of a trained network are, and how to ask it. */
export interface NetworkDescription {
	/** Version of this description. */
	readonly format: 1;
	/** Name as in the registry of networks, such as `mobilenet_v2`. */
	readonly network: string;
	/** Choices within that network, such as the kernels of FocusLiteNN; empty for most. */
	readonly options: Readonly<Record<string, string | number>>;
	readonly head: HeadKind;
	/** Name as in the registry of losses, such as `oe`: it says how answers are read. */
	readonly loss: string;
	/** Weight of the loss's penalty, where it has one. */
	readonly lambda?: number;
	/** Ordered classes, 0 in focus; 1 where a value is learned. */
	readonly classes: number;
	/** Numbers that the network answers with. */
	readonly outputs: number;
	/** Side of the square pictures it was trained on, in pixels. */
	readonly inputPx: number;
	/** How pictures became that size; `none`: crops of the pixels as stored. */
	readonly resampler: 'none' | ResampleMethod;
	/** Side of the square of stored pixels that becomes `inputPx`, where pictures are resampled. */
	readonly windowPx?: number;
	/** Of red, green and blue on the scale 0 … 1. */
	readonly normalisation: ChannelStatistics;
	/** Size of a training pixel in micrometres, where it is known. */
	readonly mppUm?: number;
	/** `zLevel`: focal planes from the sharpest; `score`: relative only. */
	readonly unit: 'zLevel' | 'score';
	/** Which way a higher value points. */
	readonly higherMeans: 'blurrier' | 'sharper';
	/** Licence of the weights, as name or text. */
	readonly licence: string;
	/** What it was trained on, in words; simulated data is called so. */
	readonly trainedOn: string;
}

/** A trained network as its file has it. */
export interface NetworkFile {
	readonly description: NetworkDescription;
	/** Parameters and running statistics. */
	readonly tensors: Tensors;
}

/**
 * The bytes of a model file; the same network gives the same bytes.
 * @throws {ModelError} when the description does not hold together
 * @example
 * ```ts
 * await writeWholeFile('model.safetensors', writeNetworkFile({ description, tensors }));
 * ```
 */
export function writeNetworkFile({ description, tensors }: NetworkFile): Uint8Array<ArrayBuffer> {
	const checked = checkDescription(description, description.network);
	return writeSafetensors(tensors, { [NETWORK_METADATA_KEY]: JSON.stringify(checked) });
}

/**
 * Reads a model file.
 * @param label names the file in errors
 * @throws {FormatError} when it is no safetensors file
 * @throws {ModelError} when it holds no trained network, or one of a later version, or a damaged description
 */
export function readNetworkFile(bytes: Uint8Array, label: string): NetworkFile {
	const { tensors, metadata } = readSafetensors(bytes);
	if (!Object.hasOwn(metadata, NETWORK_METADATA_KEY)) {
		const message = `${label} holds weights, but not which network they are of. Train from it with: parfocal train --weights ${label}`;
		throw new ModelError(label, message);
	}
	let value: unknown;
	try {
		value = JSON.parse(metadata[NETWORK_METADATA_KEY]!);
	} catch (cause) {
		throw new ModelError(label, `Model file ${label} cannot be used: its description is not JSON.`, { cause });
	}
	return { description: checkDescription(value, label), tensors };
}

/** True when the metadata of a safetensors file tells of a trained network. */
export function isNetworkFile(metadata: Readonly<Record<string, string>>): boolean {
	return Object.hasOwn(metadata, NETWORK_METADATA_KEY);
}

/** What each field must be. */
const CHECKS: Readonly<Record<keyof NetworkDescription, (value: unknown) => boolean>> = {
	format: (value) => value === FORMAT,
	network: isText,
	options: isOptions,
	head: (value) => HEADS.includes(value as HeadKind),
	loss: isText,
	lambda: (value) => value === undefined || (isNumber(value) && value >= 0),
	classes: isCount,
	outputs: isCount,
	inputPx: isCount,
	resampler: (value) => RESAMPLE_METHODS.includes(value as ResampleMethod),
	windowPx: (value) => value === undefined || isCount(value),
	normalisation: isStatistics,
	mppUm: (value) => value === undefined || (isNumber(value) && value > 0),
	unit: (value) => value === 'zLevel' || value === 'score',
	higherMeans: (value) => value === 'blurrier' || value === 'sharper',
	licence: isText,
	trainedOn: isText,
};

/** The description and nothing else. @throws {ModelError} naming the field that is wrong */
function checkDescription(value: unknown, label: string): NetworkDescription {
	const given = Object(value) as Record<string, unknown>;
	if (isNumber(given['format']) && given['format'] > FORMAT) {
		const message = `Model file ${label} is of format ${given['format']}, made by a later version. Update Parfocal.`;
		throw new ModelError(label, message);
	}
	const fields = Object.entries(CHECKS);
	const wrong = fields.find(([name, isSound]) => !isSound(given[name]));
	if (wrong) {
		const [name] = wrong;
		const message = `Model file ${label} cannot be used: its description has no sound '${name}'.`;
		throw new ModelError(label, message);
	}
	const known = fields.flatMap(([name]) => (given[name] === undefined ? [] : [[name, given[name]]]));
	return Object.fromEntries(known) as NetworkDescription;
}

function isNumber(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}

function isCount(value: unknown): boolean {
	return Number.isSafeInteger(value) && (value as number) > 0;
}

function isText(value: unknown): boolean {
	return typeof value === 'string' && value !== '';
}

function isOptions(value: unknown): boolean {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	return Object.values(value).every((own) => isNumber(own) || typeof own === 'string');
}

function isStatistics(value: unknown): boolean {
	const { mean, deviation } = Object(value) as Partial<Record<keyof ChannelStatistics, unknown>>;
	const isTriple = (own: unknown): own is number[] => Array.isArray(own) && own.length === 3 && own.every(isNumber);
	return isTriple(mean) && isTriple(deviation) && deviation.every((own) => own > 0);
}
