/**
 * Area under the ROC curve where there are more than two classes. Classes that do not occur are left out.
 * @module
 */
import { rocAuc } from './roc.ts';

/**
 * One against one: the mean over pairs of classes, each told apart by the probability of either.
 * Source: Hand and Till, "A simple generalisation of the area under the ROC curve", Machine Learning 45, 2001.
 * @param probabilities - a row a sample, a column a class
 * @returns NaN when fewer than two classes occur
 */
export function oneVersusOneAuc(truth: ArrayLike<number>, probabilities: readonly ArrayLike<number>[]): number {
	const rows = rowsByClass(truth, probabilities);
	const areas: number[] = [];
	for (const [a, of] of rows) {
		for (const [b, others] of rows) {
			if (a !== b) areas.push(rocAuc(column(of, a), column(others, a)));
		}
	}
	return meanOf(areas);
}

/** One against the rest: the mean over classes. Arguments and NaN as of `oneVersusOneAuc`. */
export function oneVersusRestAuc(truth: ArrayLike<number>, probabilities: readonly ArrayLike<number>[]): number {
	const rows = rowsByClass(truth, probabilities);
	if (rows.size < 2) return Number.NaN;
	return meanOf(
		[...rows].map(([k, of]) => {
			const others = [...rows].flatMap(([other, own]) => (other === k ? [] : own));
			return rocAuc(column(of, k), column(others, k));
		}),
	);
}

function rowsByClass<Row>(truth: ArrayLike<number>, rows: readonly Row[]): Map<number, Row[]> {
	const byClass = new Map<number, Row[]>();
	for (const [i, row] of rows.entries()) {
		const own = byClass.get(truth[i]!);
		if (own) own.push(row);
		else byClass.set(truth[i]!, [row]);
	}
	return byClass;
}

function column(rows: readonly ArrayLike<number>[], k: number): number[] {
	return rows.map((row) => row[k]!);
}

function meanOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
