import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isParfocalError, ModelError } from '../../errors.ts';
import { sha256 } from '../../fingerprint.ts';
import { readSafetensors, writeSafetensors } from '../../weights/safetensors.ts';
import type { FocusLiteNNDefinition } from './definition.ts';
import { createFocusLiteNN } from './focuslitenn.ts';
import { focusLiteNNFromSafetensors, focusLiteNNToSafetensors, isModelFile, METADATA_KEY } from './model-file.ts';
import { stripedImage, syntheticDefinition } from './testing/synthetic.ts';

const full: FocusLiteNNDefinition = {
	...syntheticDefinition({ kernels: 4, pooling: 'energy', planes: 'luma', paddingPx: 0 }),
	head: [
		{ inputs: 16, outputs: 3, weight: new Float32Array(48).fill(0.1), bias: Float32Array.of(1, 2, 3) },
		{ inputs: 3, outputs: 1, weight: Float32Array.of(1, -1, 0.5), bias: Float32Array.of(0) },
	],
	calibration: { raw: [-1, 0, 1], value: [0, 1, 4] },
	mppRange: [0.2, 0.6],
	unit: 'blurRadiusPx',
	licence: 'Apache-2.0',
	origin: 'trained on ü',
};

/** The file with its description changed. */
function withDescription(change: (description: Record<string, unknown>) => unknown): Uint8Array<ArrayBuffer> {
	const { tensors, metadata } = readSafetensors(focusLiteNNToSafetensors(full));
	const changed = change(JSON.parse(metadata[METADATA_KEY]!));
	return writeSafetensors(tensors, {
		[METADATA_KEY]: typeof changed === 'string' ? changed : JSON.stringify(changed),
	});
}

describe('our model files', () => {
	test.each([
		['a full one', full],
		['a plain one', syntheticDefinition()],
		['ten kernels with both extremes', syntheticDefinition({ kernels: 10, pooling: 'minMax' })],
	])('%s comes back as it was, with the hash of its file', async (_, definition) => {
		const bytes = focusLiteNNToSafetensors(definition);
		expect(await focusLiteNNFromSafetensors(bytes, 'x')).toEqual({ ...definition, sha256: await sha256(bytes) });
		expect(isModelFile(readSafetensors(bytes))).toBe(true);
	});

	test('written twice have the same bytes, whatever hash the definition carries', () => {
		expect(focusLiteNNToSafetensors({ ...full, sha256: 'other' })).toEqual(focusLiteNNToSafetensors(full));
	});

	test('score as what was written', async () => {
		const definition = syntheticDefinition({ kernels: 2, pooling: 'minMax' });
		const back = await focusLiteNNFromSafetensors(focusLiteNNToSafetensors(definition), 'x');
		const image = stripedImage(235, 235, 1, 9);
		expect(createFocusLiteNN(back).scoreWindows(image)).toEqual(createFocusLiteNN(definition).scoreWindows(image));
	});

	test('are not written from definitions that do not hold together', () => {
		expect(() => focusLiteNNToSafetensors({ ...full, kernels: 3 })).toThrow(ModelError);
	});
});

describe('refused, saying why:', () => {
	test('weights without a description', async () => {
		const { tensors } = readSafetensors(focusLiteNNToSafetensors(full));
		await expect(focusLiteNNFromSafetensors(writeSafetensors(tensors), 'foreign.safetensors')).rejects.toThrow(
			/foreign.safetensors holds weights but no model description/,
		);
	});

	const cases: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
		['a later format', withDescription((d) => ({ ...d, format: 2 })), /format 2.*later version/],
		['another kind', withDescription((d) => ({ ...d, kind: 'cnn' })), /kind cnn/],
		['text that is not JSON', withDescription(() => '{'), /not JSON/],
		['null', withDescription(() => 'null'), /format undefined/],
		['an unknown pooling', withDescription((d) => ({ ...d, pooling: 'median' })), /damaged/],
		['an unknown unit', withDescription((d) => ({ ...d, unit: 'furlong' })), /damaged/],
		['a number for a name', withDescription((d) => ({ ...d, name: 1 })), /damaged/],
		['unequal calibration lists', withDescription((d) => ({ ...d, calibration: { raw: [1], value: [] } })), /damaged/],
		['a range of one number', withDescription((d) => ({ ...d, mppRange: [1] })), /damaged/],
		['padding by two', withDescription((d) => ({ ...d, paddingPx: 2 })), /damaged/],
		['luma weights called RGB', withDescription((d) => ({ ...d, planes: 'all' })), /convWeight/],
	];
	test.each(cases)('%s', async (_, bytes, message) => {
		const read = focusLiteNNFromSafetensors(bytes, 'broken');
		await expect(read).rejects.toThrow(ModelError);
		await expect(read).rejects.toThrow(message);
	});

	test('a missing tensor', async () => {
		const { tensors, metadata } = readSafetensors(focusLiteNNToSafetensors(full));
		const rest = new Map([...tensors].filter(([name]) => name !== 'head.1.bias'));
		await expect(focusLiteNNFromSafetensors(writeSafetensors(rest, metadata), 'x')).rejects.toThrow(/'head.1.bias'/);
	});
});

test('a damaged file gives an error of the family or a sound model, never anything else', async () => {
	const good = focusLiteNNToSafetensors(syntheticDefinition({ kernels: 2 }));
	await fc.assert(
		fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), async (at, value, length) => {
			const bytes = good.slice(0, Math.max(length, at + 1));
			bytes[at] = value;
			try {
				createFocusLiteNN(await focusLiteNNFromSafetensors(bytes, 'fuzzed'));
			} catch (error) {
				expect(isParfocalError(error, 'format', 'model'), String(error)).toBe(true);
			}
		}),
		{ numRuns: 300 },
	);
});
