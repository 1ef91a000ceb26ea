import { describe, expect, test } from 'vitest';
import { FLIPS_AND_TURNS, NO_AUGMENTATION } from '../data/pixels/augmentation.ts';
import { IMAGENET_STATISTICS, UNIT_RANGE } from '../data/pixels/normalisation.ts';
import { lossNamed } from '../losses/registry.ts';
import { NETWORKS } from '../networks/registry.ts';
import { protocolOf } from './protocol.ts';
import { REDUCE_ON_PLATEAU, STEP_DECAY } from './schedule.ts';
import { completeSettings, type GivenSettings, requireSameSettings } from './settings.ts';

test('FocusLiteNN is trained as its code does', () => {
	expect(completeSettings({ network: 'focuslitenn' })).toMatchObject({
		loss: 'plcc',
		head: 'classifier',
		learningRate: 0.01,
		batch: 50,
		epochs: 120,
		schedule: STEP_DECAY,
		inputPx: 235,
		resampler: 'none',
		normalisation: UNIT_RANGE,
	});
	expect(completeSettings({ network: 'densenet13' })).toMatchObject({
		learningRate: 0.001,
		schedule: { kind: 'step', everyEpochs: 40, factor: 0.1 },
	});
});

test('networks of the ordinal paper as that does, but by slide and with a small head', () => {
	expect(completeSettings({ network: 'mobilenet_v2' })).toMatchObject({
		loss: 'oe',
		head: 'gap',
		learningRate: 1e-4,
		batch: 32,
		epochs: 200,
		schedule: REDUCE_ON_PLATEAU,
		inputPx: 224,
		resampler: 'bilinear',
		normalisation: IMAGENET_STATISTICS,
		split: 'slide',
		augmentation: FLIPS_AND_TURNS,
		freeze: 'nothing',
	});
});

test('every network has a protocol with a loss that is there', () => {
	for (const network of NETWORKS) {
		const protocol = protocolOf(network);
		expect(lossNamed(protocol.loss).name).toBe(protocol.loss);
		expect(protocol.inputPx).toBe(network.inputPx);
	}
});

test('what is given goes first; a frozen backbone sees no augmentation', () => {
	const settings = completeSettings({ network: 'squeezenet1_0', loss: 'ho2', epochs: 3, freeze: 'backbone' });
	expect(settings).toMatchObject({ loss: 'ho2', epochs: 3, augmentation: NO_AUGMENTATION });
});

describe('refused, with the way out', () => {
	const wrong: [Partial<GivenSettings>, RegExp][] = [
		[{ network: 'mobilenet' }, /There is no network 'mobilenet'\. .*mobilenet_v2/],
		[{ epochs: 0 }, /epochs must be a positive whole number, not 0/],
		[{ batch: 2.5 }, /batch must be/],
		[{ inputPx: Number.NaN }, /inputPx must be/],
		[{ learningRate: 0 }, /learning rate must be a positive number/],
		[{ learningRate: Number.POSITIVE_INFINITY }, /learning rate/],
		[{ batch: 32, accumulate: 5 }, /A batch of 32 cannot be taken in 5 equal parts/],
		[{ device: 'gpu' as never }, /cpu, webgpu, wasm/],
		[{ freeze: 'backbone', head: 'flatten' }, /choose the head gap, not flatten/],
		[{ freeze: 'backbone', augmentation: FLIPS_AND_TURNS }, /Leave the augmentation out/],
	];
	test.each(wrong)('%j', (given, message) => {
		expect(() => completeSettings({ network: 'squeezenet1_0', ...given })).toThrow(message);
	});
});

describe('going on', () => {
	const stored = completeSettings({ network: 'focuslitenn', epochs: 10, lambda: 1 });
	test('with the same settings, more epochs, other threads', () => {
		expect(() => requireSameSettings(stored, { ...stored, epochs: 20, threads: 4 })).not.toThrow();
		expect(() => requireSameSettings(stored, {})).not.toThrow();
		expect(() => requireSameSettings(stored, { schedule: { ...STEP_DECAY } })).not.toThrow();
	});
	test.each([
		[{ learningRate: 1 }, /began with learningRate 0.01, not 1/],
		[{ schedule: { kind: 'constant' } as const }, /began with schedule/],
		[{ classes: 4 }, /began with classes not set, not 4/],
	])('not with others: %j', (given, message) => {
		expect(() => requireSameSettings(stored, given)).toThrow(message);
	});
});
