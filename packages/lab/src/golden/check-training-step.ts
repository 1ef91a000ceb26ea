/**
 * One training step against PyTorch's: the `train_step` part of an architecture file.
 * @module
 */
import type { Tensors } from '@parfocal/core';
import { type Engine, floats } from '../engine/runtime/engine.ts';
import { lossNamed } from '../losses/registry.ts';
import { packed, unpacked } from '../networks/layout.ts';
import { parameterSpecs } from '../networks/network.ts';
import { networkNamed } from '../networks/registry.ts';
import { seededRandom } from '../simulate/random.ts';
import { startTraining } from '../train/network-training.ts';
import { TRAINING, trainingGraph } from '../train/training-graph.ts';
import type { CheckedItem } from './check-architectures.ts';
import { goldenParameters, goldenPictures } from './parameters.ts';

/** What the file has of a network's step, with the ordinal head and its ordinal encoding loss. */
export interface TrainingStepEntry {
	/** Side of the pictures. */
	readonly hw: number;
	readonly batch: number;
	readonly labels: readonly number[];
	readonly loss_value: number;
	readonly logits: readonly (readonly number[])[];
	readonly grad: Readonly<Record<string, { readonly l2: number; readonly first: readonly number[] }>>;
	/** First numbers of running statistics after the step. */
	readonly bn_after: Readonly<Record<string, readonly number[]>>;
	/** First numbers of some parameters after the step. */
	readonly param_after: Readonly<Record<string, readonly number[]>>;
}

const CLASSES = 12;
/** Of the file's one step. */
const LEARNING_RATE = 1e-4;

/**
 * Compares a step: loss, answers, the gradient of every parameter, running statistics, parameters after Adam. Gradients are
 * compared by their norm and first numbers, as shares of the largest norm of the network: a single ReLU that flips on
 * rounding changes a small gradient altogether and a large one not at all.
 */
export async function checkTrainingStep(
	engine: Engine,
	salt: string,
	name: string,
	entry: TrainingStepEntry,
): Promise<CheckedItem[]> {
	const loss = lossNamed('oe');
	const input = [3, entry.hw, entry.hw] as const;
	const setup = {
		network: networkNamed(name),
		head: 'gap',
		loss,
		classes: CLASSES,
		batch: entry.batch,
		input,
		dropout: false,
	} as const;
	const specs = parameterSpecs(setup.network, 'gap', loss.outputs(CLASSES), entry.hw);
	const parameters = goldenParameters(specs, salt);
	const batch = {
		pictures: goldenPictures(salt, entry.batch, entry.hw),
		targets: Float32Array.from(entry.labels),
	};
	const training = await startTraining({ engine, setup, specs, state: { parameters } });
	const result = await training.step([batch], LEARNING_RATE, seededRandom(1));
	const after = (await training.state()).parameters;
	await training.close();
	const firstOf = (tensors: Tensors, wanted: Readonly<Record<string, readonly number[]>>): number =>
		Math.max(
			0,
			...Object.entries(wanted).map(([key, first]) =>
				relativeError(tensors.get(key)?.data.subarray(0, first.length) ?? [], first),
			),
		);
	const finding = (item: string, worst: number): CheckedItem => ({ item: `${name} step ${item}`, worst });
	const findings = [
		finding('loss', Math.abs(result.loss - entry.loss_value) / entry.loss_value),
		finding('logits', relativeError(result.answers, entry.logits.flat())),
		finding('gradients', await gradientError()),
		finding('parameters', firstOf(after, entry.param_after)),
	];
	if (Object.keys(entry.bn_after).length > 0) findings.push(finding('statistics', firstOf(after, entry.bn_after)));
	return findings;

	async function gradientError(): Promise<number> {
		const graph = trainingGraph(setup, specs, parameters, { parts: 1, last: false });
		const session = await engine.load(graph.model);
		const outputs = await session.run({
			[TRAINING.pictures]: engine.tensor('float32', batch.pictures, [entry.batch, ...input]),
			[TRAINING.targets]: engine.tensor('float32', batch.targets, [entry.batch]),
			[TRAINING.parameters]: engine.tensor('float32', packed(graph.layout, parameters), [graph.layout.length]),
		});
		const gradients = unpacked(graph.layout, await floats(outputs[TRAINING.next.accumulated]));
		await session.close();
		const largest = Math.max(...Object.values(entry.grad).map(({ l2 }) => l2));
		return Math.max(
			...Object.entries(entry.grad).map(([key, { l2, first }]) => {
				const own = gradients.get(key)?.data;
				if (!own) return Number.POSITIVE_INFINITY;
				const norm = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
				const numbers = Math.max(...first.map((value, i) => Math.abs(own[i]! - value)));
				return Math.max(Math.abs(norm - l2), numbers) / largest;
			}),
		);
	}
}

/** Largest difference, as a share of the largest number expected; infinite when there are too few or not-a-numbers. */
function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
	let [difference, largest] = [0, 1e-12];
	for (let i = 0; i < expected.length; i++) {
		const own = Math.abs((found[i] ?? Number.NaN) - expected[i]!);
		difference = Number.isNaN(own) ? Number.POSITIVE_INFINITY : Math.max(difference, own);
		largest = Math.max(largest, Math.abs(expected[i]!));
	}
	return difference / largest;
}
