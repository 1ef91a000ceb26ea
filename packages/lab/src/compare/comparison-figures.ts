/**
 * Pictures of a comparison: scores against distance from focus, how sharp and blurry part, what is gained for time and size,
 * and which classes are mistaken for which.
 * @module
 */
import { confusionMatrix, rocCurve } from '../evaluate/metrics.ts';
import { matrixSvg } from '../figures/matrix.ts';
import { type Panel, type Point, plotSvg } from '../figures/plot.ts';
import type { Judgement } from './comparison-tables.ts';
import type { MethodFigures, Sample } from './judge-answers.ts';

/** A picture with the name of its file. */
export interface ComparisonPicture {
	readonly id: string;
	readonly title: string;
	readonly svg: string;
}

/** Methods that get panels of their own: the best of each family. */
const MOST_PANELS = 8;
const BINS = 24;

/** All pictures that the comparison has something for. */
export function comparisonFigures(judgement: Judgement, simulated: boolean): ComparisonPicture[] {
	const { judged, data } = judgement;
	const said = simulated ? `${data.name}, simulated` : data.name;
	const own = judged.filter(({ set, figures }) => set === data.name && Number.isFinite(figures.srcc?.value));
	const shown = bestOfFamilies(own);
	const graded = own
		.filter(({ figures }) => figures.accuracy)
		.sort((a, b) => b.figures.accuracy!.value - a.figures.accuracy!.value);
	return [
		...(shown.length > 0 ? [scatters(shown, said), histograms(shown, said), rocs(shown, said)] : []),
		...gains(own, said, judgement),
		...(graded.length > 0 ? [confusions(graded.slice(0, 4), said, data.set.classes.length)] : []),
	];
}

/** The best methods by SRCC, as the list has them. */
function bestOfFamilies(own: readonly MethodFigures[]): MethodFigures[] {
	const ranked = [...own].sort((a, b) => b.figures.srcc!.value - a.figures.srcc!.value).slice(0, MOST_PANELS);
	return own.filter((each) => ranked.includes(each));
}

function scatters(methods: readonly MethodFigures[], said: string): ComparisonPicture {
	const panels = methods.map(({ method, samples }): Panel => {
		const first = samples.filter(({ run }) => run === 0);
		const points = first.map(({ target, blurriness }, i): Point => [target + jitter(i), blurriness]);
		const means = [...Map.groupBy(first, ({ target }) => target)]
			.map(([target, group]): Point => [target, group.reduce((sum, each) => sum + each.blurriness, 0) / group.length])
			.sort((a, b) => a[0] - b[0]);
		return {
			title: method,
			xLabel: 'planes from focus',
			yLabel: 'blurriness',
			series: [
				{ name: 'patch', kind: 'points', points },
				{ name: 'mean', kind: 'line', points: means },
			],
		};
	});
	const title = `Scores against distance from focus (${said})`;
	const description = `Scatter plots of ${methods.map(({ method }) => method).join(', ')}; first split.`;
	return {
		id: 'scatter',
		title,
		svg: plotSvg({ title, description, panels, columns: 2, widthPx: 480, heightPx: 240 }),
	};
}

function histograms(methods: readonly MethodFigures[], said: string): ComparisonPicture {
	const panels = methods.map(({ method, samples }): Panel => {
		const first = samples.filter(({ run }) => run === 0);
		const threshold = youdenThreshold(first);
		const values = first.map(({ blurriness }) => blurriness);
		const [low, high] = [Math.min(...values), Math.max(...values)];
		const outline = (which: 0 | 1): Point[] =>
			binned(
				first.filter(({ blurry }) => blurry === which),
				low,
				high,
			);
		const tallest = Math.max(...[...outline(0), ...outline(1)].map(([, y]) => y));
		return {
			title: method,
			xLabel: 'blurriness',
			yLabel: 'share of patches',
			yIncludes: [0],
			series: [
				{ name: 'sharp', kind: 'line', points: outline(0) },
				{ name: 'blurry', kind: 'line', points: outline(1) },
				{
					name: 'threshold (Youden)',
					kind: 'line',
					points: [
						[threshold, 0],
						[threshold, tallest],
					],
				},
			],
		};
	});
	const title = `How sharp and blurry part (${said})`;
	const description = 'Histograms of scores of sharp and of blurry patches, with the threshold that parts them best.';
	return {
		id: 'histograms',
		title,
		svg: plotSvg({ title, description, panels, columns: 2, widthPx: 480, heightPx: 240 }),
	};
}

function rocs(methods: readonly MethodFigures[], said: string): ComparisonPicture {
	const series = methods.map(({ method, samples }) => {
		const first = samples.filter(({ run }) => run === 0);
		const { falsePositiveRate, truePositiveRate } = rocCurve(
			first.map(({ blurry }) => blurry),
			first.map(({ blurriness }) => blurriness),
		);
		const points = falsePositiveRate.map((x, i): Point => [x, truePositiveRate[i]!]);
		return { name: method, kind: 'line' as const, points };
	});
	const title = `Receiver operating characteristics (${said})`;
	const panel: Panel = {
		xLabel: 'share of sharp patches called blurry',
		yLabel: 'share of blurry patches found',
		series,
	};
	const description = 'Curves from the strictest threshold, lower left, to the mildest.';
	return { id: 'roc', title, svg: plotSvg({ title, description, panels: [panel], heightPx: 420 }) };
}

/** Errors smaller than this are drawn as if they were this: a logarithm has no zero. */
const LEAST_ERROR = 1e-4;

/** What is missing of a perfect ROC-AUC, against time and size, all as powers of ten; a mark a family. */
function gains(own: readonly MethodFigures[], said: string, { cpuTimes, methods }: Judgement): ComparisonPicture[] {
	const families = Map.groupBy(own, ({ method }) => methods.find(({ name }) => name === method)?.family ?? 'other');
	const panel = (xLabel: string, xOf: (each: MethodFigures) => number | undefined): Panel[] => {
		const series = [...families].map(([name, members]) => ({
			name,
			kind: 'points' as const,
			points: members.flatMap((each): Point[] => {
				const x = xOf(each) ?? 0;
				return x > 0 ? [[Math.log10(x), Math.log10(Math.max(LEAST_ERROR, 1 - each.figures.roc!.value))]] : [];
			}),
		}));
		return series.every(({ points }) => points.length === 0)
			? []
			: [{ xLabel, yLabel: 'log10 of 1 - ROC-AUC', series: series.filter(({ points }) => points.length > 0) }];
	};
	const panels = [
		...panel('log10 of CPU time, ms', ({ method }) => cpuTimes.get(method)?.medianMs),
		...panel('log10 of parameters', ({ answers }) => answers[0]!.parameters),
	];
	if (panels.length === 0) return [];
	const title = `What time and size buy (${said})`;
	const description = 'What is missing of a perfect area under the ROC curve; lower is better, left is cheaper.';
	return [{ id: 'time-and-size', title, svg: plotSvg({ title, description, panels, columns: 2, widthPx: 480 }) }];
}

function confusions(methods: readonly MethodFigures[], said: string, classes: number): ComparisonPicture {
	const labels = Array.from({ length: classes }, (_, i) => String(i));
	const matrices = methods.map(({ method, samples }) => {
		const counts = confusionMatrix(
			samples.map(({ label }) => label),
			samples.map(({ answered }) => answered!),
			classes,
		);
		const values = labels.map((_, row) => {
			const own = labels.map((_, column) => counts[row]![column]!);
			const sum = own.reduce((total, count) => total + count, 0);
			return own.map((count) => (sum === 0 ? Number.NaN : (100 * count) / sum));
		});
		return {
			...{ title: method, values, rowLabels: labels, columnLabels: labels },
			...{ rowAxis: 'true class', columnAxis: 'answered class', range: [0, 100] as const },
			cellText: (value: number) => (value < 0.5 ? '' : value.toFixed(0)),
		};
	});
	const title = `Confusion of classes, per cent of the true class (${said})`;
	const description = `Rows are true classes, columns answered ones, for ${methods.map(({ method }) => method).join(', ')}.`;
	return { id: 'confusion', title, svg: matrixSvg({ title, description, matrices, perRow: 2 }) };
}

/** The threshold with the largest difference of finds and false alarms (Youden, Cancer 3, 1950). */
export function youdenThreshold(samples: readonly Pick<Sample, 'blurry' | 'blurriness'>[]): number {
	const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(
		samples.map(({ blurry }) => blurry),
		samples.map(({ blurriness }) => blurriness),
	);
	let best = 0;
	thresholds.forEach((_, i) => {
		const gain = truePositiveRate[i + 1]! - falsePositiveRate[i + 1]!;
		if (gain > truePositiveRate[best + 1]! - falsePositiveRate[best + 1]!) best = i;
	});
	return thresholds[best] ?? Number.NaN;
}

function binned(samples: readonly Sample[], low: number, high: number): Point[] {
	const width = (high - low) / BINS || 1;
	const counts = new Array<number>(BINS).fill(0);
	for (const { blurriness } of samples) counts[Math.min(BINS - 1, Math.floor((blurriness - low) / width))]!++;
	return counts.flatMap((count, i): Point[] => {
		const share = count / Math.max(1, samples.length);
		return [
			[low + i * width, share],
			[low + (i + 1) * width, share],
		];
	});
}

/** Sets patches of one plane a little apart, the same way each time. */
function jitter(i: number): number {
	return (((i * 0.618034) % 1) - 0.5) * 0.5;
}
