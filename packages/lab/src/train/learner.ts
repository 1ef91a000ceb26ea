/**
 * Two ways of training and of asking: a graph on ONNX Runtime for any network, WebAssembly for FocusLiteNN.
 * @module
 */
import { ModelError, type Tensors } from '@parfocal/core';
import type { PatchPixels } from '../data/pixels/preparation.ts';
import { type Engine, floats } from '../engine/runtime/engine.ts';
import { Tape } from '../engine/tape.ts';
import { Layers } from '../networks/layers.ts';
import { answers } from '../networks/network.ts';
import type { ParameterSpec } from '../networks/parameters.ts';
import { stored } from '../networks/run-network.ts';
import { type NetworkTraining, startTraining, type TrainingState } from './network-training.ts';
import { startSparseTraining } from './sparse/sparse-training.ts';
import type { TrainingSetup } from './training-graph.ts';

/** A network that is asked. */
export interface Answerer {
	/** Answers to any number of pictures, `[n, outputs]`. */
	answer(pixels: PatchPixels): Promise<Float32Array>;
	close(): Promise<void>;
}

/** Trains and asks a network. */
export interface Learner {
	/** Whether pictures are given as bytes; otherwise as normalised numbers. */
	readonly takesBytes: boolean;
	/** Whether every batch must be full. */
	readonly fullBatches: boolean;
	/** In words, for cards. */
	readonly engine: string;
	/** Parameters that it trains, or keeps count of. */
	readonly specs: readonly ParameterSpec[];
	start(state: Pick<TrainingState, 'parameters'> & Partial<TrainingState>): Promise<NetworkTraining>;
	answerer(parameters: Tensors): Promise<Answerer>;
}

/** A learner by graphs. `setup.batch` is that of a micro-batch. */
export function graphLearner(
	engine: Engine,
	setup: TrainingSetup,
	specs: readonly ParameterSpec[],
	parts: number,
): Learner {
	const { network, head, loss, classes, batch, input } = setup;
	const outputs = loss.outputs(classes);
	return {
		takesBytes: false,
		fullBatches: true,
		engine: `ONNX Runtime, ${engine.device}`,
		specs,
		async start(state) {
			const training = await inWords(network.name, startTraining({ engine, setup, specs, state, parts }));
			return { ...training, step: (...step) => inWords(network.name, training.step(...step)) };
		},
		async answerer(parameters) {
			const tape = new Tape(network.name);
			const layers = new Layers(tape, { mode: 'use', bind: stored(parameters) });
			const pictures = tape.graph.input('pictures', [batch, ...input]);
			tape.graph.output('answers', answers(network, layers, pictures, head, outputs));
			const session = await inWords(network.name, engine.load(tape.graph.encode()));
			const size = input[0] * input[1] * input[2];
			return {
				async answer(pixels) {
					const count = pixels.length / size;
					const all = new Float32Array(count * outputs);
					for (let at = 0; at < count; at += batch) {
						const own = new Float32Array(batch * size);
						own.set(pixels.subarray(at * size, (at + batch) * size));
						const run = session.run({ pictures: engine.tensor('float32', own, pictures.shape) });
						const some = await floats((await inWords(network.name, run))['answers']);
						all.set(some.subarray(0, Math.min(batch, count - at) * outputs), at * outputs);
					}
					return all;
				},
				close: () => session.close(),
			};
		},
	};
}

/** A learner of FocusLiteNN with a loss of a value. */
export function sparseLearner(specs: readonly ParameterSpec[], loss: string, sidePx: number): Learner {
	return {
		takesBytes: true,
		fullBatches: false,
		engine: 'WebAssembly of our own, one thread',
		specs,
		start: async (state) => startSparseTraining({ specs, loss, sidePx, state }),
		async answerer(parameters) {
			const training = startSparseTraining({ specs, loss, sidePx, state: { parameters } });
			return { answer: async (pixels) => training.answer(pixels as Uint8Array), close: () => training.close() };
		},
	};
}

/** Gives what runtimes say when memory does not suffice the words of a way out. */
async function inWords<T>(network: string, work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (cause) {
		const message = (cause as Error).message ?? String(cause);
		if (!/alloc|out of memory|\boom\b|memory access out of bounds|device (was )?lost/i.test(message)) throw cause;
		throw new ModelError(
			network,
			`Memory does not suffice to train ${network} so. Take smaller batches, the same batch in parts (--accumulate 4), or smaller pictures (--input-px). (${message.split('\n', 1)[0]})`,
			{ cause },
		);
	}
}
