/**
 * How well a network answers on a side of the split.
 * @module
 */
import type { PatchSource } from '../data/batches/patch-source.ts';
import { ordinalMetrics, pearson, spearman } from '../evaluate/metrics.ts';
import type { Decoded, Loss } from '../losses/loss.ts';
import type { Answerer } from './learner.ts';

/** Answers to patches, beside what should have been answered. */
export interface Judged {
	/** Patches of the set. */
	readonly indices: readonly number[];
	readonly answers: readonly Decoded[];
	readonly targets: Float32Array;
}

/** Agreement; null where it is undefined, such as a correlation with a constant. */
export interface Figures {
	readonly patches: number;
	/** Spearman's and Pearson's correlation of expected values with targets. */
	readonly srcc: number | null;
	readonly plcc: number | null;
	/** Mean absolute error, of the class or of the value; absent where the scale of answers is free. */
	readonly mae?: number | null;
	/** Of classes only: share that is right, mean of that over classes, share at most one class off, Kendall's tau-b. */
	readonly accuracy?: number;
	readonly balancedAccuracy?: number;
	readonly withinOne?: number;
	readonly tauB?: number | null;
}

/** Asks about every patch of a source. The answers to several windows of a patch are averaged before they are read. */
export async function judge(source: PatchSource, answerer: Answerer, loss: Loss, classes: number): Promise<Judged> {
	const outputs = loss.outputs(classes);
	const sums = new Map<number, { answer: Float64Array; windows: number; target: number }>();
	for await (const { pixels, indices, labels } of source.epoch(0)) {
		const answers = await answerer.answer(pixels);
		for (const [i, index] of indices.entries()) {
			const own = sums.get(index) ?? { answer: new Float64Array(outputs), windows: 0, target: labels[i]! };
			for (let k = 0; k < outputs; k++) own.answer[k] = own.answer[k]! + answers[i * outputs + k]!;
			own.windows++;
			sums.set(index, own);
		}
	}
	const each = [...sums.values()];
	return {
		indices: [...sums.keys()],
		answers: each.map(({ answer, windows }) =>
			loss.decode(
				answer.map((sum) => sum / windows),
				classes,
			),
		),
		targets: Float32Array.from(each, ({ target }) => target),
	};
}

/** Figures of answers to patches; `classes` as the loss tells apart. */
export function figuresOf({ answers, targets }: Judged, loss: Pick<Loss, 'name' | 'target'>, classes: number): Figures {
	const expected = answers.map((answer) => answer.expected);
	const figures = {
		patches: answers.length,
		srcc: defined(spearman(expected, targets)),
		plcc: defined(pearson(expected, targets)),
	};
	if (loss.target === 'class') {
		const answered = answers.map((answer) => answer.class!);
		const { accuracy, balancedAccuracy, withinOne, meanAbsoluteError, kendall } = ordinalMetrics(
			targets,
			answered,
			classes,
		);
		const tauB = defined(kendall.tauB);
		return { ...figures, mae: meanAbsoluteError, accuracy, balancedAccuracy, withinOne, tauB };
	}
	if (loss.name === 'plcc') return figures;
	const errors = expected.map((value, i) => Math.abs(value - targets[i]!));
	return { ...figures, mae: defined(errors.reduce((sum, error) => sum + error, 0) / errors.length) };
}

/** What chooses the best weights, the smaller the better: mean absolute error of classes; one minus SRCC of values. */
export function selectionError({ srcc, mae, accuracy }: Figures): number {
	if (accuracy !== undefined) return mae ?? Number.POSITIVE_INFINITY;
	return srcc === null ? Number.POSITIVE_INFINITY : 1 - srcc;
}

function defined(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
