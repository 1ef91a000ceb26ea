/**
 * Baselines that do not look at the picture.
 * @module
 */
import type { CONSTANT_METHODS } from './methods.ts';

/** One of them. */
export type ConstantMethod = (typeof CONSTANT_METHODS)[number];

/** The class that a constant method answers, from the classes it was shown; the smaller of two that are as good. */
export function constantAnswer(method: ConstantMethod, trained: readonly number[]): number {
	if (method === 'median-class') {
		const ascending = [...trained].sort((a, b) => a - b);
		return ascending[Math.floor((ascending.length - 1) / 2)]!;
	}
	const counts = new Map<number, number>();
	for (const label of trained) counts.set(label, (counts.get(label) ?? 0) + 1);
	return [...counts].reduce((best, own) =>
		own[1] > best[1] || (own[1] === best[1] && own[0] < best[0]) ? own : best,
	)[0];
}
