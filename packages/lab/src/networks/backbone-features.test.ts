import { expect, test } from 'vitest';
import { floats } from '../engine/runtime/engine.ts';
import { Tape } from '../engine/tape.ts';
import { startedEngines } from '../engine/testing/engines.ts';
import { seededRandom } from '../simulate/random.ts';
import { createFeatureReader, withoutBackbone } from './backbone-features.ts';
import { Layers } from './layers.ts';
import { answers } from './network.ts';
import { initialParameters, type ParameterSpec } from './parameters.ts';
import { resnet10 } from './resnet.ts';

const BATCH = 2;
const SIDE = 32;

/** Specifications of all parameters, with a head of three outputs. */
function specsOf(): readonly ParameterSpec[] {
	const tape = new Tape('specs');
	const layers = new Layers(tape, { mode: 'use', bind: ({ key, shape }, graph) => graph.input(key, shape) });
	answers(resnet10, layers, tape.graph.input('pictures', [1, 3, SIDE, SIDE]), 'gap', 3);
	return layers.parameters;
}

const random = seededRandom(3);
const parameters = initialParameters(specsOf(), random);
const pictures = Float32Array.from({ length: BATCH * 3 * SIDE * SIDE }, () => random.uniform());
const engine = await startedEngines[0]!.open();

test('the head on the features of the backbone answers as the whole network', async () => {
	const answer = async (network: typeof resnet10, shape: readonly number[], numbers: Float32Array) => {
		const tape = new Tape('answer');
		const layers = new Layers(tape, {
			mode: 'use',
			bind: ({ key, shape: own }, graph) => graph.parameter(key, own, parameters.get(key)!.data),
		});
		tape.graph.output('answers', answers(network, layers, tape.graph.input('input', shape), 'gap', 3));
		const session = await engine.load(tape.graph.encode());
		const outputs = await session.run({ input: engine.tensor('float32', numbers, shape) });
		const given = await floats(outputs['answers']);
		await session.close();
		return given;
	};
	const reader = await createFeatureReader({ engine, network: resnet10, parameters, batch: BATCH, inputPx: SIDE });
	const features = await reader.read(pictures);
	await reader.close();
	expect(reader.count).toBe(512);
	expect(features.length).toBe(BATCH * 512);
	const split = await answer(withoutBackbone(resnet10), [BATCH, 512, 1, 1], features);
	const whole = await answer(resnet10, [BATCH, 3, SIDE, SIDE], pictures);
	for (const [i, value] of whole.entries()) expect(split[i]).toBeCloseTo(value, 4);
});

test('weights of another network are refused by the first name that is missing', async () => {
	const setup = { engine, network: resnet10, parameters: new Map(), batch: 1, inputPx: SIDE };
	await expect(createFeatureReader(setup)).rejects.toThrow(/no 'conv1.weight'.*not those of a resnet10/);
});
