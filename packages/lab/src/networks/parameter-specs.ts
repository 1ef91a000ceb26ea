/**
 * What parameters a network has, without any numbers.
 * @module
 */
import { Tape } from '../engine/tape.ts';
import { Layers } from './layers.ts';
import { answers, type HeadKind, type Network } from './network.ts';
import type { ParameterSpec } from './parameters.ts';

/**
 * Parameters and running statistics of a network with a head, in the order of its layers.
 * @param inputPx side of the pictures: it decides how wide the `flatten` head is; default the network's usual side
 * @throws {RangeError} when pictures of that side are too small for the network
 * @example
 * ```ts
 * const specs = parameterSpecs(networkNamed('resnet18'), 'gap', 12);
 * ```
 */
export function parameterSpecs(
	network: Network,
	head: HeadKind,
	outputs: number,
	inputPx: number = network.inputPx,
): readonly ParameterSpec[] {
	const tape = new Tape(network.name);
	const layers = new Layers(tape, { mode: 'use', bind: ({ key, shape }, graph) => graph.input(key, shape) });
	answers(network, layers, tape.graph.input('pictures', [1, 3, inputPx, inputPx]), head, outputs);
	return layers.parameters;
}
