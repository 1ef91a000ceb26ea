import { isParfocalError, type Tensors, writeSafetensors } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { completeSettings } from './settings.ts';

const parameters: Tensors = new Map([
	['conv.weight', { shape: [1, 2], data: Float32Array.of(0.1, -3e-38) }],
	['conv.bias', { shape: [1], data: Float32Array.of(7) }],
]);
const checkpoint: Checkpoint = {
	settings: completeSettings({ network: 'focuslitenn', lambda: 0.01 }),
	data: '/data/set',
	state: {
		progress: {
			epochs: 2,
			batch: 3,
			lossSum: 0.1 + 0.2,
			schedule: { epochs: 2, rate: 0.01, best: null, stale: 0 },
			history: [
				{
					epoch: 1,
					trainingLoss: 1 / 3,
					learningRate: 0.01,
					msPerStep: 2.5,
					validation: { patches: 4, srcc: null, plcc: 0.123456789012345 },
				},
			],
			best: { epoch: 1, error: 0.9 },
		},
		training: { step: 17, parameters, mean: Float32Array.of(1, 2, 3), square: Float32Array.of(4, 5, 6) },
		best: new Map([['conv.bias', { shape: [1], data: Float32Array.of(9) }]]),
	},
};

test('comes back as it was, to the last digit', () => {
	const bytes = encodeCheckpoint(checkpoint);
	const read = decodeCheckpoint(bytes, 'c');
	expect(read).toEqual(checkpoint);
	expect(encodeCheckpoint(read)).toEqual(bytes);
	const { best: _, ...state } = checkpoint.state;
	expect(decodeCheckpoint(encodeCheckpoint({ ...checkpoint, state }), 'c').state.best).toBeUndefined();
});

test.each([
	[{}, /holds weights but no training/],
	[{ 'parfocal.checkpoint': '{' }, /not JSON/],
	[{ 'parfocal.checkpoint': '{"format":2}' }, /format 2, made by another version/],
	[{ 'parfocal.checkpoint': '{"format":1}' }, /description is damaged/],
])('other files are told apart: %j', (metadata, message) => {
	expect(() => decodeCheckpoint(writeSafetensors(parameters, metadata as Record<string, string>), 'c')).toThrow(
		message,
	);
});

test('a checkpoint without what the optimiser remembers is none', () => {
	const description = JSON.stringify({
		format: 1,
		settings: checkpoint.settings,
		data: '/d',
		step: 1,
		progress: checkpoint.state.progress,
	});
	const bytes = writeSafetensors(parameters, { 'parfocal.checkpoint': description });
	expect(() => decodeCheckpoint(bytes, 'run/c')).toThrow(
		/run\/c cannot be used: it lacks what the optimiser remembers/,
	);
});

test('damaged bytes are read or refused by an error of the family', () => {
	const bytes = encodeCheckpoint(checkpoint);
	const damaged = fc.oneof(
		fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)).map(([at, value]) => bytes.with(at, value)),
		fc.nat(bytes.length).map((length) => bytes.slice(0, length)),
	);
	fc.assert(
		fc.property(damaged, (own) => {
			try {
				decodeCheckpoint(own, 'c');
			} catch (error) {
				if (!isParfocalError(error, 'format')) throw error;
			}
		}),
	);
});

test('any description is read or refused by an error of the family', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			const text = JSON.stringify({ ...(Object(value) as object), format: 1 });
			try {
				decodeCheckpoint(writeSafetensors(parameters, { 'parfocal.checkpoint': text }), 'c');
				expect.unreachable('no random value is a training');
			} catch (error) {
				if (!isParfocalError(error, 'format')) throw error;
			}
		}),
	);
});
