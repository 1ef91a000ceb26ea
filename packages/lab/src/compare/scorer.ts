/**
 * Methods that score a picture as they are: formulas, and models that were trained elsewhere.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import {
	ArgumentError,
	type FocusModel,
	gpc,
	hvsMaxPol1,
	hvsMaxPol2,
	listShippedModels,
	looksLikeSafetensors,
	METRICS,
	nearestName,
	type RgbImage,
	readSafetensors,
	sha256,
	syntheticMaxPol,
} from '@parfocal/core';
import { resolveModel } from '@parfocal/node';
import { lumaPlane } from '../data/source-image.ts';
import { openNodeEngine } from '../engine/runtime/node-engine.ts';
import { laplacianVariance } from '../evaluate/laplacian-variance.ts';
import { isNetworkFile, type NetworkFile, readNetworkFile } from '../networks/model-file.ts';
import { parameterSpecs } from '../networks/network.ts';
import { learnedCount } from '../networks/parameters.ts';
import { networkNamed } from '../networks/registry.ts';
import { createNetworkModel } from '../use/network-model.ts';
import { listShippedNetworks, loadShippedNetwork, type ShippedNetwork } from '../use/shipped-networks.ts';

/** Where a method comes from. */
export type Family = 'baseline' | 'knowledge-based' | 'shipped' | 'regression' | 'ordinal' | 'file';

/** A method that needs no training on the data at hand. */
export interface Scorer {
	/** As a user types it. */
	readonly name: string;
	/** As papers write it. */
	readonly title: string;
	readonly family: Family;
	readonly higherMeans: 'sharper' | 'blurrier';
	/** Trained numbers; 0 for a formula. */
	readonly parameters: number;
	/** The raw score of a picture under the method's own direction; NaN where the method is undefined. */
	score(image: RgbImage): number | Promise<number>;
}

/** Variants of the formulas, beside those that the papers' tables have. */
const VARIANTS: readonly Omit<Scorer, 'family' | 'parameters'>[] = [
	{
		name: 'gpc-si',
		title: 'GPC (SI)',
		higherMeans: 'sharper',
		score: (image) => gpc(image, { variant: 'si' }),
	},
	{
		name: 'hvs-maxpol-1-synthetic',
		title: 'HVS-MaxPol-1, synthetic',
		higherMeans: 'sharper',
		score: (image) => hvsMaxPol1(image, 'synthetic'),
	},
	{
		name: 'hvs-maxpol-2-synthetic',
		title: 'HVS-MaxPol-2, synthetic',
		higherMeans: 'sharper',
		score: (image) => hvsMaxPol2(image, 'synthetic'),
	},
	{
		name: 'synthetic-maxpol-before',
		title: 'Synthetic-MaxPol, centre before',
		higherMeans: 'blurrier',
		score: (image) => syntheticMaxPol(image, { centre: 'before' }),
	},
];

const FORMULAS: readonly Scorer[] = [
	{
		name: 'laplacian-variance',
		title: 'Variance of Laplacian',
		family: 'baseline',
		higherMeans: 'sharper',
		parameters: 0,
		score: (image) => laplacianVariance(lumaPlane(image), image.widthPx),
	},
	...METRICS.map(
		({ name, title, higherMeans, score }): Scorer => ({
			name,
			title,
			family: 'knowledge-based',
			higherMeans,
			parameters: 0,
			score,
		}),
	),
	...VARIANTS.map((variant): Scorer => ({ ...variant, family: 'knowledge-based', parameters: 0 })),
];

/** Names of formulas: the baseline, the metrics in the order of tables, their variants. */
export const FORMULA_NAMES: readonly string[] = FORMULAS.map(({ name }) => name);

/** Names of all methods that need no training: formulas, and the models that come with the library. */
export const SCORER_NAMES: readonly string[] = [...FORMULA_NAMES, ...listShippedModels(), ...listShippedNetworks()];

/**
 * Opens a method by name, or a file of weights: FocusLiteNN's or a network's.
 * @throws {ArgumentError} when there is no method of that name
 * @throws {ReadError | FormatError | ModelError} when a file cannot be used
 * @example
 * ```ts
 * const { score, higherMeans } = await openScorer('mlv');
 * ```
 */
export async function openScorer(nameOrFile: string): Promise<Scorer> {
	const formula = FORMULAS.find(({ name }) => name === nameOrFile);
	if (formula) return formula;
	const isShipped = [...listShippedModels(), ...listShippedNetworks()].includes(nameOrFile);
	if (!isShipped && extname(nameOrFile) === '') {
		const meant = nearestName(nameOrFile, SCORER_NAMES);
		const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
		throw new ArgumentError('methods', `There is no method '${nameOrFile}'.${hint}`);
	}
	const { model, parameters } = await openModel(nameOrFile);
	const { higherMeans, windowPx } = model;
	return {
		name: isShipped ? nameOrFile : model.name,
		title: isShipped ? nameOrFile : model.name,
		family: isShipped ? 'shipped' : 'file',
		higherMeans,
		parameters,
		score: async (image) =>
			Math.min(image.widthPx, image.heightPx) < windowPx ? Number.NaN : (await model.scoreWindows(image)).score,
	};
}

async function openModel(nameOrFile: string): Promise<{ model: FocusModel; parameters: number }> {
	const network = await networkNamedOrIn(nameOrFile);
	if (network) {
		const engine = await openNodeEngine('cpu', { threads: 1 });
		const model = await createNetworkModel(network.file, engine, { ...network, batch: 1 });
		return { model, parameters: parameterCount(network.file) };
	}
	const model = await resolveModel(nameOrFile);
	const { definition } = model;
	if (definition.kind !== 'focuslitenn') return { model, parameters: Number.NaN };
	const { convWeight, convBias, head } = definition;
	const inHead = head.reduce((sum, { weight, bias }) => sum + weight.length + bias.length, 0);
	return { model, parameters: convWeight.length + convBias.length + inHead };
}

function parameterCount({ description }: NetworkFile): number {
	const { network, head, outputs, inputPx } = description;
	return learnedCount(parameterSpecs(networkNamed(network), head, outputs, inputPx));
}

/** A network that ships, or the one in a file; undefined when it is another model's. */
async function networkNamedOrIn(nameOrFile: string): Promise<ShippedNetwork | undefined> {
	if (listShippedNetworks().includes(nameOrFile)) return loadShippedNetwork(nameOrFile);
	if (extname(nameOrFile) !== '.safetensors') return undefined;
	const bytes = new Uint8Array(await readFile(nameOrFile));
	if (!looksLikeSafetensors(bytes) || !isNetworkFile(readSafetensors(bytes).metadata)) return undefined;
	const name = basename(nameOrFile, '.safetensors');
	return { name, file: readNetworkFile(bytes, nameOrFile), sha256: await sha256(bytes) };
}

/** A raw score turned so that higher is blurrier. */
export function blurrinessOf(score: number, { higherMeans }: Pick<Scorer, 'higherMeans'>): number {
	return higherMeans === 'blurrier' ? score : -score;
}
