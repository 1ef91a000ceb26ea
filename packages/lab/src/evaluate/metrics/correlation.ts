/**
 * How well scores go with the truth, in a straight line or in order.
 * @module
 */
import { averageRanks } from './ranks.ts';

/** Pearson's linear correlation (PLCC), without a fitted curve; NaN when a side is constant. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
	if (isConstant(x) || isConstant(y)) return Number.NaN;
	const a = centred(x);
	const b = centred(y);
	let [xy, xx, yy] = [0, 0, 0];
	for (let i = 0; i < a.length; i++) {
		xy += a[i]! * b[i]!;
		xx += a[i]! * a[i]!;
		yy += b[i]! * b[i]!;
	}
	// Rounding can lead past one.
	return Math.min(1, Math.max(-1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
}

/** Spearman's rank correlation (SRCC): Pearson's of average ranks. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
	return pearson(averageRanks(x), averageRanks(y));
}

/** Values less their mean. The first goes first, so that a large offset costs no digits. */
function centred(values: ArrayLike<number>): Float64Array {
	const moved = Float64Array.from(values, (value) => value - values[0]!);
	const mean = moved.reduce((sum, value) => sum + value, 0) / moved.length;
	return moved.map((value) => value - mean);
}

/** Asked of the values themselves: their mean may be off by rounding. */
function isConstant(values: ArrayLike<number>): boolean {
	for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
	return true;
}
