import { isParfocalError, type Tensors, writeSafetensors } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IMAGENET_STATISTICS, UNIT_RANGE } from '../data/pixels/normalisation.ts';
import {
	isNetworkFile,
	NETWORK_METADATA_KEY,
	type NetworkDescription,
	readNetworkFile,
	writeNetworkFile,
} from './model-file.ts';

const description: NetworkDescription = {
	format: 1,
	network: 'mobilenet_v2',
	options: {},
	head: 'gap',
	loss: 'co2',
	lambda: 0.01,
	classes: 12,
	outputs: 12,
	inputPx: 224,
	resampler: 'bilinear',
	windowPx: 1024,
	normalisation: IMAGENET_STATISTICS,
	mppUm: 0.25,
	unit: 'zLevel',
	higherMeans: 'blurrier',
	licence: 'Apache-2.0',
	trainedOn: 'simulated stacks',
};
const tensors: Tensors = new Map([
	['head.6.weight', { shape: [2, 2], data: Float32Array.of(1, -2, 3.5, 4) }],
	['head.6.bias', { shape: [2], data: Float32Array.of(0, 1) }],
]);

/** A file with any text as its description. */
function fileSaying(text: string): Uint8Array<ArrayBuffer> {
	return writeSafetensors(tensors, { [NETWORK_METADATA_KEY]: text });
}

test('what is written is read back, to the byte when written again', () => {
	const bytes = writeNetworkFile({ description, tensors });
	const file = readNetworkFile(bytes, 'model.safetensors');
	expect(file).toEqual({ description, tensors });
	expect(writeNetworkFile(file)).toEqual(bytes);
});

test('what may be missing may be missing, and what nobody knows is left out', () => {
	const { lambda: _, mppUm: __, windowPx: ___, ...least } = description;
	const odd = { ...least, options: { kernels: 2, pooling: 'min' }, normalisation: UNIT_RANGE, later: 'field' };
	const { description: read } = readNetworkFile(writeNetworkFile({ description: odd, tensors }), 'm');
	expect(read).toEqual({ ...least, options: { kernels: 2, pooling: 'min' }, normalisation: UNIT_RANGE });
	expect('lambda' in read).toBe(false);
});

test('files of other networks are told apart', () => {
	expect(isNetworkFile({ [NETWORK_METADATA_KEY]: '{}' })).toBe(true);
	expect(isNetworkFile({ parfocal: '{}' })).toBe(false);
	expect(() => readNetworkFile(writeSafetensors(tensors), 'plain.safetensors')).toThrow(/--weights plain\.safetensors/);
});

test.each([
	['format', 0],
	['network', ''],
	['options', []],
	['options', { kernels: null }],
	['head', 'mean'],
	['loss', 7],
	['lambda', -1],
	['classes', 0],
	['outputs', 1.5],
	['inputPx', '224'],
	['resampler', 'nearest'],
	['windowPx', -1],
	['normalisation', { mean: [0, 0], deviation: [1, 1, 1] }],
	['normalisation', { mean: [0, 0, 0], deviation: [1, 0, 1] }],
	['mppUm', 0],
	['unit', 'px'],
	['higherMeans', 'better'],
	['licence', ''],
	['trainedOn', undefined],
])('a wrong %s is named: %j', (field, value) => {
	const text = JSON.stringify({ ...description, [field]: value });
	expect(() => readNetworkFile(fileSaying(text), 'm.safetensors')).toThrow(
		`Model file m.safetensors cannot be used: its description has no sound '${field}'.`,
	);
	expect(() => writeNetworkFile({ description: { ...description, [field]: value }, tensors })).toThrow(`'${field}'`);
});

test('a later version says so, and what is no JSON too', () => {
	expect(() => readNetworkFile(fileSaying(JSON.stringify({ ...description, format: 2 })), 'm')).toThrow(
		/later version/,
	);
	expect(() => readNetworkFile(fileSaying('{'), 'm')).toThrow(/not JSON/);
	expect(() => readNetworkFile(Uint8Array.of(1, 2, 3), 'm')).toThrow(/8 bytes/);
});

test('any description is read or refused by an error of the family', () => {
	const field = fc.constantFrom(...Object.keys(description));
	fc.assert(
		fc.property(fc.dictionary(field, fc.jsonValue()), (changes) => {
			try {
				const { description: read } = readNetworkFile(fileSaying(JSON.stringify({ ...description, ...changes })), 'm');
				expect(Object.keys(description)).toEqual(expect.arrayContaining(Object.keys(read)));
			} catch (error) {
				if (!isParfocalError(error, 'model')) throw error;
			}
		}),
	);
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			try {
				readNetworkFile(fileSaying(JSON.stringify(value)), 'm');
				expect.unreachable('no random value is a description');
			} catch (error) {
				if (!isParfocalError(error, 'model')) throw error;
			}
		}),
	);
});

test('damaged bytes are refused by an error of the family', () => {
	const bytes = writeNetworkFile({ description, tensors });
	fc.assert(
		fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
			try {
				readNetworkFile(bytes.with(at, value), 'm');
			} catch (error) {
				if (!isParfocalError(error, 'model', 'format')) throw error;
			}
		}),
	);
});
