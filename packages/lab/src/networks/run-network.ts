/**
 * A network with its numbers, ready to answer.
 * @module
 */
import type { Tensors } from '@parfocal/core';
import { type Engine, floats } from '../engine/runtime/engine.ts';
import { Tape } from '../engine/tape.ts';
import { Layers } from './layers.ts';
import { answers, type HeadKind, type Network } from './network.ts';

/** What is to be run. */
export interface NetworkSetup {
	readonly network: Network;
	readonly head: HeadKind;
	/** Numbers it answers with. */
	readonly outputs: number;
	/** All parameters and running statistics, as `fitParameters` gives them. */
	readonly parameters: Tensors;
	readonly batch: number;
	readonly inputPx: number;
}

/** A network that answers. */
export interface RunningNetwork {
	/** Answers `[batch, outputs]` to pictures `[batch, 3, inputPx, inputPx]`, normalised as the network was trained. */
	run(pictures: Float32Array): Promise<Float32Array>;
	close(): Promise<void>;
}

/** The graph of a network in use, its numbers stored in it, as an ONNX file: `pictures` in, `answers` out. */
export function inferenceGraph(setup: NetworkSetup, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
	const { network, head, outputs, parameters, batch, inputPx } = setup;
	const tape = new Tape(network.name);
	const layers = new Layers(tape, {
		mode: 'use',
		bind: ({ key, shape }, graph) => graph.parameter(key, shape, parameters.get(key)!.data),
	});
	const pictures = tape.graph.input('pictures', [batch, 3, inputPx, inputPx]);
	tape.graph.output('answers', answers(network, layers, pictures, head, outputs));
	return tape.graph.encode(metadata);
}

/**
 * Prepares a network on an engine.
 * @throws {ModelError} when the engine refuses the graph
 * @throws {RangeError} when pictures of that side are too small for the network
 * @example
 * ```ts
 * const running = await runNetwork(engine, { network, head: 'gap', outputs: 12, parameters, batch: 8, inputPx: 224 });
 * const answers = await running.run(pictures);
 * ```
 */
export async function runNetwork(engine: Engine, setup: NetworkSetup): Promise<RunningNetwork> {
	const session = await engine.load(inferenceGraph(setup));
	const shape = [setup.batch, 3, setup.inputPx, setup.inputPx];
	return {
		async run(pictures) {
			const outputs = await session.run({ pictures: engine.tensor('float32', pictures, shape) });
			return floats(outputs['answers']);
		},
		close: () => session.close(),
	};
}
