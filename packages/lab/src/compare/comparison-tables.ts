/**
 * The tables of a comparison: those of both papers, and what they leave out.
 * @module
 */
import { holmCorrected } from '../evaluate/holm.ts';
import { wilcoxonSignedRank } from '../evaluate/wilcoxon.ts';
import { isSimulated } from '../train/describe-network.ts';
import type { CpuTime } from './cpu-time.ts';
import { differenceOf, type FigureName, figureNamed, type MethodFigures } from './judge-answers.ts';
import { METHODS, type Method, ORDINAL_LOSSES, ORDINAL_NETWORKS } from './methods.ts';
import type { Comparison, NamedSet } from './run-comparison.ts';
import { type Cell, intervalCell, numberCell, type Table } from './table.ts';

/** A comparison, judged. */
export interface Judgement {
	readonly data: NamedSet;
	readonly transfer: readonly NamedSet[];
	readonly comparison: Comparison;
	/** By method and set. */
	readonly judged: readonly MethodFigures[];
	/** By method. */
	readonly cpuTimes: ReadonlyMap<string, CpuTime>;
	/** The method that others are tested against. */
	readonly reference: string | undefined;
	readonly methods: readonly Method[];
	/** Draws of the tests against the reference. */
	readonly draws?: number | undefined;
}

const SCORE_FIGURES: readonly FigureName[] = ['srcc', 'plcc', 'roc', 'averagePrecision', 'prTrapezoid', 'falseAlarms'];
const CLASS_FIGURES: readonly FigureName[] = [
	'accuracy',
	'balancedAccuracy',
	'mae',
	'withinOne',
	'tauB',
	'kappa',
	'riskCoverage',
];

/** All tables that the comparison has something for. */
export function comparisonTables(judgement: Judgement): Table[] {
	const { judged, data, transfer } = judgement;
	const graded = judged.filter(({ figures, set }) => set === data.name && figures.accuracy);
	return [
		scoresTable(judgement, data),
		...transfer.map((other) => scoresTable(judgement, other)),
		...(graded.length > 0 ? [classesTable(judgement, graded)] : []),
		...gridTables(judgement, graded),
		...lossTests(judgement, graded),
		...referenceTests(judgement),
		trainingTable(judgement),
		...leftOutTable(judgement),
	];
}

/** What must stand by every table of a set. */
export function setNotes({ comparison, data }: Judgement, { name, set }: NamedSet): string[] {
	const own = data.name === name;
	const simulated = isSimulated(set) ? ' Simulated data.' : '';
	const runs = comparison.splits.length;
	return [
		`${name}: ${set.notes[0] ?? ''}${simulated}`,
		own
			? `${comparison.leaks[0] ?? ''} Means over ${runs} ${runs === 1 ? 'split' : 'splits'} (${comparison.splits.map(({ test, seed }) => `seed ${seed}: ${test.length} test patches`).join(', ')}).`
			: 'Nothing was trained on it: all of its patches are judged.',
		'In brackets the 95 % interval over slides drawn again, where there are enough of them.',
	];
}

const SHIPPED =
	'Shipped models were not trained on this set; where its pictures are among those that their cards name, their rows flatter.';

function scoresTable(judgement: Judgement, of: NamedSet): Table {
	const { cpuTimes, judged } = judgement;
	const own = judged.filter(({ set }) => set === of.name);
	const timed = cpuTimes.size > 0;
	const columns = SCORE_FIGURES.map((name) => ranked(own, name));
	return {
		id: `scores-${slug(of.name)}`,
		title: `Scores against distance from focus: ${of.name}`,
		notes: [
			...setNotes(judgement, of),
			'Scores are turned so that higher is blurrier. PR-AUC counts blurry as positive. False alarms: share of sharp patches above the threshold that finds 90 % of the blurry ones.',
			...(own.some(({ method }) => familyOf(judgement, method) === 'shipped') ? [SHIPPED] : []),
			...(timed ? [timeNote(cpuTimes)] : []),
		],
		columns: [
			'method',
			'family',
			...SCORE_FIGURES.map((name) => figureNamed(name).title),
			'parameters',
			...(timed ? ['CPU, ms'] : []),
			'undefined',
		],
		rows: own.map((each, row) => [
			{ text: each.method },
			{ text: familyOf(judgement, each.method) },
			...columns.map((cells) => cells[row]!),
			parametersCell(each),
			...(timed ? [timeCell(cpuTimes.get(each.method))] : []),
			{ text: each.undefinedAnswers === 0 ? '' : String(each.undefinedAnswers), value: each.undefinedAnswers },
		]),
	};
}

function classesTable(judgement: Judgement, graded: readonly MethodFigures[]): Table {
	const columns = CLASS_FIGURES.map((name) => ranked(graded, name));
	return {
		id: 'classes',
		title: 'Answers in classes',
		notes: setNotes(judgement, judgement.data),
		columns: ['method', ...CLASS_FIGURES.map((name) => figureNamed(name).title)],
		rows: graded.map((each, row) => [{ text: each.method }, ...columns.map((cells) => cells[row]!)]),
	};
}

/** Networks by losses, as in the second paper: a table a figure, with means and the best of each network. */
function gridTables(judgement: Judgement, graded: readonly MethodFigures[]): Table[] {
	const at = new Map(graded.map((each) => [each.method, each]));
	const networks = ORDINAL_NETWORKS.filter((network) => ORDINAL_LOSSES.some((loss) => at.has(`${network}/${loss}`)));
	if (networks.length === 0) return [];
	return (['accuracy', 'mae', 'tauB'] as const).map((name) => {
		const { title, better } = figureNamed(name);
		const figureOf = (network: string, loss: string): number =>
			at.get(`${network}/${loss}`)?.figures[name]?.value ?? Number.NaN;
		const bestOf = (values: readonly number[]): number =>
			better === 'higher' ? Math.max(...values.filter(isNumber)) : Math.min(...values.filter(isNumber));
		const rows = networks.map((network): Cell[] => {
			const values = ORDINAL_LOSSES.map((loss) => figureOf(network, loss));
			const best = bestOf(values);
			const winners = ORDINAL_LOSSES.filter((_, i) => values[i] === best);
			return [
				{ text: network },
				...values.map((value) => numberCell(value, value === best)),
				{ text: winners.join(', ') },
			];
		});
		const means = ORDINAL_LOSSES.map((loss) =>
			meanOf(networks.map((network) => figureOf(network, loss)).filter(isNumber)),
		);
		const wins = ORDINAL_LOSSES.map((loss) => rows.filter((row) => row.at(-1)!.text.split(', ').includes(loss)).length);
		return {
			id: `ordinal-${slug(name)}`,
			title: `${title}: networks by losses`,
			notes: setNotes(judgement, judgement.data),
			columns: ['network', ...ORDINAL_LOSSES.map((loss) => loss.toUpperCase()), 'best'],
			rows: [
				...rows,
				[{ text: 'mean' }, ...means.map((value) => numberCell(value, value === bestOf(means))), { text: '' }],
				[{ text: 'wins' }, ...wins.map((value) => ({ text: String(value), value })), { text: '' }],
			],
		};
	});
}

/** Whether ordinal losses beat the nominal one: over networks and seeds, paired. */
function lossTests(judgement: Judgement, graded: readonly MethodFigures[]): Table[] {
	const pairsOf = (loss: string, name: FigureName): (readonly [number, number])[] =>
		ORDINAL_NETWORKS.flatMap((network) => {
			const [own, nominal] = [loss, 'ce'].map((each) => graded.find(({ method }) => method === `${network}/${each}`));
			if (!own || !nominal) return [];
			const { of } = figureNamed(name);
			const k = judgement.data.set.classes.length;
			const runs = (each: MethodFigures): number[] =>
				each.answers.map((_, run) =>
					of(
						each.samples.filter((sample) => sample.run === run),
						k,
					),
				);
			const [a, b] = [runs(own), runs(nominal)];
			return a.map((value, i) => [value, b[i]!] as const).filter((pair) => pair.every(isNumber));
		});
	const tests = ORDINAL_LOSSES.filter((loss) => loss !== 'ce').flatMap((loss) =>
		(['accuracy', 'mae', 'tauB'] as const).map((name) => ({ loss, name, pairs: pairsOf(loss, name) })),
	);
	if (tests.every(({ pairs }) => pairs.length === 0)) return [];
	const results = tests.map(({ pairs }) =>
		wilcoxonSignedRank(
			pairs.map(([own]) => own),
			pairs.map(([, nominal]) => nominal),
		),
	);
	const corrected = holmCorrected(results.map(({ pValue }) => pValue));
	return [
		{
			id: 'losses-against-ce',
			title: 'Ordinal losses against cross-entropy',
			notes: [
				...setNotes(judgement, judgement.data),
				"Pairs: the same network with the same seed. Wilcoxon's signed-rank test, corrected for all questions of this table by Holm's method.",
			],
			columns: ['loss', 'figure', 'pairs', 'mean difference to CE', 'p', 'p, corrected'],
			rows: tests.map(({ loss, name, pairs }, i) => [
				{ text: loss.toUpperCase() },
				{ text: figureNamed(name).title },
				{ text: String(pairs.length), value: pairs.length },
				numberCell(meanOf(pairs.map(([own, nominal]) => own - nominal))),
				numberCell(results[i]!.pValue),
				numberCell(corrected[i]!),
			]),
		},
	];
}

/** A correction for many questions needs small p-values, and those need many draws: so many times those of an interval. */
const TEST_DRAWS = 5;

/** Every method against one, on the same patches. */
function referenceTests(judgement: Judgement): Table[] {
	const { reference, judged, data } = judgement;
	const own = judged.filter(({ set }) => set === data.name);
	const base = own.find(({ method }) => method === reference);
	if (!base) return [];
	const rows = own
		.filter((each) => each !== base && isNumber(each.figures.srcc?.value ?? Number.NaN))
		.map((each) => ({
			each,
			difference: differenceOf(data.set, 'srcc', each, base, TEST_DRAWS * (judgement.draws ?? 1000)),
		}));
	if (rows.length === 0) return [];
	const corrected = holmCorrected(rows.map(({ difference }) => difference?.pValue ?? Number.NaN));
	return [
		{
			id: 'against-reference',
			title: `SRCC against ${base.method}`,
			notes: [
				...setNotes(judgement, data),
				"Paired bootstrap over slides, corrected by Holm's method. Methods with undefined answers cannot be paired, and with fewer than five slides nothing can be tested.",
			],
			columns: ['method', 'difference', 'p', 'p, corrected'],
			rows: rows.map(({ each, difference }, i) => [
				{ text: each.method },
				difference ? intervalCell(difference) : { text: '–' },
				numberCell(difference?.pValue ?? Number.NaN),
				numberCell(corrected[i]!),
			]),
		},
	];
}

function trainingTable({ judged, data }: Judgement): Table {
	const rows = judged.filter(({ set, answers }) => set === data.name && answers[0]?.training !== undefined);
	return {
		id: 'training',
		title: 'How the trained methods were trained',
		notes: [],
		columns: ['method', 'training', 'seconds a run'],
		rows: rows.map(({ method, answers }) => [
			{ text: method },
			{ text: answers[0]!.training! },
			numberCell(meanOf(answers.map(({ trainingSeconds }) => trainingSeconds ?? Number.NaN)), false, 0),
		]),
	};
}

function leftOutTable({ comparison: { leftOut } }: Judgement): Table[] {
	if (leftOut.length === 0) return [];
	const byReason = Map.groupBy(leftOut, ({ reason }) => reason);
	return [
		{
			id: 'left-out',
			title: 'Not run',
			notes: [],
			columns: ['methods', 'why'],
			rows: [...byReason].map(([reason, own]) => [
				{ text: own.map(({ method }) => method).join(', ') },
				{ text: reason },
			]),
		},
	];
}

/** A column of intervals, its best marked. */
function ranked(methods: readonly MethodFigures[], name: FigureName): Cell[] {
	const { better } = figureNamed(name);
	const values = methods.map(({ figures }) => figures[name]?.value ?? Number.NaN).filter(isNumber);
	const best = better === 'higher' ? Math.max(...values) : Math.min(...values);
	return methods.map(({ figures }) => {
		const own = figures[name];
		return own && isNumber(own.value) ? intervalCell(own, own.value === best) : { text: '–' };
	});
}

function parametersCell({ answers }: MethodFigures): Cell {
	const { parameters } = answers[0]!;
	return isNumber(parameters) ? { text: parameters.toLocaleString('en-US'), value: parameters } : { text: '–' };
}

function timeCell(time: CpuTime | undefined): Cell {
	return time ? { text: time.medianMs.toFixed(1), value: time.medianMs } : { text: '–' };
}

function timeNote(times: ReadonlyMap<string, CpuTime>): string {
	const runs = [...times.values()].map((time) => time.runs);
	const range = Math.min(...runs) === Math.max(...runs) ? `${runs[0]}` : `${Math.min(...runs)} to ${Math.max(...runs)}`;
	return `CPU time: median of ${range} runs on one 1024 x 1024 colour picture, one thread, decoded already, preprocessing included; on the machine at hand, so only ratios mean something.`;
}

function familyOf({ methods }: Judgement, method: string): string {
	return (methods.find(({ name }) => name === method) ?? METHODS.find(({ name }) => name === method))?.family ?? '';
}

function meanOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function isNumber(value: number): boolean {
	return Number.isFinite(value);
}

function slug(text: string): string {
	return text
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^-|-$/g, '');
}
