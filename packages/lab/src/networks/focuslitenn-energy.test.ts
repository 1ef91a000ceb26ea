import { createFocusModel, DEFAULT_MODEL_NAME, loadShippedModel, type RgbImage, type Tensor } from '@parfocal/core';
import { expect, test } from 'vitest';
import { floats } from '../engine/runtime/engine.ts';
import { Tape } from '../engine/tape.ts';
import { startedEngines } from '../engine/testing/engines.ts';
import { seededRandom } from '../simulate/random.ts';
import { focuslitennEnergy } from './focuslitenn-energy.ts';
import { Layers } from './layers.ts';
import { answers } from './network.ts';

const SIDE = 235;

/** A grey picture with detail of several sizes: brightness is the same however it is weighed. */
function greyPicture(seed: number): RgbImage {
	const random = seededRandom(seed);
	const data = new Uint8Array(3 * SIDE * SIDE);
	for (let i = 0; i < SIDE * SIDE; i++) {
		const wave = Math.sin((i % SIDE) / 3) + Math.sin(i / SIDE / 11);
		data.fill(120 + 40 * wave + 30 * random.uniform(), 3 * i, 3 * i + 3);
	}
	return { layout: 'rgb', widthPx: SIDE, heightPx: SIDE, data };
}

for (const { device, open } of startedEngines) {
	test(`the network with the shipped model's numbers gives its scores on ${device}`, async () => {
		const { calibration: _, ...definition } = await loadShippedModel(DEFAULT_MODEL_NAME);
		const model = createFocusModel(definition);
		const numbers = new Map<string, Tensor>([
			['conv.weight', { shape: [4, 1, 7, 7], data: definition.convWeight }],
			...definition.head.flatMap(({ inputs, outputs, weight, bias }, i) => [
				[`head.${2 * i}.weight`, { shape: [outputs, inputs], data: weight }] as const,
				[`head.${2 * i}.bias`, { shape: [outputs], data: bias }] as const,
			]),
		]);
		const tape = new Tape('check');
		const layers = new Layers(tape, {
			mode: 'use',
			bind: ({ key, shape }, graph) => graph.parameter(key, shape, numbers.get(key)!.data),
		});
		const pictures = tape.graph.input('pictures', [2, 3, SIDE, SIDE]);
		tape.graph.output('scores', answers(focuslitennEnergy, layers, pictures, 'classifier', 1));

		const images = [greyPicture(1), greyPicture(2)];
		const planar = Float32Array.from(
			images.flatMap(({ data }) => [0, 1, 2].flatMap((c) => [...data.filter((_, i) => i % 3 === c)])),
			(byte) => byte / 255,
		);
		const engine = await open();
		const session = await engine.load(tape.graph.encode());
		const outputs = await session.run({ pictures: engine.tensor('float32', planar, pictures.shape) });
		const scores = await floats(outputs['scores']);
		await session.close();
		for (const [i, image] of images.entries()) {
			expect(scores[i]).toBeCloseTo((await model.scoreWindows(image)).score, 3);
		}
		expect(scores[0]).not.toBeCloseTo(scores[1]!, 3);
	});
}
