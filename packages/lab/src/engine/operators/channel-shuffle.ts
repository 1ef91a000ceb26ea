/**
 * Mixes groups of channels.
 * Source: Zhang et al., "ShuffleNet" (CVPR 2018), figure 1.
 * @module
 */
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';
import { reshape, transpose } from './shaping.ts';

/**
 * Channels of `groups` groups dealt in turn: the first of each group, then the second of each, and so on.
 * @throws {RangeError} when the channels do not divide into the groups
 */
export function channelShuffle(tape: Tape, x: Value, groups: number): Value {
	const [n, channels, height, width] = x.shape as [number, number, number, number];
	if (channels % groups !== 0) throw new RangeError(`${channels} channels do not divide into ${groups} groups.`);
	const dealt = transpose(tape, reshape(tape, x, [n, groups, channels / groups, height * width]), [0, 2, 1, 3]);
	return reshape(tape, dealt, x.shape);
}
