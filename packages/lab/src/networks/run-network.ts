/**
 * A network in use: pictures in, answers out.
 * @module
 */
import type { Tensors } from '@parfocal/core';
import type { Graph, Value } from '../engine/graph.ts';
import { type Engine, floats } from '../engine/runtime/engine.ts';
import { Tape } from '../engine/tape.ts';
import { Layers } from './layers.ts';
import { matchedParameters } from './match-parameters.ts';
import { answers, type HeadKind, type Network, parameterSpecs } from './network.ts';
import type { ParameterSpec } from './parameters.ts';

/** What to run, on pictures of what size. */
export interface NetworkUse {
	readonly network: Network;
	readonly head: HeadKind;
	readonly outputs: number;
	/** All numbers of the network and its head, under PyTorch's keys. */
	readonly parameters: Tensors;
	/** Pictures at a time. */
	readonly batch: number;
	/** Side of the pictures; default: what the network is usually given. */
	readonly inputPx?: number;
}

/** A network that is ready to run. */
export interface RunningNetwork {
	readonly batch: number;
	readonly inputPx: number;
	readonly outputs: number;
	/** Answers to `[batch, 3, inputPx, inputPx]` numbers: `[batch, outputs]`, row after row. */
	run(pictures: Float32Array): Promise<Float32Array>;
	close(): Promise<void>;
}

/**
 * Prepares a network to run on an engine.
 * @throws {ModelError} when parameters do not fit, or the engine refuses the graph
 * @throws {RangeError} when pictures are too small for the network
 * @example
 * ```ts
 * const engine = await openNodeEngine('cpu');
 * const running = await openNetwork(engine, { network, head: 'gap', outputs: 11, parameters, batch: 8 });
 * const answers = await running.run(pictures);
 * ```
 */
export async function openNetwork(engine: Engine, use: NetworkUse): Promise<RunningNetwork> {
	const { batch, outputs, network, inputPx = network.inputPx } = use;
	const session = await engine.load(inferenceGraph({ ...use, inputPx }).encode());
	return {
		batch,
		inputPx,
		outputs,
		async run(pictures) {
			const shape = [batch, 3, inputPx, inputPx];
			const given = await session.run({ pictures: engine.tensor('float32', pictures, shape) });
			return floats(given['answers']);
		},
		close: () => session.close(),
	};
}

/**
 * A network with its numbers as a graph from `pictures`, `[batch, 3, inputPx, inputPx]`, to `answers`, `[batch, outputs]`:
 * encoded, an ONNX file.
 * @throws {ModelError} when parameters do not fit
 * @throws {RangeError} when pictures are too small for the network
 */
export function inferenceGraph({ network, head, outputs, batch, inputPx, parameters }: NetworkUse): Graph {
	const side = inputPx ?? network.inputPx;
	const fitting = matchedParameters(network, parameterSpecs(network, head, outputs, side), parameters);
	const tape = new Tape(network.name);
	const layers = new Layers(tape, { mode: 'use', bind: stored(fitting) });
	const pictures = tape.graph.input('pictures', [batch, 3, side, side]);
	tape.graph.output('answers', answers(network, layers, pictures, head, outputs));
	return tape.graph;
}

/** Brings parameters into a graph as stored numbers. */
export function stored(parameters: Tensors): (spec: ParameterSpec, graph: Graph) => Value {
	return ({ key, shape }, graph) => graph.parameter(key, shape, parameters.get(key)!.data);
}
