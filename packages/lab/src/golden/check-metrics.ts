/**
 * Compares metrics with a file in the format of `metrics-open.json`.
 * @module
 */
import { kendallTau } from '../evaluate/metrics/kendall.ts';
import { oneVersusOneAuc, oneVersusRestAuc } from '../evaluate/metrics/multiclass-auc.ts';
import { ordinalMetrics } from '../evaluate/metrics/ordinal-metrics.ts';
import {
	averagePrecision,
	precisionRecallCurve,
	precisionRecallTrapezoid,
} from '../evaluate/metrics/precision-recall.ts';
import { rocAucOfLabels, rocCurve } from '../evaluate/metrics/roc.ts';
import { trapezoidArea } from '../evaluate/metrics/thresholds.ts';
import { averageRanks, pearson, spearman } from '../evaluate/metrics.ts';
import type { JsonNode } from './json-node.ts';
import { Ledger, type LedgerItem } from './ledger.ts';

/** Where the file states none. */
const TOLERANCE = 1e-9;

/** Numbers by the name that the file has for them, made only when it asks. */
type Metrics = Readonly<Record<string, () => number | readonly number[] | ArrayLike<number>>>;

/**
 * Compares all that the file has of ordinal, continuous, binary and multi-class cases.
 * @throws {FormatError} naming the place that is not as it should be
 */
export function checkMetrics(file: JsonNode): LedgerItem[] {
	const stated = file.has('conventions') && file.at('conventions').has('tolerance');
	const tolerance = stated ? file.at('conventions').at('tolerance').number() : TOLERANCE;
	const ledger = new Ledger({ absolute: tolerance, relative: tolerance });
	for (const [section, metricsOf] of Object.entries(SECTIONS)) {
		if (!file.has(section)) continue;
		for (const each of file.at(section).list()) {
			const name = each.at('name').text();
			for (const [path, metric] of Object.entries(metricsOf(each))) {
				const expected = found(each, path.split('.'));
				if (expected) ledger.compare(`${section} ${path}`, name, listOf(metric()), numbersIn(expected));
			}
		}
	}
	return ledger.items();
}

const SECTIONS: Readonly<Record<string, (each: JsonNode) => Metrics>> = {
	ordinal(each) {
		const classes = each.at('K').number();
		const truth = each.at('y_true').numbers();
		const m = ordinalMetrics(truth, sameLength(each.at('y_pred'), truth), classes);
		const { pairs } = m.kendall;
		return {
			accuracy: () => m.accuracy,
			mae: () => m.meanAbsoluteError,
			mse: () => m.meanSquaredError,
			within_one: () => m.withinOne,
			macro_mae_present_classes: () => m.macroAbsoluteError,
			balanced_accuracy_present_classes: () => m.balancedAccuracy,
			recall_per_class: () => m.recallPerClass,
			macro_f1_all_labels: () => m.macroF1,
			qwk: () => m.quadraticKappa,
			kendall_tau_a: () => m.kendall.tauA,
			kendall_tau_b: () => m.kendall.tauB,
			kendall_tau_c: () => m.kendall.tauC,
			'pair_counts.concordant': () => pairs.concordant,
			'pair_counts.discordant': () => pairs.discordant,
			'pair_counts.tied_first_only': () => pairs.tiedFirstOnly,
			'pair_counts.tied_second_only': () => pairs.tiedSecondOnly,
			'pair_counts.tied_both': () => pairs.tiedBoth,
			spearman: () => m.spearman,
			pearson: () => m.pearson,
			confusion_rows_true_cols_pred: () => m.confusion.flat(),
		};
	},
	continuous(each) {
		const x = each.at('x').numbers();
		const y = sameLength(each.at('y'), x);
		return {
			kendall_tau_a: () => kendallTau(x, y).tauA,
			kendall_tau_b: () => kendallTau(x, y).tauB,
			kendall_tau_c: () => kendallTau(x, y).tauC,
			spearman: () => spearman(x, y),
			pearson: () => pearson(x, y),
			ranks_x: () => averageRanks(x),
			ranks_y: () => averageRanks(y),
		};
	},
	binary(each) {
		const labels = each.at('y_true').numbers();
		const scores = sameLength(each.at('score'), labels);
		const roc = rocCurve(labels, scores);
		const curve = precisionRecallCurve(labels, scores);
		return {
			n_pos: () => labels.filter((label) => label === 1).length,
			n_neg: () => labels.filter((label) => label === 0).length,
			// By two roads: under the curve, and by ranks.
			roc_auc: () => trapezoidArea(roc.falsePositiveRate, roc.truePositiveRate),
			mannwhitney_auc: () => rocAucOfLabels(labels, scores),
			average_precision: () => averagePrecision(labels, scores),
			pr_auc_trapezoid: () => precisionRecallTrapezoid(labels, scores),
			'pr_curve.precision': () => curve.precision,
			'pr_curve.recall': () => curve.recall,
			'pr_curve.thresholds': () => curve.thresholds,
			'roc_curve.fpr': () => roc.falsePositiveRate,
			'roc_curve.tpr': () => roc.truePositiveRate,
			'roc_curve.thresholds_after_first': () => roc.thresholds,
		};
	},
	multiclass(each) {
		const truth = each.at('y_true').numbers();
		const probabilities = each.at('proba').rows();
		if (probabilities.length !== truth.length) throw each.at('proba').wrong(`have ${truth.length} rows`);
		return {
			roc_auc_ovo_macro: () => oneVersusOneAuc(truth, probabilities),
			roc_auc_ovr_macro: () => oneVersusRestAuc(truth, probabilities),
		};
	},
};

function sameLength(node: JsonNode, other: readonly number[]): number[] {
	const numbers = node.numbers();
	if (numbers.length !== other.length) throw node.wrong(`have ${other.length} numbers`);
	return numbers;
}

function found(node: JsonNode, path: readonly string[]): JsonNode | undefined {
	const [first, ...rest] = path;
	if (first === undefined) return node;
	return node.has(first) ? found(node.at(first), rest) : undefined;
}

function listOf(numbers: number | ArrayLike<number>): ArrayLike<number> {
	return typeof numbers === 'number' ? [numbers] : numbers;
}

/** All numbers of a part, however deep; `null` is an undefined one. */
function numbersIn(node: JsonNode): number[] {
	return Array.isArray(node.value) ? node.list().flatMap(numbersIn) : [node.numberOrNaN()];
}
