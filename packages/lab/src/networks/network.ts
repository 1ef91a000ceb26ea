/**
 * What a network is: the part that looks, and the part that answers.
 * @module
 */
import type { Tensors } from '@parfocal/core';
import type { Value } from '../engine/graph.ts';
import type { Layers } from './layers.ts';

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
 * The head of "Deep Ordinal Focus Assessment" (section 3): dropout .2, 512, ReLU, dropout .2, 256, ReLU, outputs. Its keys
 * are the indices in PyTorch's `Sequential`.
 */
function ordinalHead(layers: Layers, features: Value, outputs: number): Value {
	const first = layers.relu(layers.linear(layers.dropout(features, 0.2), 'head.1', 512));
	const second = layers.relu(layers.linear(layers.dropout(first, 0.2), 'head.4', 256));
	return layers.linear(second, 'head.6', outputs);
}
