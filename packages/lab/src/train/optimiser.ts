/**
 * Where learned numbers live between steps: with the engine, when it is a graphics card, or in arrays.
 * @module
 */
import { elementwise } from '../engine/expressions.ts';
import { Graph } from '../engine/graph.ts';
import { type EngineTensor, type EngineTensors, floats } from '../engine/runtime/engine.ts';
import { packed, unpacked } from '../networks/layout.ts';
import { type AdamArrays, adamInPlace } from './adam-in-place.ts';
import type { TrainingStart } from './network-training.ts';
import { TRAINING, type TrainingGraph, trainingGraph } from './training-graph.ts';

/** Learned numbers, and what changes them. */
export interface Optimiser {
	readonly graph: TrainingGraph;
	/**
	 * Runs one micro-batch; with `corrections` it is the last of its step, and parameters move. Gives the graph's other
	 * outputs.
	 */
	run(inputs: EngineTensors, corrections?: { readonly rate: number; readonly root: number }): Promise<EngineTensors>;
	/** Copies of all numbers. */
	arrays(): Promise<AdamArrays>;
	close(): Promise<void>;
}

/** Numbers in arrays: the gradient leaves the graph, and a loop applies it. */
export async function inArrays({ engine, setup, specs, state, parts = 1 }: TrainingStart): Promise<Optimiser> {
	const graph = trainingGraph(setup, specs, state.parameters, { parts, last: false });
	const { layout } = graph;
	const session = await engine.load(graph.model);
	const own = startOf(graph, state);
	const parameters = engine.tensor('float32', own.parameters, [layout.length]);
	const zeros = new Float32Array(parts > 1 ? layout.length : 0);
	let accumulated = zeros;
	return {
		graph,
		async run(inputs, corrections) {
			const outputs = await session.run({
				...inputs,
				[TRAINING.parameters]: parameters,
				...(parts > 1 && { [TRAINING.accumulated]: engine.tensor('float32', accumulated, [layout.length]) }),
			});
			const gradient = await floats(outputs[TRAINING.next.accumulated]);
			if (!corrections) accumulated = gradient as Float32Array<ArrayBuffer>;
			else {
				adamInPlace(own, gradient, corrections);
				// The constraint works on the same memory.
				setup.network.constrain?.(unpacked(layout, own.parameters));
				accumulated = zeros;
			}
			return outputs;
		},
		arrays: async () => ({
			parameters: own.parameters.slice(),
			mean: own.mean.slice(),
			square: own.square.slice(),
		}),
		close: () => session.close(),
	};
}

/** Numbers that stay on a graphics card: one graph does all of a step, and its results feed the next. */
export async function onDevice({ engine, setup, specs, state, parts = 1 }: TrainingStart): Promise<Optimiser> {
	const { next } = TRAINING;
	const graph = trainingGraph(setup, specs, state.parameters, { parts, last: true });
	const { layout } = graph;
	const last = await engine.load(graph.model, { keepOnDevice: [next.parameters, next.mean, next.square] });
	const gather =
		parts > 1
			? await engine.load(trainingGraph(setup, specs, state.parameters, { parts, last: false }).model, {
					keepOnDevice: [next.accumulated],
				})
			: undefined;
	const fetcher = await engine.load(copyGraph(layout.length));
	const list = (data: Float32Array): EngineTensor => engine.tensor('float32', data, [layout.length]);
	const number = (value: number): EngineTensor => engine.tensor('float32', Float32Array.of(value), []);
	const start = startOf(graph, state);
	let parameters = list(start.parameters);
	let mean = list(start.mean);
	let square = list(start.square);
	let accumulated: EngineTensor | undefined;
	return {
		graph,
		async run(inputs, corrections) {
			if (parts > 1) accumulated ??= list(new Float32Array(layout.length));
			const shared = {
				...inputs,
				[TRAINING.parameters]: parameters,
				...(accumulated && { [TRAINING.accumulated]: accumulated }),
			};
			if (!corrections) {
				const outputs = await gather!.run(shared);
				accumulated!.dispose();
				accumulated = outputs[next.accumulated]!;
				return outputs;
			}
			const outputs = await last.run({
				...shared,
				[TRAINING.mean]: mean,
				[TRAINING.square]: square,
				[TRAINING.rate]: number(corrections.rate),
				[TRAINING.root]: number(corrections.root),
			});
			for (const old of [parameters, mean, square, accumulated]) old?.dispose();
			accumulated = undefined;
			mean = outputs[next.mean]!;
			square = outputs[next.square]!;
			parameters = await constrained(outputs[next.parameters]!);
			return outputs;
		},
		arrays: async () => ({
			parameters: await fetched(parameters),
			mean: await fetched(mean),
			square: await fetched(square),
		}),
		async close() {
			for (const own of [parameters, mean, square, accumulated]) own?.dispose();
			await last.close();
			await gather?.close();
			await fetcher.close();
		},
	};

	/** Numbers brought off the card by a graph that does nothing else: Node's runtime cannot read its own buffers. */
	async function fetched(kept: EngineTensor): Promise<Float32Array> {
		const { list: copy } = await fetcher.run({ kept });
		return (await floats(copy)).slice();
	}

	/** Fetched, brought back to where they may be and sent again, for the few networks that need it. */
	async function constrained(moved: EngineTensor): Promise<EngineTensor> {
		if (!setup.network.constrain) return moved;
		const numbers = await fetched(moved);
		setup.network.constrain(unpacked(layout, numbers));
		moved.dispose();
		return list(numbers);
	}
}

function copyGraph(length: number): Uint8Array {
	const graph = new Graph('copy');
	const kept = graph.input('kept', [length]);
	// Adding nothing: a graph of one `Identity` would be optimised away, and its output with it.
	graph.output('list', elementwise(graph, 'Add', kept, graph.scalar(0, kept)));
	return graph.encode();
}

function startOf({ layout }: TrainingGraph, { parameters, mean, square }: TrainingStart['state']): AdamArrays {
	return {
		parameters: packed(layout, parameters),
		mean: mean?.slice() ?? new Float32Array(layout.length),
		square: square?.slice() ?? new Float32Array(layout.length),
	};
}
