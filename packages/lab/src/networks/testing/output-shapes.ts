/**
 * Shapes that a network's parts give, without a number being made.
 * @module
 */
import { Tape } from '../../engine/tape.ts';
import { Layers } from '../layers.ts';
import type { Network } from '../network.ts';

/** Shape of a network's map for two pictures of a size, or of its classifier's answers. */
export function shapesOf(
	network: Network,
	heightPx: number,
	widthPx: number = heightPx,
): { readonly map: readonly number[]; readonly answers: readonly number[]; readonly layers: Layers } {
	const tape = new Tape('shapes');
	const layers = new Layers(tape, { mode: 'train', bind: ({ key, shape }, graph) => graph.input(key, shape) });
	const map = network.features(layers, tape.graph.input('pictures', [2, 3, heightPx, widthPx]));
	return { map: map.shape, answers: network.classifier(layers, map, 5).shape, layers };
}
