/**
 * A trained network as a graph to be used: from pixels as they are to answers. It is what runs when slides are scanned, and
 * what an exported ONNX file holds.
 * @module
 */
import type { ChannelStatistics } from '../data/pixels/normalisation.ts';
import type { Graph } from '../engine/graph.ts';
import { Tape } from '../engine/tape.ts';
import { Layers } from '../networks/layers.ts';
import { matchedParameters } from '../networks/match-parameters.ts';
import type { NetworkFile } from '../networks/model-file.ts';
import { answers, parameterSpecs } from '../networks/network.ts';
import { networkNamed } from '../networks/registry.ts';
import { stored } from '../networks/run-network.ts';

/** Names of the graph's input and output. */
export const PICTURES = 'pictures';
/** See `PICTURES`. */
export const ANSWERS = 'answers';

/**
 * The graph from `pictures`, `[batch, 3, inputPx, inputPx]` float32, red, green and blue from 0 to 255, to `answers`,
 * `[batch, outputs]`. Normalisation is part of it; batches are normalised by the running statistics, and nothing drops.
 * @throws {ModelError} when there is no such network, or the file's numbers do not fit it
 * @throws {RangeError} when pictures of that size are too small for the network
 */
export function useGraph({ description, tensors }: NetworkFile, batch: number): Graph {
	const { head, outputs, inputPx, normalisation } = description;
	const network = networkNamed(description.network);
	const fitting = matchedParameters(network, parameterSpecs(network, head, outputs, inputPx), tensors);
	const tape = new Tape(network.name);
	const layers = new Layers(tape, { mode: 'use', bind: stored(fitting) });
	const pictures = tape.graph.input(PICTURES, [batch, 3, inputPx, inputPx]);
	const { mean, deviation } = inBytes(normalisation);
	const normalised = layers.normalise(pictures, mean, deviation);
	tape.graph.output(ANSWERS, answers(network, layers, normalised, head, outputs));
	return tape.graph;
}

/** Statistics on the scale 0 … 255. */
function inBytes({ mean, deviation }: ChannelStatistics): { mean: number[]; deviation: number[] } {
	return { mean: mean.map((value) => 255 * value), deviation: deviation.map((value) => 255 * value) };
}
