/**
 * A network being trained: its numbers on an engine, and steps that change them.
 * @module
 */
import { elementCount, type Tensors } from '@parfocal/core';
import { type Engine, type EngineTensor, type EngineTensors, floats, type Session } from '../engine/runtime/engine.ts';
import { packed, unpacked } from '../networks/layout.ts';
import type { ParameterSpec } from '../networks/parameters.ts';
import type { Random } from '../simulate/random.ts';
import { adamCorrections } from './adam-step.ts';
import { runningStatistics } from './running-statistics.ts';
import { TRAINING, type TrainingGraph, type TrainingSetup, trainingGraph } from './training-graph.ts';

/** A batch to learn from. */
export interface TrainingBatch {
	/** `[batch, channels, height, width]`, as the network wants them. */
	readonly pictures: Float32Array;
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
export async function startTraining({
	engine,
	setup,
	specs,
	state,
	parts = 1,
}: TrainingStart): Promise<NetworkTraining> {
	const graph = trainingGraph(setup, specs, state.parameters, { parts, last: true });
	const { layout } = graph;
	const { next } = TRAINING;
	const last = await engine.load(graph.model, { keepOnDevice: [next.parameters, next.mean, next.square] });
	const gather =
		parts > 1
			? await engine.load(trainingGraph(setup, specs, state.parameters, { parts, last: false }).model, {
					keepOnDevice: [next.accumulated],
				})
			: undefined;
	const list = (data: Float32Array): EngineTensor => engine.tensor('float32', data, [layout.length]);
	const number = (value: number): EngineTensor => engine.tensor('float32', Float32Array.of(value), []);
	let parameters = list(packed(layout, state.parameters));
	let mean = list(state.mean?.slice() ?? new Float32Array(layout.length));
	let square = list(state.square?.slice() ?? new Float32Array(layout.length));
	let step = state.step ?? 0;
	const running = runningStatistics(graph.statistics, state.parameters);

	const inputsOf = ({ pictures, targets }: TrainingBatch, random: Random): EngineTensors => ({
		[TRAINING.pictures]: engine.tensor('float32', pictures, [setup.batch, ...setup.input]),
		[TRAINING.targets]: engine.tensor('float32', targets, [setup.batch]),
		[TRAINING.parameters]: parameters,
		...Object.fromEntries(
			graph.dropouts.map(({ name, shape, rate }) => [name, engine.tensor('float32', mask(shape, rate, random), shape)]),
		),
	});
	const runPart = async (session: Session, inputs: EngineTensors): Promise<EngineTensors> => {
		const outputs = await session.run(inputs);
		if (graph.statistics.length > 0) {
			running.add(await floats(outputs[TRAINING.means]), await floats(outputs[TRAINING.variances]));
		}
		return outputs;
	};

	return {
		async step(batches, learningRate, random) {
			if (batches.length !== parts) throw new RangeError(`A step takes ${parts} micro-batches, not ${batches.length}.`);
			const results: StepResult[] = [];
			const note = async (outputs: EngineTensors): Promise<void> => {
				const [loss] = await floats(outputs[TRAINING.loss]);
				results.push({ loss: loss!, answers: await floats(outputs[TRAINING.answers]) });
			};
			let accumulated = parts > 1 ? list(new Float32Array(layout.length)) : undefined;
			for (const batch of batches.slice(0, -1)) {
				const outputs = await runPart(gather!, { ...inputsOf(batch, random), [TRAINING.accumulated]: accumulated! });
				await note(outputs);
				accumulated!.dispose();
				accumulated = outputs[next.accumulated]!;
			}
			step++;
			const { rate, root } = adamCorrections(learningRate, step);
			const outputs = await runPart(last, {
				...inputsOf(batches.at(-1)!, random),
				...(accumulated && { [TRAINING.accumulated]: accumulated }),
				[TRAINING.mean]: mean,
				[TRAINING.square]: square,
				[TRAINING.rate]: number(rate),
				[TRAINING.root]: number(root),
			});
			await note(outputs);
			for (const old of [parameters, mean, square, accumulated]) old?.dispose();
			parameters = outputs[next.parameters]!;
			mean = outputs[next.mean]!;
			square = outputs[next.square]!;
			if (setup.network.constrain) {
				const constrained = unpacked(layout, (await floats(parameters)).slice());
				setup.network.constrain(constrained);
				parameters.dispose();
				parameters = list(packed(layout, constrained));
			}
			return merged(results);
		},
		async state() {
			const learned = unpacked(layout, (await floats(parameters)).slice());
			const tensors = new Map([...state.parameters, ...running.tensors(), ...learned]);
			return {
				step,
				parameters: new Map(specs.map(({ key }) => [key, tensors.get(key)!])),
				mean: (await floats(mean)).slice(),
				square: (await floats(square)).slice(),
			};
		},
		async close() {
			for (const own of [parameters, mean, square]) own.dispose();
			await last.close();
			await gather?.close();
		},
	};
}

/** Zero for what is dropped, and what makes up for it elsewhere. */
function mask(shape: readonly number[], rate: number, random: Random): Float32Array {
	const kept = 1 / (1 - rate);
	return Float32Array.from({ length: elementCount(shape) }, () => (random.uniform() < rate ? 0 : kept));
}

function merged(results: readonly StepResult[]): StepResult {
	if (results.length === 1) return results[0]!;
	const loss = results.reduce((sum, result) => sum + result.loss, 0) / results.length;
	return { loss, answers: Float32Array.from(results.flatMap(({ answers }) => [...answers])) };
}
