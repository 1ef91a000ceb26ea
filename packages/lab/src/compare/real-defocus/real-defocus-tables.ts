/**
 * Tables of how methods do on real defocus that nothing was trained on.
 * @module
 */

import { decodePicture } from '../../data/batches/decode-picture.ts';
import { groupedBootstrap, type Interval, pairedBootstrap, type Statistic } from '../../evaluate/bootstrap.ts';
import { falseAlarmRateAtRecall, rocAuc, spearman } from '../../evaluate/metrics.ts';
import { quantile } from '../../evaluate/quantile.ts';
import { blurrinessOf, type Scorer } from '../scorer.ts';
import { type Cell, intervalCell, numberCell, type Table } from '../table.ts';
import { type AssessedPicture, byTissue } from './assessed-tissue.ts';
import { CROP_SIDE_PX, type RealCrop, type RealPictures } from './real-pictures.ts';
import { GAPS, seriesFigures } from './series-figures.ts';

/** A method's figures on real defocus. */
export interface MethodOnRealDefocus {
	readonly method: string;
	readonly family: string;
	/** By series, then by plane. */
	readonly planes: readonly (readonly number[])[];
	/** Blurriness of each crop, in order; NaN where the method is undefined. */
	readonly crops: Float64Array;
}

/** Scores every plane of every series, and every crop. */
export async function askAboutRealDefocus(
	scorer: Scorer,
	pictures: RealPictures,
	crops: readonly RealCrop[],
): Promise<MethodOnRealDefocus> {
	const planes: number[][] = [];
	for (const series of pictures.series) {
		const blurriness: number[] = [];
		for (const { path } of series.planes) {
			blurriness.push(blurrinessOf(await scorer.score(await decodePicture(path)), scorer));
		}
		planes.push(blurriness);
	}
	const scores = new Float64Array(crops.length);
	for (const [i, { image }] of crops.entries()) scores[i] = blurrinessOf(await scorer.score(image), scorer);
	return { method: scorer.name, family: scorer.family, planes, crops: scores };
}

/** A row a method: each series. */
export function seriesTable(methods: readonly MethodOnRealDefocus[], { series }: RealPictures): Table {
	const distances = series.map(({ planes }) => planes.map(({ distance }) => distance));
	const means = methods.map((own) => meanSpearman(own, distances));
	const best = means.reduce((top, { value }, i) => (value > means[top]!.value ? i : top), 0);
	return {
		id: 'series',
		title: 'Real focal series',
		notes: [
			`Series: ${series.map(({ name, planes }) => `${name} (${planes.length} planes)`).join('; ')}.`,
			'Spearman: between distance from the plane in focus and blurriness; the mean over series has its 95 % interval over planes drawn again, and p is of the difference to the best mean over the same draws, not corrected for the number of methods. Minimum off by: steps of the stage between the plane that the method calls sharpest and the one that is. A method that scores every plane alike counts as 0. In order: share of pairs of planes of one series that are ordered right, by how many steps further one is from focus.',
		],
		columns: [
			'method',
			'mean Spearman',
			'p against best',
			...series.flatMap(({ name }) => {
				const short = name.split(',', 1)[0]!;
				return [`${short}: Spearman`, `${short}: minimum off by`];
			}),
			...GAPS.map((gap) => `in order, gap ${gap.name}`),
		],
		rows: methods.map((own, row) => {
			const figures = own.planes.map((blurriness, i) => seriesFigures(distances[i]!, blurriness));
			return [
				{ text: own.method },
				intervalCell(means[row]!, row === best, END_DIGITS),
				row === best ? { text: '' } : numberCell(differencePValue(own, methods[best]!, distances)),
				...figures.flatMap(({ spearman, minimumOff }) => [numberCell(spearman), numberCell(minimumOff, false, 0)]),
				...GAPS.map((_, gap) => numberCell(shareInOrder(figures.map(({ pairs }) => pairs[gap]!)))),
			];
		}),
	};
}

const PLANE_DRAWS = 1000;
/** Of the ends of intervals: so few fields say no more. */
const END_DIGITS = 2;

/** The mean over series, of planes given by their places in all series together. */
function meanOverSeries({ planes }: MethodOnRealDefocus, distances: readonly (readonly number[])[]): Statistic {
	const places = distances.flatMap((own, series) => own.map((distance, plane) => ({ series, distance, plane })));
	return (at) => {
		const chosen = at.map((i) => places[i]!);
		const values = distances.map((_, series) => {
			const own = chosen.filter((place) => place.series === series);
			const away = own.map(({ distance }) => distance);
			if (new Set(away).size < 2) return Number.NaN;
			const rho = spearman(
				own.map(({ plane }) => planes[series]![plane]!),
				away,
			);
			// The same score for every plane is no order, not an unknown one.
			return Number.isNaN(rho) ? 0 : rho;
		});
		return meanOf(values.filter((value) => !Number.isNaN(value)));
	};
}

function meanSpearman(method: MethodOnRealDefocus, distances: readonly (readonly number[])[]): Interval {
	const groups = distances.flat().map((_, i) => i);
	return groupedBootstrap(meanOverSeries(method, distances), { groups, draws: PLANE_DRAWS });
}

function differencePValue(
	own: MethodOnRealDefocus,
	best: MethodOnRealDefocus,
	distances: readonly (readonly number[])[],
): number {
	const groups = distances.flat().map((_, i) => i);
	const statistics = [own, best].map((method) => meanOverSeries(method, distances));
	return pairedBootstrap(statistics[0]!, statistics[1]!, { groups, draws: PLANE_DRAWS }).pValue;
}

function shareInOrder(pairs: readonly { readonly right: number; readonly of: number }[]): number {
	const sum = (of: (own: (typeof pairs)[number]) => number): number => pairs.reduce((total, own) => total + of(own), 0);
	return sum(({ right }) => right) / sum(({ of }) => of);
}

/** A row a method: real defocus of some tissue against sharp tissue of another. */
export function acrossTable(methods: readonly MethodOnRealDefocus[], crops: readonly RealCrop[]): Table {
	const sides = [
		{ name: 'held-out collections', sharp: indicesWhere(crops, ({ blurry, heldOut }) => blurry === 0 && heldOut) },
		{ name: 'all collections', sharp: indicesWhere(crops, ({ blurry }) => blurry === 0) },
	];
	const blurred = indicesWhere(crops, ({ blurry }) => blurry === 1);
	const figures = methods.map(({ crops: scores }) =>
		sides.map(({ sharp }) => ({
			auc: overGroups(crops, scores, sharp, blurred, (positive, negative) => rocAuc(positive, negative)),
			alarms: overGroups(crops, scores, sharp, blurred, (positive, negative) =>
				falseAlarmRateAtRecall(negative, positive, 0.9),
			),
		})),
	);
	const bestAuc = sides.map((_, side) =>
		Math.max(...figures.map((own) => own[side]!.auc.value).filter(Number.isFinite)),
	);
	const bestAlarms = sides.map((_, side) =>
		Math.min(...figures.map((own) => own[side]!.alarms.value).filter(Number.isFinite)),
	);
	const groups = (indices: readonly number[]): number => new Set(indices.map((i) => crops[i]!.group)).size;
	return {
		id: 'across',
		title: 'Real defocus against sharp tissue',
		notes: [
			`Crops of ${CROP_SIDE_PX} px: ${blurred.length} of real defocus (${groups(blurred)} fields: the outer half of each series, and single fields that are out of focus), against sharp tissue: ${sides.map(({ name, sharp }) => `${sharp.length} crops of ${groups(sharp)} slides of ${name}`).join(', ')}. Collections that are not held out were trained on by the shipped models. False alarms: share of sharp crops above the threshold that finds 90 % of the blurred ones. In brackets the 95 % interval over fields and slides drawn again; with so few blurred fields it is wide.`,
		],
		columns: ['method', ...sides.flatMap(({ name }) => [`ROC-AUC, ${name}`, `false alarms, ${name}`]), 'undefined'],
		rows: methods.map(({ method, crops: scores }, row) => [
			{ text: method },
			...figures[row]!.flatMap(({ auc, alarms }, side) => [
				intervalCell(auc, auc.value === bestAuc[side], END_DIGITS),
				intervalCell(alarms, alarms.value === bestAlarms[side], END_DIGITS),
			]),
			{ text: String(scores.filter(Number.isNaN).length || '') },
		]),
	};
}

/** A figure of blurred against sharp crops, over groups of both drawn again; undefined scores are left out. */
function overGroups(
	crops: readonly RealCrop[],
	scores: Float64Array,
	sharp: readonly number[],
	blurred: readonly number[],
	figure: (positive: number[], negative: number[]) => number,
): Interval {
	const asked = [...sharp, ...blurred].filter((i) => !Number.isNaN(scores[i]));
	return groupedBootstrap(
		(at) => {
			const of = (blurry: 0 | 1): number[] =>
				at.flatMap((i) => (crops[asked[i]!]!.blurry === blurry ? [scores[asked[i]!]!] : []));
			return figure(of(1), of(0));
		},
		{ groups: asked.map((i) => crops[i]!.group), draws: 500 },
	);
}

/** A row a tissue: what the operator would be told. */
export function assessedTable(assessed: readonly AssessedPicture[], model: string): Table {
	const rows = [...byTissue(assessed)].map(([tissue, own]): Cell[] => rowOf(tissue, own));
	return {
		id: 'sharp-tissue',
		title: 'False alarms on sharp tissue, by the preset routine',
		notes: [
			`${model}; every picture is assessed as a slide is. False alarm: an assessable place that is called clearly out of focus. Pixel sizes are those that the collections state; where they state none, 0.35 µm is assumed, and micrometres mean little.`,
		],
		columns: [
			...['tissue', 'pictures', 'assessable places', 'clear: false alarms', 'slight or more'],
			...['median, µm', '95 % below, µm', '99 % below, µm', 'too little texture', 'pen', 'background'],
		],
		rows: [...rows, rowOf('all', assessed)],
	};
}

/** A row an artefact: it must not read as sharp or as blurry without a flag. */
export function artefactTable(assessed: readonly AssessedPicture[], model: string): Table {
	return {
		id: 'artefacts',
		title: 'Pen, glass and folds',
		notes: [`${model}; what became of the places of each picture.`],
		columns: [
			'picture',
			'places',
			'assessable',
			'called blurry',
			'median, µm',
			'too little texture',
			'pen',
			'background',
		],
		rows: assessed.map((own): Cell[] => {
			const places = own.assessable + own.littleTexture + own.penMark + own.background;
			return [
				{ text: own.entry.file.slice(own.entry.file.lastIndexOf('/') + 1) },
				...[places, own.assessable, own.alarms].map((value) => numberCell(value, false, 0)),
				numberCell(quantile(own.valuesUm.toSorted(), 0.5), false, 2),
				...[own.littleTexture, own.penMark, own.background].map((value) => numberCell(value, false, 0)),
			];
		}),
	};
}

function rowOf(tissue: string, own: readonly AssessedPicture[]): Cell[] {
	const sum = (of: (each: AssessedPicture) => number): number => own.reduce((total, each) => total + of(each), 0);
	const assessable = sum((each) => each.assessable);
	const values = Float32Array.from(own.flatMap(({ valuesUm }) => [...valuesUm])).sort();
	const share = (places: number): Cell =>
		assessable === 0
			? { text: '–' }
			: { text: `${((100 * places) / assessable).toFixed(1)} % (${places})`, value: places / assessable };
	const elsewhere = (['littleTexture', 'penMark', 'background'] as const).map((which) => sum((each) => each[which]));
	return [
		{ text: tissue },
		numberCell(own.length, false, 0),
		numberCell(assessable, false, 0),
		share(sum((each) => each.alarms)),
		share(sum((each) => each.slight)),
		...[0.5, 0.95, 0.99].map((part) => numberCell(quantile(values, part), false, 2)),
		...elsewhere.map((places) => numberCell(places, false, 0)),
	];
}

function indicesWhere(crops: readonly RealCrop[], which: (crop: RealCrop) => boolean): number[] {
	return crops.flatMap((crop, i) => (which(crop) ? [i] : []));
}

function meanOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
