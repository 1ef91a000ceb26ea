/**
 * The knowledge-based metrics by name: what a user can ask for, with direction, unit and source.
 * @module
 */
import { ArgumentError } from '../errors.ts';
import { nearestName } from '../focus/nearest-name.ts';
import type { RgbImage } from '../image/pixels.ts';
import { fqPath } from './fqpath/fqpath.ts';
import { gpc } from './gpc/gpc.ts';
import { hvsMaxPol1, hvsMaxPol2 } from './hvs-maxpol/hvs-maxpol.ts';
import { lpcSi } from './lpc-si/lpc-si.ts';
import { mlv } from './mlv/mlv.ts';
import type { SparseDictionary } from './sparish/dictionary.ts';
import { sparish } from './sparish/sparish.ts';
import { syntheticMaxPol } from './synthetic-maxpol/synthetic-maxpol.ts';

/** A metric that needs no training: a formula on the pixels of a whole picture. */
export interface Metric {
	/** As a user types it. */
	readonly name: string;
	/** As papers write it. */
	readonly title: string;
	readonly higherMeans: 'sharper' | 'blurrier';
	/** What it looks at, in half a sentence. */
	readonly looksAt: string;
	/** The paper, one line. */
	readonly source: string;
	/** The score of a picture; NaN where the method is undefined. */
	score(image: RgbImage): number;
}

/** All metrics, in the order of tables. */
export const METRICS: readonly Metric[] = [
	{
		name: 'mlv',
		title: 'MLV',
		higherMeans: 'sharper',
		looksAt: 'the 1,000 steepest differences between neighbouring pixels',
		source: 'Bahrami, Kot, IEEE Signal Processing Letters 21(6), 2014',
		score: mlv,
	},
	{
		name: 'gpc',
		title: 'GPC (S-index)',
		higherMeans: 'sharper',
		looksAt: 'how improbable the total variation would be with random phases',
		source: 'Leclaire, Moisan, Journal of Mathematical Imaging and Vision 52(1), 2015',
		score: (image) => gpc(image),
	},
	{
		name: 'lpc-si',
		title: 'LPC-SI',
		higherMeans: 'sharper',
		looksAt: 'how well the phases of fine and coarse wavelets agree along edges',
		source: 'Hassen, Wang, Salama, IEEE Transactions on Image Processing 22(7), 2013',
		score: lpcSi,
	},
	{
		name: 'fqpath',
		title: 'FQPath',
		higherMeans: 'blurrier',
		looksAt: 'the fourth moment of the strongest responses of an inverse-blur filter after smoothing',
		source: 'Hosseini et al., IEEE Transactions on Medical Imaging 39(1), 2020',
		score: (image) => fqPath(image),
	},
	{
		name: 'hvs-maxpol-1',
		title: 'HVS-MaxPol-1',
		higherMeans: 'sharper',
		looksAt: "the sixth moment of the strongest responses of a filter shaped like the eye's sensitivity",
		source: 'Hosseini, Zhang, Plataniotis, IEEE Transactions on Image Processing 28(9), 2019',
		score: (image) => hvsMaxPol1(image),
	},
	{
		name: 'hvs-maxpol-2',
		title: 'HVS-MaxPol-2',
		higherMeans: 'sharper',
		looksAt: 'moments of the strongest responses of two such filters, weighted',
		source: 'Hosseini, Zhang, Plataniotis, IEEE Transactions on Image Processing 28(9), 2019',
		score: (image) => hvsMaxPol2(image),
	},
	{
		name: 'synthetic-maxpol',
		title: 'Synthetic-MaxPol',
		higherMeans: 'blurrier',
		looksAt: 'the 72nd moment of the strongest first derivatives and the eighth of the third',
		source: 'Hosseini, Plataniotis, ICIP 2018',
		score: (image) => syntheticMaxPol(image),
	},
	{
		name: 'sparish',
		title: 'SPARISH',
		higherMeans: 'sharper',
		looksAt: 'how much energy the gradients of textured 8 x 8 blocks have in a sparse code, per variance',
		source: 'Li et al., IEEE Transactions on Multimedia 18(6), 2016',
		score: (image) => sparish(image),
	},
];

/** Names of all metrics, in the order of tables. */
export function metricNames(): string[] {
	return METRICS.map(({ name }) => name);
}

/**
 * The metric of that name.
 * @throws {ArgumentError} when there is none; the message lists those there are.
 * @example
 * ```ts
 * const { score, higherMeans } = metricNamed('fqpath');
 * ```
 */
export function metricNamed(name: string): Metric {
	const metric = METRICS.find((each) => each.name === name);
	if (metric) return metric;
	const meant = nearestName(name, metricNames());
	const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
	throw new ArgumentError('method', `There is no metric '${name}'; there are ${metricNames().join(', ')}.${hint}`);
}

/**
 * A metric that uses a dictionary of its own; the metric itself when there is none.
 * @throws {ArgumentError} when it uses none
 */
export function withDictionary(metric: Metric, dictionary: SparseDictionary | undefined): Metric {
	if (!dictionary) return metric;
	if (metric.name === 'sparish') return { ...metric, score: (image) => sparish(image, { dictionary }) };
	throw new ArgumentError('dictionary', `A dictionary belongs to sparish; ${metric.name} uses none.`);
}
