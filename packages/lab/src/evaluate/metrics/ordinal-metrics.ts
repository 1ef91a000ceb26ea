/**
 * All that is reported of answers in ordered classes.
 * @module
 */
import {
	accuracy,
	balancedAccuracy,
	type ConfusionMatrix,
	confusionMatrix,
	macroAbsoluteError,
	macroF1,
	meanAbsoluteClassError,
	meanSquaredClassError,
	quadraticKappa,
	recallPerClass,
	withinOne,
} from './confusion.ts';
import { pearson, spearman } from './correlation.ts';
import { type KendallTau, kendallTau } from './kendall.ts';

/** Metrics of answers in ordered classes; NaN where one is undefined. */
export interface OrdinalMetrics {
	readonly accuracy: number;
	/** In classes. */
	readonly meanAbsoluteError: number;
	/** In classes squared. */
	readonly meanSquaredError: number;
	/** Share of answers at most one class off. */
	readonly withinOne: number;
	/** Mean over the classes that occur of each one's mean absolute error. */
	readonly macroAbsoluteError: number;
	/** Mean recall of the classes that occur. */
	readonly balancedAccuracy: number;
	/** NaN for a class that does not occur. */
	readonly recallPerClass: readonly number[];
	/** Over all classes, occurring or not. */
	readonly macroF1: number;
	readonly quadraticKappa: number;
	readonly kendall: KendallTau;
	/** SRCC. */
	readonly spearman: number;
	/** PLCC. */
	readonly pearson: number;
	readonly confusion: ConfusionMatrix;
}

/**
 * Metrics of classes answered for samples whose true class is known.
 * @throws {ArgumentError} as `confusionMatrix`
 * @example
 * ```ts
 * const { accuracy, kendall } = ordinalMetrics(truth, answered, 12);
 * ```
 */
export function ordinalMetrics(truth: ArrayLike<number>, answered: ArrayLike<number>, classes: number): OrdinalMetrics {
	const confusion = confusionMatrix(truth, answered, classes);
	return {
		accuracy: accuracy(confusion),
		meanAbsoluteError: meanAbsoluteClassError(confusion),
		meanSquaredError: meanSquaredClassError(confusion),
		withinOne: withinOne(confusion),
		macroAbsoluteError: macroAbsoluteError(confusion),
		balancedAccuracy: balancedAccuracy(confusion),
		recallPerClass: recallPerClass(confusion),
		macroF1: macroF1(confusion),
		quadraticKappa: quadraticKappa(confusion),
		kendall: kendallTau(truth, answered),
		spearman: spearman(truth, answered),
		pearson: pearson(truth, answered),
		confusion,
	};
}
