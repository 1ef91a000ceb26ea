import { describe, expect, test } from 'vitest';
import type { Engine } from '../engine/runtime/engine.ts';
import { startedEngines } from '../engine/testing/engines.ts';
import { lossNamed } from '../losses/registry.ts';
import { parameterSpecs } from '../networks/network.ts';
import { initialParameters } from '../networks/parameters.ts';
import { networkNamed } from '../networks/registry.ts';
import { createAdam } from '../recipes/adam.ts';
import { seededRandom } from '../simulate/random.ts';
import { adamInPlace } from './adam-in-place.ts';
import { adamCorrections } from './adam-step.ts';
import { type NetworkTraining, startTraining, type TrainingBatch, type TrainingStart } from './network-training.ts';

const network = networkNamed('focuslitenn_energy');
const loss = lossNamed('mse');
const SIDE = 40;
const specs = parameterSpecs(network, 'classifier', 1, SIDE);
const parameters = initialParameters(specs, seededRandom(1));

function batchOf(size: number, seed: number): TrainingBatch {
	const random = seededRandom(seed);
	return {
		pictures: Float32Array.from({ length: size * 3 * SIDE * SIDE }, () => random.uniform()),
		targets: Float32Array.from({ length: size }, () => random.uniform()),
	};
}

async function start(engine: Engine, batch: number, more: Partial<TrainingStart> = {}): Promise<NetworkTraining> {
	const setup = { network, head: 'classifier', loss, classes: 1, batch, input: [3, SIDE, SIDE] } as const;
	return startTraining({ engine, setup, specs, state: { parameters }, ...more });
}

/** All numbers after a few steps of the same batches. */
async function trained(training: NetworkTraining, batches: readonly TrainingBatch[][], rate = 1e-2) {
	const losses: number[] = [];
	for (const own of batches) losses.push((await training.step(own, rate, seededRandom(0))).loss);
	return { losses, state: await training.state() };
}

function numbersOf({ parameters: tensors }: { parameters: ReadonlyMap<string, { data: Float32Array }> }): number[] {
	return [...tensors.values()].flatMap(({ data }) => [...data]);
}

test('Adam in place is the Adam of the recipes', () => {
	const random = seededRandom(4);
	const draw = (): number[] => Array.from({ length: 20 }, () => random.normal());
	const first = draw();
	const arrays = { parameters: Float32Array.from(first), mean: new Float32Array(20), square: new Float32Array(20) };
	const plain = Float64Array.from(first);
	const adam = createAdam(20);
	for (let step = 1; step <= 12; step++) {
		const gradient = draw();
		adamInPlace(arrays, Float32Array.from(gradient), adamCorrections(0.05, step));
		adam.step(plain, Float64Array.from(gradient), 0.05);
	}
	for (const [i, value] of plain.entries()) expect(arrays.parameters[i]).toBeCloseTo(value, 4);
});

for (const { device, open } of startedEngines) {
	describe(`training on ${device}`, () => {
		// A software graphics driver needs seconds a step: what the other two tests show is enough there.
		test.skipIf(device === 'webgpu')('learns: the loss falls, to the same numbers each time', async () => {
			const runs = [];
			for (let run = 0; run < 2; run++) {
				const training = await start(await open(), 2);
				runs.push(
					await trained(
						training,
						Array.from({ length: 6 }, () => [batchOf(2, 5)]),
					),
				);
				await training.close();
			}
			const [first, second] = runs;
			expect(first!.losses.at(-1)).toBeLessThan(0.8 * first!.losses[0]!);
			expect(numbersOf(second!.state)).toEqual(numbersOf(first!.state));
		});

		test('goes on from a state as if it had never stopped', async () => {
			const batches = Array.from({ length: 2 }, (_, i) => [batchOf(2, i)]);
			const straight = await start(await open(), 2);
			const whole = await trained(straight, batches);
			await straight.close();
			const before = await start(await open(), 2);
			const half = await trained(before, batches.slice(0, 1));
			await before.close();
			const after = await start(await open(), 2, { state: half.state });
			const resumed = await trained(after, batches.slice(1));
			await after.close();
			expect(resumed.state.step).toBe(2);
			expect(numbersOf(resumed.state)).toEqual(numbersOf(whole.state));
			expect(resumed.state.mean).toEqual(whole.state.mean);
			expect(resumed.state.square).toEqual(whole.state.square);
		});

		test('two micro-batches are one batch', async () => {
			const [a, b] = [batchOf(2, 8), batchOf(2, 9)];
			const together = {
				pictures: Float32Array.from([...a.pictures, ...b.pictures]),
				targets: Float32Array.from([...a.targets, ...b.targets]),
			};
			const large = await start(await open(), 4);
			const one = await trained(large, [[together], [together]]);
			await large.close();
			const small = await start(await open(), 2, { parts: 2 });
			const two = await trained(small, [
				[a, b],
				[a, b],
			]);
			await expect(small.step([a], 1e-2, seededRandom(0))).rejects.toThrow(/2 micro-batches, not 1/);
			await small.close();
			for (const [i, value] of numbersOf(one.state).entries()) {
				expect(numbersOf(two.state)[i]!).toBeCloseTo(value, 3);
			}
			expect(two.losses[0]).toBeCloseTo(one.losses[0]!, 5);
		});
	});
}

test('what is frozen stays as it is', async () => {
	const setup = {
		network,
		head: 'classifier',
		loss,
		classes: 1,
		batch: 2,
		input: [3, SIDE, SIDE],
		frozen: (key: string) => key.startsWith('conv'),
	} as const;
	const training = await startTraining({
		engine: await startedEngines[0]!.open(),
		setup,
		specs,
		state: { parameters },
	});
	const { state } = await trained(training, [[batchOf(2, 1)], [batchOf(2, 2)]]);
	await training.close();
	expect(state.parameters.get('conv.weight')!.data).toEqual(parameters.get('conv.weight')!.data);
	expect(state.parameters.get('head.2.weight')!.data).not.toEqual(parameters.get('head.2.weight')!.data);
});

test('a network with constraints keeps them', async () => {
	const eonss = networkNamed('eonss');
	const own = parameterSpecs(eonss, 'classifier', 1);
	const first = initialParameters(own, seededRandom(2));
	const setup = { network: eonss, head: 'classifier', loss, classes: 1, batch: 1, input: [3, 235, 235] } as const;
	const engine = await startedEngines[0]!.open();
	const training = await startTraining({ engine, setup, specs: own, state: { parameters: first } });
	const random = seededRandom(3);
	const pictures = Float32Array.from({ length: 3 * 235 * 235 }, () => random.uniform());
	for (let i = 0; i < 3; i++) {
		await training.step([{ pictures, targets: Float32Array.of(5) }], 0.5, random);
	}
	const gamma = (await training.state()).parameters.get('gdn2.gamma')!;
	await training.close();
	const side = gamma.shape[0]!;
	for (let row = 0; row < side; row++) {
		for (let column = 0; column < side; column++) {
			expect(gamma.data[row * side + column]).toBeGreaterThan(0);
			expect(gamma.data[row * side + column]).toBe(gamma.data[column * side + row]);
		}
	}
});
