import { expect, test } from 'vitest';
import { completeSettings } from '../train/settings.ts';
import { METHODS, methodsNamed } from './methods.ts';
import { planOf } from './protocols.ts';

const plan = (name: string, options: Partial<Parameters<typeof planOf>[1]> = {}) =>
	planOf(methodsNamed([name])[0]!, { protocol: 'reduced', weights: new Map(), ...options });

test('every plan makes settings that hold, or says why there is none', () => {
	for (const protocol of ['papers', 'reduced'] as const) {
		for (const method of METHODS.filter(({ kind }) => kind === 'trains')) {
			const own = planOf(method, { protocol, weights: new Map() });
			if ('leftOut' in own) expect(own.leftOut).toContain(method.network);
			else expect(completeSettings(own.settings)).toMatchObject({ network: method.network, loss: method.loss });
		}
	}
});

test('the papers leave nothing out, and train as published', () => {
	expect(plan('vgg16/oe', { protocol: 'papers' })).toEqual({ settings: { network: 'vgg16', loss: 'oe' } });
});

test('the reduced protocol freezes what has weights, trains small networks whole, and leaves the rest out', () => {
	const weights = new Map([['mobilenet_v2', { weights: '/w/m.safetensors', network: 'mobilenet_v2_same' }]]);
	expect(plan('mobilenet_v2/oe', { weights })).toMatchObject({
		settings: { network: 'mobilenet_v2_same', weights: '/w/m.safetensors', freeze: 'backbone', epochs: 200 },
	});
	expect(plan('eonss')).toMatchObject({ settings: { epochs: 12 } });
	expect(plan('eonss')).not.toHaveProperty('settings.freeze');
	expect(plan('resnet101')).toMatchObject({ leftOut: expect.stringContaining('--weights') });
});

test('epochs and device of the user go before all', () => {
	expect(plan('eonss', { device: 'webgpu' })).toMatchObject({ settings: { device: 'webgpu', epochs: 12 } });
	expect(plan('eonss')).not.toHaveProperty('settings.device');
	expect(plan('eonss', { epochs: 3 })).toMatchObject({ settings: { epochs: 3 } });
	expect(plan('vgg16/ce', { protocol: 'papers', epochs: 2 })).toMatchObject({ settings: { epochs: 2 } });
});
