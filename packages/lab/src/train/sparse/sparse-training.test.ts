import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../../core/src/testing/shared.ts';
import { startedEngines } from '../../engine/testing/engines.ts';
import { lossNamed } from '../../losses/registry.ts';
import { parameterSpecs } from '../../networks/network.ts';
import { initialParameters } from '../../networks/parameters.ts';
import { networkNamed } from '../../networks/registry.ts';
import { seededRandom } from '../../simulate/random.ts';
import { startTraining, type TrainingState } from '../network-training.ts';
import { extremesShapeOf, isSparse, startSparseTraining } from './sparse-training.ts';
import { congruentNumbers, drawnPlanes, type TrainingRun } from './testing/synthetic-golden.ts';

const SIDE = 57;
const names = [
	'focuslitenn',
	'focuslitenn_2',
	'focuslitenn_10',
	'focuslitenn_min_max',
	'focuslitenn_min_max_2',
	'focuslitenn_min_max_10',
];

function randomBatch(count: number, seed: number, side = SIDE): { pictures: Uint8Array; targets: Float32Array } {
	const random = seededRandom(seed);
	return {
		pictures: Uint8Array.from({ length: count * 3 * side * side }, () => random.below(256)),
		targets: Float32Array.from({ length: count }, (_, i) => i + random.uniform()),
	};
}

/** A correlation has no slope along biases: Adam makes steps of the rounding that is left, and answers shift together. */
const isNoBias = (key: string): boolean => !key.endsWith('bias');
function comparable(loss: string, answers: Float32Array): Float32Array {
	return loss === 'plcc' ? answers.map((answer) => answer - answers[0]!) : answers;
}

/** Largest number and largest difference of all tensors with such keys. */
function apart(
	a: TrainingState,
	b: TrainingState,
	counts: (key: string) => boolean = () => true,
): { largest: number; difference: number } {
	let [largest, difference] = [0, 0];
	for (const [key, { data }] of a.parameters) {
		if (!counts(key)) continue;
		for (const [i, value] of data.entries()) {
			largest = Math.max(largest, Math.abs(value));
			difference = Math.max(difference, Math.abs(value - b.parameters.get(key)!.data[i]!));
		}
	}
	return { largest, difference };
}

describe.each(names)('%s', (name) => {
	const network = networkNamed(name);
	const specs = parameterSpecs(network, 'classifier', 1, SIDE);
	const parameters = initialParameters(specs, seededRandom(3));

	test.each(['plcc', 'mse', 'mae'])('steps with %s are those of the graph', async (loss) => {
		const batch = randomBatch(5, 1);
		const numbers = { ...batch, pictures: Float32Array.from(batch.pictures, (byte) => byte / 255) };
		const engine = await startedEngines[0]!.open();
		const setup = { network, head: 'classifier', loss: lossNamed(loss), classes: 1, batch: 5, input: [3, SIDE, SIDE] };
		const graph = await startTraining({ engine, setup: setup as never, specs, state: { parameters } });
		const sparse = startSparseTraining({ specs, loss, sidePx: SIDE, state: { parameters } });
		for (let step = 0; step < 4; step++) {
			const one = await graph.step([numbers], 1e-3, seededRandom(0));
			const other = await sparse.step([batch], 1e-3, seededRandom(0));
			expect(other.loss).toBeCloseTo(one.loss, 3);
			const known = comparable(loss, one.answers);
			for (const [i, answer] of comparable(loss, other.answers).entries()) expect(answer).toBeCloseTo(known[i]!, 3);
		}
		const learned = loss === 'plcc' ? isNoBias : () => true;
		const { largest, difference } = apart(await graph.state(), await sparse.state(), learned);
		expect(difference / largest).toBeLessThan(2e-3);
		await graph.close();
	});

	test('goes on from its state to the same numbers, and answers as it learned', async () => {
		const batches = [1, 2, 3, 4].map((seed) => randomBatch(4, seed));
		const straight = startSparseTraining({ specs, loss: 'plcc', sidePx: SIDE, state: { parameters } });
		for (const batch of batches) await straight.step([batch], 0.01, seededRandom(0));
		const before = startSparseTraining({ specs, loss: 'plcc', sidePx: SIDE, state: { parameters } });
		for (const batch of batches.slice(0, 2)) await before.step([batch], 0.01, seededRandom(0));
		const after = startSparseTraining({ specs, loss: 'plcc', sidePx: SIDE, state: await before.state() });
		for (const batch of batches.slice(2)) await after.step([batch], 0.01, seededRandom(0));
		expect(await after.state()).toEqual(await straight.state());
		const answers = after.answer(batches[0]!.pictures);
		expect((await straight.step([batches[0]!], 0.01, seededRandom(0))).answers).toEqual(answers);
	});
});

test('two micro-batches are one batch', async () => {
	const specs = parameterSpecs(networkNamed('focuslitenn_2'), 'classifier', 1, SIDE);
	const parameters = initialParameters(specs, seededRandom(5));
	const { pictures, targets } = randomBatch(4, 9);
	const half = pictures.length / 2;
	const start = () => startSparseTraining({ specs, loss: 'mse', sidePx: SIDE, state: { parameters } });
	const [whole, parts] = [start(), start()];
	const one = await whole.step([{ pictures, targets }], 0.01, seededRandom(0));
	const two = await parts.step(
		[
			{ pictures: pictures.subarray(0, half), targets: targets.subarray(0, 2) },
			{ pictures: pictures.subarray(half), targets: targets.subarray(2) },
		],
		0.01,
		seededRandom(0),
	);
	expect(two.answers).toEqual(one.answers);
	expect(two.loss).toBeCloseTo(one.loss, 6);
	expect(apart(await whole.state(), await parts.state()).difference).toBeLessThan(1e-5);
});

test('what is a FocusLiteNN is seen by its parameters', () => {
	const specsOf = (name: string, outputs = 1) => parameterSpecs(networkNamed(name), 'classifier', outputs);
	expect(extremesShapeOf(specsOf('focuslitenn_10'), 235)).toMatchObject({ kernels: 10, pooling: 'min', paddingPx: 1 });
	expect(extremesShapeOf(specsOf('focuslitenn_min_max_2'), 64)).toMatchObject({
		kernels: 2,
		pooling: 'minMax',
		sidePx: 64,
	});
	for (const name of ['focuslitenn_energy', 'eonss', 'squeezenet1_0', 'darts_fqa']) {
		expect(extremesShapeOf(specsOf(name), 235), name).toBeUndefined();
	}
	expect(extremesShapeOf(specsOf('focuslitenn', 12), 235)).toBeUndefined();
	expect(isSparse(specsOf('focuslitenn'), 'plcc')).toBe(true);
	expect(isSparse(specsOf('focuslitenn'), 'oe')).toBe(false);
	const other = { specs: specsOf('eonss'), loss: 'plcc', sidePx: 235, state: { parameters: new Map() } };
	expect(() => startSparseTraining(other)).toThrow(/Only a FocusLiteNN/);
});

describe.skipIf(!hasShared)('the published training, on drawn pictures', () => {
	const file = hasShared
		? (JSON.parse(readFileSync(sharedPath('golden/focuslitenn-synthetic.json'), 'utf8')) as {
				training: { images: { h: number; seed: number; period: number }[]; target: number[]; runs: TrainingRun[] };
			})
		: { training: { images: [], target: [], runs: [] } };
	const { images, target, runs } = file.training;
	const own = runs.filter(({ model }) => /^(FocusLiteNN|MinMax)-/.test(model));
	const pictures = Uint8Array.from(images.flatMap(({ h, seed, period }) => [...drawnPlanes(h, seed, period)]));

	test.each(own.map((run) => [`${run.model} ${run.loss}`, run] as const))('%s', async (_, run) => {
		const [kind, kernels] = run.model.split('-');
		const stem = kind === 'MinMax' ? 'focuslitenn_min_max' : 'focuslitenn';
		const specs = parameterSpecs(networkNamed(kernels === '1' ? stem : `${stem}_${kernels}`), 'classifier', 1);
		const parameters = congruentNumbers(specs, 1000);
		const training = startSparseTraining({ specs, loss: run.loss, sidePx: 235, state: { parameters } });
		const batch = { pictures, targets: Float32Array.from(target) };
		training.answer(pictures).forEach((answer, i) => {
			expect(answer).toBeCloseTo(run.pred0[i]!, 4);
		});
		for (const { loss, lr } of run.trace) {
			const result = await training.step([batch], lr, seededRandom(0));
			expect(Math.abs(result.loss - loss)).toBeLessThan(1e-4 * Math.max(1, Math.abs(loss)));
		}
		const after = (await training.state()).parameters;
		for (const [key, numbers] of Object.entries(run.paramsAfter)) {
			numbers.forEach((number, i) => {
				expect(Math.abs(after.get(key)!.data[i]! - number), key).toBeLessThan(1e-3);
			});
		}
	});
});
