/**
 * A network being trained: its numbers on an engine, and steps that change them.
 * @module
 */
import { elementCount, type Tensors } from '@parfocal/core';
import { type Engine, type EngineTensors, floats } from '../engine/runtime/engine.ts';
import { unpacked } from '../networks/layout.ts';
import type { ParameterSpec } from '../networks/parameters.ts';
import type { Random } from '../simulate/random.ts';
import { adamCorrections } from './adam-step.ts';
import { inArrays, onDevice } from './optimiser.ts';
import { runningStatistics } from './running-statistics.ts';
import { TRAINING, type TrainingSetup } from './training-graph.ts';

/** A batch to learn from. */
export interface TrainingBatch {
	/** `[batch, channels, height, width]`: numbers as the network wants them; bytes for the trainer without a graph. */
	readonly pictures: Float32Array | Uint8Array;
	/** `[batch]`: class or value. */
	readonly targets: Float32Array;
}

/** What a step showed. */
export interface StepResult {
	readonly loss: number;
	/** `[batch, outputs]`, before the step. */
	readonly answers: Float32Array;
}

/** Everything needed to go on as if nothing had happened. */
export interface TrainingState {
	/** Steps made. */
	readonly step: number;
	/** All parameters and running statistics. */
	readonly parameters: Tensors;
	/** What Adam remembers, in the layout of the learned parameters. */
	readonly mean: Float32Array;
	readonly square: Float32Array;
}

/** A network being trained. */
export interface NetworkTraining {
	/** Learns from the micro-batches of one step; their gradients are averaged. */
	step(batches: readonly TrainingBatch[], learningRate: number, random: Random): Promise<StepResult>;
	/** The state now: copies. */
	state(): Promise<TrainingState>;
	close(): Promise<void>;
}

/** How training starts. */
export interface TrainingStart {
	readonly engine: Engine;
	readonly setup: TrainingSetup;
	readonly specs: readonly ParameterSpec[];
	/** Where to go on, or the parameters to begin with. */
	readonly state: Pick<TrainingState, 'parameters'> & Partial<TrainingState>;
	/** Micro-batches a step; default one. */
	readonly parts?: number;
}

/**
 * Prepares to train.
 * @throws {ModelError} when the engine refuses the graph
 * @example
 * ```ts
 * const training = await startTraining({ engine, setup, specs, state: { parameters: initialParameters(specs, random) } });
 * const { loss } = await training.step([batch], 1e-4, random);
 * ```
 */
export async function startTraining(start: TrainingStart): Promise<NetworkTraining> {
	const { engine, setup, specs, state, parts = 1 } = start;
	const optimiser = engine.device === 'webgpu' ? await onDevice(start) : await inArrays(start);
	const { graph } = optimiser;
	const running = runningStatistics(graph.statistics, state.parameters);
	let step = state.step ?? 0;

	const inputsOf = ({ pictures, targets }: TrainingBatch, random: Random): EngineTensors => ({
		[TRAINING.pictures]: engine.tensor('float32', pictures as Float32Array, [setup.batch, ...setup.input]),
		[TRAINING.targets]: engine.tensor('float32', targets, [setup.batch]),
		...Object.fromEntries(
			graph.dropouts.map(({ name, shape, rate }) => [
				name,
				engine.tensor('float32', dropoutMask(shape, rate, random), shape),
			]),
		),
	});

	return {
		async step(batches, learningRate, random) {
			if (batches.length !== parts) throw new RangeError(`A step takes ${parts} micro-batches, not ${batches.length}.`);
			step++;
			const results: StepResult[] = [];
			for (const [i, batch] of batches.entries()) {
				const corrections = i === parts - 1 ? adamCorrections(learningRate, step) : undefined;
				const outputs = await optimiser.run(inputsOf(batch, random), corrections);
				if (graph.statistics.length > 0) {
					running.add(await floats(outputs[TRAINING.means]), await floats(outputs[TRAINING.variances]));
				}
				const [loss] = await floats(outputs[TRAINING.loss]);
				results.push({ loss: loss!, answers: await floats(outputs[TRAINING.answers]) });
			}
			return merged(results);
		},
		async state() {
			const { parameters, mean, square } = await optimiser.arrays();
			const tensors = new Map([...state.parameters, ...running.tensors(), ...unpacked(graph.layout, parameters)]);
			return { step, parameters: new Map(specs.map(({ key }) => [key, tensors.get(key)!])), mean, square };
		},
		close: () => optimiser.close(),
	};
}

/** Zero for what is dropped, and what makes up for it elsewhere. */
function dropoutMask(shape: readonly number[], rate: number, random: Random): Float32Array {
	const kept = 1 / (1 - rate);
	return Float32Array.from({ length: elementCount(shape) }, () => (random.uniform() < rate ? 0 : kept));
}

/** Of several micro-batches: the mean loss, and the answers one after the other. */
export function merged(results: readonly StepResult[]): StepResult {
	if (results.length === 1) return results[0]!;
	const loss = results.reduce((sum, result) => sum + result.loss, 0) / results.length;
	return { loss, answers: Float32Array.from(results.flatMap(({ answers }) => [...answers])) };
}
