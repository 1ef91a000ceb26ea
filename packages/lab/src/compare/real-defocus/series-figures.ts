/**
 * How a method follows a real focal series.
 * @module
 */
import { spearman } from '../../evaluate/metrics.ts';

/** Classes of distance between two planes, in steps. */
export const GAPS: readonly { readonly name: string; readonly from: number; readonly to: number }[] = [
	{ name: '1', from: 1, to: 1 },
	{ name: '2-3', from: 2, to: 3 },
	{ name: '4+', from: 4, to: Number.POSITIVE_INFINITY },
];

/** What a method makes of one series. */
export interface SeriesFigures {
	/** Between distance from focus and blurriness. */
	readonly spearman: number;
	/** Steps between the plane it calls sharpest and the nearest that is known to be. */
	readonly minimumOff: number;
	/** Pairs of planes and how many are in the right order, by how much further one is from focus. */
	readonly pairs: readonly { readonly right: number; readonly of: number }[];
}

/**
 * Figures of a series.
 * @param distance - steps from focus, ascending
 * @param blurriness - of the same planes; NaN where the method is undefined: such a plane counts as out of order
 */
export function seriesFigures(distance: readonly number[], blurriness: readonly number[]): SeriesFigures {
	const defined = distance.map((_, i) => i).filter((i) => Number.isFinite(blurriness[i]));
	const sharpest = defined.reduce((best, i) => (blurriness[i]! < blurriness[best]! ? i : best), defined[0] ?? 0);
	const pairs = GAPS.map(({ from, to }) => {
		let of = 0;
		let right = 0;
		for (let i = 0; i < distance.length; i++) {
			for (let j = 0; j < distance.length; j++) {
				const gap = distance[j]! - distance[i]!;
				if (gap < from || gap > to) continue;
				of++;
				if (blurriness[j]! > blurriness[i]!) right++;
			}
		}
		return { right, of };
	});
	return {
		spearman: spearman(
			defined.map((i) => blurriness[i]!),
			defined.map((i) => distance[i]!),
		),
		minimumOff: defined.length === 0 ? Number.NaN : distance[sharpest]! - distance[0]!,
		pairs,
	};
}
