/**
 * Agreement between scores and truth.
 * @module
 */

/** Ranks from 1; equal values share the mean of theirs. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
	const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
	const ranks = new Float64Array(values.length);
	for (let start = 0; start < order.length; ) {
		let end = start;
		while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++;
		for (let i = start; i <= end; i++) ranks[order[i]!] = (start + end) / 2 + 1;
		start = end + 1;
	}
	return ranks;
}

/** Pearson's linear correlation (PLCC); NaN when a side is constant. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
	if (isConstant(x) || isConstant(y)) return Number.NaN;
	const n = x.length;
	let meanX = 0;
	let meanY = 0;
	for (let i = 0; i < n; i++) {
		meanX += x[i]! / n;
		meanY += y[i]! / n;
	}
	let xy = 0;
	let xx = 0;
	let yy = 0;
	for (let i = 0; i < n; i++) {
		const a = x[i]! - meanX;
		const b = y[i]! - meanY;
		xy += a * b;
		xx += a * a;
		yy += b * b;
	}
	return xy / Math.sqrt(xx * yy);
}

/** Asked of the values themselves: their mean may be off by rounding. */
function isConstant(values: ArrayLike<number>): boolean {
	for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
	return true;
}

/** Spearman's rank correlation (SRCC): Pearson's of average ranks. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
	return pearson(averageRanks(x), averageRanks(y));
}

/** Area under the ROC curve: how often a positive scores above a negative, ties counting one half. */
export function rocAuc(positives: ArrayLike<number>, negatives: ArrayLike<number>): number {
	const p = positives.length;
	const n = negatives.length;
	if (p === 0 || n === 0) return Number.NaN;
	const ranks = averageRanks([...Array.from(positives), ...Array.from(negatives)]);
	let sum = 0;
	for (let i = 0; i < p; i++) sum += ranks[i]!;
	return (sum - (p * (p + 1)) / 2) / (p * n);
}
