import { describe, expect, test } from 'vitest';
import type { Engine } from '../engine/runtime/engine.ts';
import { startedEngines } from '../engine/testing/engines.ts';
import { lossNamed } from '../losses/registry.ts';
import { withoutBackbone } from '../networks/backbone-features.ts';
import { parameterSpecs } from '../networks/network.ts';
import { initialParameters } from '../networks/parameters.ts';
import { networkNamed } from '../networks/registry.ts';
import { openNetwork } from '../networks/run-network.ts';
import { seededRandom } from '../simulate/random.ts';
import { graphLearner, sparseLearner } from './learner.ts';

const network = networkNamed('focuslitenn');
const SIDE = 57;
const specs = parameterSpecs(network, 'classifier', 1, SIDE);
const parameters = initialParameters(specs, seededRandom(1));
const random = seededRandom(2);
const bytes = Uint8Array.from({ length: 5 * 3 * SIDE * SIDE }, () => random.below(256));
const numbers = Float32Array.from(bytes, (byte) => byte / 255);
const setup = {
	network,
	head: 'classifier',
	loss: lossNamed('plcc'),
	classes: 1,
	batch: 2,
	input: [3, SIDE, SIDE],
} as const;

test('any number of pictures is answered, and both ways give the same', async () => {
	const engine = await startedEngines[0]!.open();
	const graph = await graphLearner(engine, setup, specs, 1).answerer(parameters);
	const sparse = await sparseLearner(specs, 'plcc', SIDE).answerer(parameters);
	const [one, other] = [await graph.answer(numbers), await sparse.answer(bytes)];
	expect(one).toHaveLength(5);
	for (const [i, answer] of one.entries()) expect(other[i]).toBeCloseTo(answer, 4);
	const single = await openNetwork(engine, { ...setup, outputs: 1, parameters, batch: 1, inputPx: SIDE });
	expect((await single.run(numbers.slice(0, 3 * SIDE * SIDE)))[0]).toBeCloseTo(one[0]!, 5);
	await graph.close();
	await sparse.close();
	await single.close();
});

test('a head on features answers with one row a picture', async () => {
	const head = parameterSpecs(networkNamed('squeezenet1_0'), 'gap', 3, 64).filter(({ key }) => key.startsWith('head.'));
	const own = {
		...setup,
		network: withoutBackbone(networkNamed('squeezenet1_0')),
		head: 'gap',
		loss: lossNamed('ce'),
		classes: 3,
		input: [512, 1, 1],
	} as const;
	const learner = graphLearner(await startedEngines[0]!.open(), own, head, 1);
	expect(learner).toMatchObject({ takesBytes: false, fullBatches: true, engine: 'ONNX Runtime, cpu', specs: head });
	const answerer = await learner.answerer(initialParameters(head, seededRandom(1)));
	expect(await answerer.answer(new Float32Array(3 * 512))).toHaveLength(9);
	await answerer.close();
});

describe('what a runtime says of memory becomes words', () => {
	const failing = (message: string): Engine => ({
		device: 'cpu',
		tensor: () => ({ type: 'float32', dims: [], getData: async () => new Float32Array(0), dispose() {} }),
		load: async () => {
			throw new Error(message);
		},
	});
	test.each([
		'std::bad_alloc',
		'Failed to allocate memory for requested buffer of size 8589934592',
		'Out of memory',
		'memory access out of bounds',
		'Device was lost',
	])('%s', async (message) => {
		const learner = graphLearner(failing(message), setup, specs, 1);
		const words =
			/Memory does not suffice to train focuslitenn so\. Take smaller batches, .*--accumulate 4.*--input-px/;
		await expect(learner.start({ parameters })).rejects.toThrow(words);
		await expect(learner.answerer(parameters)).rejects.toThrow(words);
	});

	test('other errors stay what they are', async () => {
		const learner = graphLearner(failing('No such operator'), setup, specs, 1);
		await expect(learner.start({ parameters })).rejects.toThrow(/^No such operator$/);
	});
});
