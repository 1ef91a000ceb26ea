/**
 * Which classes are taken for which, and what follows from that.
 * @module
 */
import { ArgumentError } from '@parfocal/core';

/** Counts: a row a true class, a column an answered one. */
export type ConfusionMatrix = readonly (readonly number[])[];

/**
 * Counts how often each class was answered for each.
 * @throws {ArgumentError} for lists of different length, or a class that is none of 0 … `classes - 1`
 */
export function confusionMatrix(
	truth: ArrayLike<number>,
	answered: ArrayLike<number>,
	classes: number,
): ConfusionMatrix {
	if (truth.length !== answered.length) {
		throw new ArgumentError('answered', `There are ${answered.length} answers to ${truth.length} samples.`);
	}
	const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
	for (let i = 0; i < truth.length; i++) {
		const row = matrix[truth[i]!];
		const column = answered[i]!;
		if (row?.[column] === undefined) {
			const wrong = row === undefined ? truth[i]! : column;
			throw new ArgumentError('classes', `Classes go from 0 to ${classes - 1}; sample ${i} has ${wrong}.`);
		}
		row[column]!++;
	}
	return matrix;
}

/** Share of answers that are right; NaN without samples. */
export function accuracy(matrix: ConfusionMatrix): number {
	return meanOver(matrix, (truth, answered) => Number(truth === answered));
}

/** Share of answers at most one class off. */
export function withinOne(matrix: ConfusionMatrix): number {
	return meanOver(matrix, (truth, answered) => Number(Math.abs(truth - answered) <= 1));
}

/** Mean distance in classes (MAE). */
export function meanAbsoluteClassError(matrix: ConfusionMatrix): number {
	return meanOver(matrix, (truth, answered) => Math.abs(truth - answered));
}

/** Mean squared distance in classes (MSE). */
export function meanSquaredClassError(matrix: ConfusionMatrix): number {
	return meanOver(matrix, (truth, answered) => (truth - answered) ** 2);
}

/** Share of each class's samples that are answered with it; NaN for a class that does not occur. */
export function recallPerClass(matrix: ConfusionMatrix): number[] {
	return matrix.map((row, k) => row[k]! / total(row));
}

/** Mean recall over the classes that occur. */
export function balancedAccuracy(matrix: ConfusionMatrix): number {
	return meanOfDefined(recallPerClass(matrix));
}

/** Mean over the classes that occur of each one's mean distance: rare classes count as much as others. */
export function macroAbsoluteError(matrix: ConfusionMatrix): number {
	return meanOfDefined(
		matrix.map((row, k) => row.reduce((sum, count, j) => sum + count * Math.abs(k - j), 0) / total(row)),
	);
}

/** Mean F1 over all classes; one that neither occurs nor is answered counts as zero, as in scikit-learn. */
export function macroF1(matrix: ConfusionMatrix): number {
	const answered = matrix.map((_, k) => total(matrix.map((row) => row[k]!)));
	const each = matrix.map((row, k) => {
		const either = total(row) + answered[k]!;
		return either === 0 ? 0 : (2 * row[k]!) / either;
	});
	return total(each) / each.length;
}

/**
 * Cohen's kappa with squared distances (QWK): agreement beyond what the two histograms alone would give. NaN where truth and
 * answers are one and the same class throughout.
 */
export function quadraticKappa(matrix: ConfusionMatrix): number {
	const rows = matrix.map(total);
	const columns = matrix.map((_, k) => total(matrix.map((row) => row[k]!)));
	const samples = total(rows);
	let [observed, expected] = [0, 0];
	for (const [i, row] of matrix.entries()) {
		for (const [j, count] of row.entries()) {
			observed += (i - j) ** 2 * count;
			expected += ((i - j) ** 2 * rows[i]! * columns[j]!) / samples;
		}
	}
	return expected === 0 ? Number.NaN : 1 - observed / expected;
}

function meanOver(matrix: ConfusionMatrix, value: (truth: number, answered: number) => number): number {
	let [sum, samples] = [0, 0];
	for (const [i, row] of matrix.entries()) {
		for (const [j, count] of row.entries()) {
			sum += value(i, j) * count;
			samples += count;
		}
	}
	return sum / samples;
}

function meanOfDefined(values: readonly number[]): number {
	const defined = values.filter((value) => !Number.isNaN(value));
	return total(defined) / defined.length;
}

function total(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}
