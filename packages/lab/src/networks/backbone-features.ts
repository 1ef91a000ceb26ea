/**
 * A network split in two: a backbone that stays as it is, whose features are taken once, and a head that learns from them.
 * @module
 */
import type { Tensors } from '@parfocal/core';
import { type Engine, floats } from '../engine/runtime/engine.ts';
import { Tape } from '../engine/tape.ts';
import { Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Takes features of pictures. */
export interface FeatureReader {
	/** Numbers a picture. */
	readonly count: number;
	/** Features of `batch` pictures, `[batch, 3, inputPx, inputPx]`: `[batch, count]`. */
	read(pictures: Float32Array): Promise<Float32Array>;
	close(): Promise<void>;
}

/** What to take features with. */
export interface FeatureSetup {
	readonly engine: Engine;
	readonly network: Network;
	/** The backbone's numbers; those of a head are not looked at. */
	readonly parameters: Tensors;
	readonly batch: number;
	readonly inputPx: number;
}

/**
 * Prepares the backbone of a network; its features are the means of the map's channels.
 * @throws {ModelError} when the engine refuses the graph
 * @throws {RangeError} when a parameter is missing, or pictures are too small for the network
 * @example
 * ```ts
 * const reader = await createFeatureReader({ engine, network: networkNamed('squeezenet1_0'), parameters, batch: 8, inputPx: 224 });
 * const features = await reader.read(batch.pixels); // [8, 512]
 * ```
 */
export async function createFeatureReader(setup: FeatureSetup): Promise<FeatureReader> {
	const { engine, network, parameters, batch, inputPx } = setup;
	const tape = new Tape(network.name);
	const layers = new Layers(tape, {
		mode: 'use',
		bind({ key, shape }, graph) {
			const own = parameters.get(key);
			if (!own) throw new RangeError(`The weights have no '${key}': they are not those of a ${network.name}.`);
			return graph.parameter(key, shape, own.data);
		},
	});
	const pictures = tape.graph.input('pictures', [batch, 3, inputPx, inputPx]);
	const features = layers.globalAverage(network.features(layers, pictures));
	tape.graph.output('features', features);
	const session = await engine.load(tape.graph.encode());
	return {
		count: features.shape[1]!,
		async read(numbers) {
			const outputs = await session.run({ pictures: engine.tensor('float32', numbers, pictures.shape) });
			return floats(outputs['features']);
		},
		close: () => session.close(),
	};
}

/** What is left of a network when its features are given: a network from `[n, count, 1, 1]`. */
export function withoutBackbone(network: Network): Network {
	return { ...network, features: (_, features) => features };
}
