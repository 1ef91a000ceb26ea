/**
 * What a network is: the part that looks, and the part that answers.
 * @module
 */
import type { Tensors } from '@parfocal/core';
import type { Value } from '../engine/graph.ts';
import { Tape } from '../engine/tape.ts';
import { Layers } from './layers.ts';
import type { ParameterSpec } from './parameters.ts';

/** A network of one of the two papers. */
export interface Network {
	/** Name as the user types it; torchvision's where it has the network. */
	readonly name: string;
	/** Where it was published. */
	readonly source: string;
	/** Side of the square pictures it is usually given, in pixels. */
	readonly inputPx: number;
	/**
	 * All but the last child of torchvision's model: from pictures `[n, 3, height, width]` to a map
	 * `[n, channels, height, width]`.
	 */
	features(layers: Layers, pictures: Value): Value;
	/** The last child: from the map to `[n, outputs]`. */
	classifier(layers: Layers, map: Value, outputs: number): Value;
	/** Brings learned parameters back to where they may be, in place, after every step; absent where all may be anything. */
	constrain?(parameters: Tensors): void;
}

/**
 * What answers: the network's own `classifier`, or the head of the ordinal paper on the flattened map (`flatten`, as
 * published: very wide where the map is large) or on its mean (`gap`).
 */
export type HeadKind = 'classifier' | 'flatten' | 'gap';

/** A network from pictures to answers, `[n, outputs]`. */
export function answers(network: Network, layers: Layers, pictures: Value, head: HeadKind, outputs: number): Value {
	const map = network.features(layers, pictures);
	if (head === 'classifier') return network.classifier(layers, map, outputs);
	return ordinalHead(layers, head === 'gap' ? layers.globalAverage(map) : layers.flatten(map), outputs);
}

/**
 * All parameters and running statistics of a network, in the order of PyTorch's `state_dict`; no number is made.
 * `inputPx` matters to heads on a flattened map only.
 * @throws {RangeError} when pictures of that size are too small for the network
 * @example
 * ```ts
 * const specs = parameterSpecs(networkNamed('resnet18'), 'gap', 11);
 * const parameters = initialParameters(specs, seededRandom(1));
 * ```
 */
export function parameterSpecs(
	network: Network,
	head: HeadKind,
	outputs: number,
	inputPx: number = network.inputPx,
): readonly ParameterSpec[] {
	return specsOf(network, inputPx, (layers, pictures) => answers(network, layers, pictures, head, outputs));
}

/** Parameters and running statistics of the part that looks; what `parameterSpecs` begins with. */
export function featureSpecs(network: Network): readonly ParameterSpec[] {
	return specsOf(network, network.inputPx, (layers, pictures) => network.features(layers, pictures));
}

function specsOf(
	network: Network,
	inputPx: number,
	build: (layers: Layers, pictures: Value) => Value,
): readonly ParameterSpec[] {
	const tape = new Tape(network.name);
	const layers = new Layers(tape, { mode: 'use', bind: ({ key, shape }, graph) => graph.input(key, shape) });
	build(layers, tape.graph.input('pictures', [1, 3, inputPx, inputPx]));
	return layers.parameters;
}

/**
 * The head of "Deep Ordinal Focus Assessment" (section 3): dropout .2, 512, ReLU, dropout .2, 256, ReLU, outputs. Its keys
 * are the indices in PyTorch's `Sequential`.
 */
export function ordinalHead(layers: Layers, features: Value, outputs: number): Value {
	const first = layers.relu(layers.linear(layers.dropout(features, 0.2), 'head.1', 512));
	const second = layers.relu(layers.linear(layers.dropout(first, 0.2), 'head.4', 256));
	return layers.linear(second, 'head.6', outputs);
}
