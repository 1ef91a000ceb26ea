/**
 * From answers to figures with intervals, and to differences between methods.
 * @module
 */
import { type PatchSet, planesFromFocus } from '../data/sets/patch-set.ts';
import { groupedBootstrap, type Interval, type PairedDifference, pairedBootstrap } from '../evaluate/bootstrap.ts';
import {
	accuracy,
	averagePrecision,
	balancedAccuracy,
	type ConfusionMatrix,
	confusionMatrix,
	falseAlarmRateAtRecall,
	kendallTau,
	meanAbsoluteClassError,
	pearson,
	precisionRecallTrapezoid,
	quadraticKappa,
	riskCoverage,
	rocAucOfLabels,
	spearman,
	withinOne,
} from '../evaluate/metrics.ts';
import type { Answers } from './answers.ts';

/** One judged patch. */
export interface Sample {
	/** Distance from focus in planes, or the class where there are no planes. */
	readonly target: number;
	/** 1 when it counts as blurry. */
	readonly blurry: 0 | 1;
	/** True class. */
	readonly label: number;
	readonly blurriness: number;
	readonly answered: number | undefined;
	readonly certainty: number | undefined;
	/** Slide. */
	readonly group: string;
	/** Which run of the method it is of. */
	readonly run: number;
}

/** A figure of some samples; NaN where it is undefined. */
export interface Figure {
	readonly name: FigureName;
	readonly title: string;
	readonly better: 'higher' | 'lower';
	/** Whether it needs answered classes. */
	readonly ofClasses: boolean;
	of(samples: readonly Sample[], classes: number): number;
}

/** Names of figures. */
export type FigureName =
	| 'srcc'
	| 'plcc'
	| 'roc'
	| 'averagePrecision'
	| 'prTrapezoid'
	| 'falseAlarms'
	| 'accuracy'
	| 'balancedAccuracy'
	| 'mae'
	| 'withinOne'
	| 'tauB'
	| 'kappa'
	| 'riskCoverage';

const targets = (samples: readonly Sample[]): number[] => samples.map(({ target }) => target);
const scores = (samples: readonly Sample[]): number[] => samples.map(({ blurriness }) => blurriness);
const blurry = (samples: readonly Sample[]): number[] => samples.map((sample) => sample.blurry);
const scoresWhere = (samples: readonly Sample[], which: 0 | 1): number[] =>
	scores(samples.filter((sample) => sample.blurry === which));
const labels = (samples: readonly Sample[]): number[] => samples.map(({ label }) => label);
const answered = (samples: readonly Sample[]): number[] => samples.map((sample) => sample.answered!);
const confusion = (samples: readonly Sample[], classes: number): ConfusionMatrix =>
	confusionMatrix(labels(samples), answered(samples), classes);

/** All figures, in the order of tables. */
export const FIGURES: readonly Figure[] = [
	{ name: 'srcc', title: 'SRCC', better: 'higher', ofClasses: false, of: (s) => spearman(scores(s), targets(s)) },
	{ name: 'plcc', title: 'PLCC', better: 'higher', ofClasses: false, of: (s) => pearson(scores(s), targets(s)) },
	{
		name: 'roc',
		title: 'ROC-AUC',
		better: 'higher',
		ofClasses: false,
		of: (s) => rocAucOfLabels(blurry(s), scores(s)),
	},
	{
		name: 'averagePrecision',
		title: 'PR-AUC (average precision)',
		better: 'higher',
		ofClasses: false,
		of: (s) => averagePrecision(blurry(s), scores(s)),
	},
	{
		name: 'prTrapezoid',
		title: 'PR-AUC (trapezoid)',
		better: 'higher',
		ofClasses: false,
		of: (s) => precisionRecallTrapezoid(blurry(s), scores(s)),
	},
	{
		name: 'falseAlarms',
		title: 'False alarms at 90 % recall',
		better: 'lower',
		ofClasses: false,
		of: (s) => falseAlarmRateAtRecall(scoresWhere(s, 0), scoresWhere(s, 1), 0.9),
	},
	{ name: 'accuracy', title: 'Accuracy', better: 'higher', ofClasses: true, of: (s, k) => accuracy(confusion(s, k)) },
	{
		name: 'balancedAccuracy',
		title: 'Balanced accuracy',
		better: 'higher',
		ofClasses: true,
		of: (s, k) => balancedAccuracy(confusion(s, k)),
	},
	{
		name: 'mae',
		title: 'MAE, classes',
		better: 'lower',
		ofClasses: true,
		of: (s, k) => meanAbsoluteClassError(confusion(s, k)),
	},
	{
		name: 'withinOne',
		title: 'Within one',
		better: 'higher',
		ofClasses: true,
		of: (s, k) => withinOne(confusion(s, k)),
	},
	{
		name: 'tauB',
		title: "Kendall's tau-b",
		better: 'higher',
		ofClasses: true,
		of: (s) => kendallTau(labels(s), answered(s)).tauB,
	},
	{
		name: 'kappa',
		title: 'Quadratic kappa',
		better: 'higher',
		ofClasses: true,
		of: (s, k) => quadraticKappa(confusion(s, k)),
	},
	{
		name: 'riskCoverage',
		title: 'Area under risk-coverage',
		better: 'lower',
		ofClasses: true,
		of: (s) =>
			s.some(({ certainty }) => certainty === undefined)
				? Number.NaN
				: riskCoverage(
						s.map(({ label, answered }) => Number(label !== answered)),
						s.map(({ certainty }) => certainty!),
					).area,
	},
];

/** The figure of that name. */
export function figureNamed(name: FigureName): Figure {
	return FIGURES.find((figure) => figure.name === name)!;
}

/** How a method did on a data set. */
export interface MethodFigures {
	readonly method: string;
	readonly set: string;
	/** Answers of each run, all that are defined. */
	readonly samples: readonly Sample[];
	readonly runs: number;
	/** Answers that are undefined; they are left out. */
	readonly undefinedAnswers: number;
	/** Means over runs; figures of classes only where it answers with classes. */
	readonly figures: Readonly<Partial<Record<FigureName, Interval>>>;
	readonly answers: readonly Answers[];
}

/** How to judge. */
export interface JudgeOptions {
	/** As `sharpLimit`. */
	readonly sharpUpTo?: number | undefined;
	/** Draws of the bootstrap; default 1000. */
	readonly draws?: number | undefined;
}

/**
 * Planes from focus (or classes) up to which a patch of a set counts as sharp. A set of two classes says itself which is
 * which; elsewhere it is what was asked for, or as in FocusLiteNN's paper z-levels 0, 1 and 2, or the first class.
 */
export function sharpLimit({ patches, classes }: PatchSet, asked?: number): number {
	const hasPlanes = patches.some(({ zLevel }) => zLevel !== undefined);
	if (!hasPlanes && classes.length === 2) return 0;
	return asked ?? (hasPlanes ? 2 : 0);
}

/** The answers of one method to one set, joined with what is true. */
export function samplesOf(set: PatchSet, answers: readonly Answers[], sharpUpTo: number): Sample[] {
	const planes = planesFromFocus(set);
	return answers.flatMap(({ indices, blurriness, classes, certainties }, run) =>
		indices.flatMap((index, i): Sample[] => {
			const own = blurriness[i];
			if (own === null || own === undefined) return [];
			const { label, group } = set.patches[index]!;
			const target = planes[index]!;
			const isBlurry = target > sharpUpTo ? 1 : 0;
			return [
				{
					...{ target, label, run, blurriness: own, group: group.slide, blurry: isBlurry },
					...{ answered: classes?.[i], certainty: certainties?.[i] },
				},
			];
		}),
	);
}

/** Slides below which drawing them again says nothing. */
const LEAST_GROUPS = 5;

/** Figures of one method on one set: each the mean over its runs, with the interval over slides drawn again. */
export function judgeMethod(set: PatchSet, answers: readonly Answers[], options: JudgeOptions = {}): MethodFigures {
	const { sharpUpTo, draws = 1000 } = options;
	const samples = samplesOf(set, answers, sharpLimit(set, sharpUpTo));
	const graded = samples.length > 0 && samples.every(({ answered }) => answered !== undefined);
	const groups = samples.map(({ group }) => group);
	const enough = new Set(groups).size >= LEAST_GROUPS;
	const figures: Partial<Record<FigureName, Interval>> = {};
	for (const figure of FIGURES) {
		if (samples.length === 0 || (figure.ofClasses && !graded)) continue;
		const statistic = (at: readonly number[]): number =>
			overRuns(
				figure,
				set,
				at.map((i) => samples[i]!),
			);
		figures[figure.name] = enough
			? groupedBootstrap(statistic, { groups, draws })
			: alone(statistic(groups.map((_, i) => i)));
	}
	const [{ method, set: name } = { method: '', set: '' }] = answers;
	const asked = answers.reduce((sum, { indices }) => sum + indices.length, 0);
	return {
		method,
		set: name,
		samples,
		runs: answers.length,
		undefinedAnswers: asked - samples.length,
		figures,
		answers,
	};
}

function alone(value: number): Interval {
	return { value, low: Number.NaN, high: Number.NaN, draws: 0 };
}

/** A figure's mean over runs; a run where it is undefined does not count. */
function overRuns({ of }: Figure, set: PatchSet, samples: readonly Sample[]): number {
	const values = [...Map.groupBy(samples, ({ run }) => run).values()].map((own) => of(own, set.classes.length));
	const defined = values.filter((value) => !Number.isNaN(value));
	return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/**
 * The difference in a figure between two methods on the same patches with the same seeds, over slides drawn again; undefined
 * when their answers do not pair up, as when one is undefined somewhere, or there are too few slides.
 */
export function differenceOf(
	set: PatchSet,
	name: FigureName,
	first: MethodFigures,
	second: MethodFigures,
	draws = 1000,
): PairedDifference | undefined {
	const [a, b] = [first.samples, second.samples];
	if (a.length === 0 || a.length !== b.length) return undefined;
	if (a.some(({ group, run, target }, i) => group !== b[i]!.group || run !== b[i]!.run || target !== b[i]!.target)) {
		return undefined;
	}
	const groups = a.map(({ group }) => group);
	if (new Set(groups).size < LEAST_GROUPS) return undefined;
	const figure = figureNamed(name);
	const statistic = (samples: readonly Sample[]) => (at: readonly number[]) =>
		overRuns(
			figure,
			set,
			at.map((i) => samples[i]!),
		);
	return pairedBootstrap(statistic(a), statistic(b), { groups, draws });
}
