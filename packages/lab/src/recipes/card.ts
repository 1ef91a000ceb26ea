/**
 * The card of a model: what it is, what it was made from, how good it is, what it cannot do.
 * @module
 */
import type { FocusLiteNNDefinition } from '@parfocal/core';
import type { Dataset } from '../data/dataset.ts';
import type { ManifestEntry } from '../data/manifest.ts';
import { FIRST_TRAINING_SEED, PHANTOM_COLLECTION } from '../data/phantom-images.ts';
import { LARGEST_HALVING_GAIN, LARGEST_HALVING_GAIN_40X } from '../data/source-image.ts';
import { type AcrossContent, AUC_BLURS_PX } from '../evaluate/across-content.ts';
import type { PhantomResult } from '../evaluate/phantom-map.ts';
import type { RealDefocus } from '../evaluate/real-series.ts';
import type { FitResult } from './fit.ts';
import type { Recipe } from './recipes.ts';

/** All that a card tells. */
export interface CardFacts {
	readonly recipe: Recipe;
	readonly definition: FocusLiteNNDefinition;
	readonly sha256: string;
	readonly seed: number;
	readonly steps: number;
	readonly fit: FitResult;
	readonly data: Dataset;
	readonly validation: AcrossContent;
	readonly baseline: AcrossContent;
	readonly real?: RealDefocus;
	readonly phantoms: readonly { readonly seed: number; readonly result: PhantomResult }[];
}

/** The card as Markdown. */
export function modelCard(facts: CardFacts): string {
	const { recipe, definition, sha256, seed, steps, fit, data } = facts;
	const sections = [
		`# ${recipe.name}`,
		recipe.what,
		table(
			['', ''],
			[
				['Parameters', String(parameterCount(definition))],
				['Input', definition.planes === 'luma' ? 'luma (ITU-T T.871)' : 'RGB'],
				['Output', 'radius of the geometric blur circle in pixels of the scored image; higher is blurrier'],
				['Pixel sizes trained for', `${definition.mppRange?.join(' to ')} µm`],
				['Licence of the weights', definition.licence],
				['SHA-256', `\`${sha256}\``],
			],
		),
		'## How it was trained',
		`Sharp images were put out of focus by simulation: an incoherent, diffraction-limited optical transfer function with exact defocus phase (NA 0.7 to 0.8, 0.55 µm, air), relative to the one in focus, in linear light, 0 to 24 px of blur radius; before it stain strength and shade vary, after it brightness, sensor noise, sharpening (3 of 10) and JPEG at quality 70 to 95 (7 of 10, mostly 4:2:0). ${data.train.count} training crops of 235 px in ${data.train.sources.length} views; ${data.validation.count} validation crops in ${data.validation.sources.length} views, from other collections.`,
		`Loss: ${recipe.lossName}, on log(1 + blur radius). Adam, learning rate ${recipe.learningRate}, falling along a cosine over ${steps} steps of 32 crops; seed ${seed}. Of 20 looks at validation the best was kept: step ${fit.bestStep}. Raw scores are mapped to pixels by an isotonic fit on the validation crops.`,
		`Images whose Laplacian variance grows more than ${LARGEST_HALVING_GAIN}-fold (${LARGEST_HALVING_GAIN_40X}-fold at 0.3 µm a pixel and below) when halved are too soft for their size: they serve at the size at which they no longer are, or not at all. ${data.leftOut.length} images were left out by this rule, and every crop that is mostly glass or flat.`,
		'Reproduce, at the same seed to the byte on the same machine with the same versions (another CPU or JPEG library may differ in the last digits):',
		`\`\`\`\nnpm run train -- --model ${recipe.name} --seed ${seed}\n\`\`\``,
		'## Figures',
		'**On simulated defocus** of collections that training never saw (validation: they chose the step and the calibration, so they flatter somewhat):',
		acrossContentTable(facts),
		'AUC: sharp crops against crops of that blur, any tissue against any other. In 40x scans (0.25 µm a pixel) a blur radius below 2 px lies within the depth of field and is hardly visible, which bounds the first two columns.',
		...realSections(facts.real),
		...phantomSections(facts.phantoms),
		'## Limits',
		'- Trained and chosen on simulated defocus: one wavelength, a thin specimen, no aberrations. Real thick sections have detail at several depths.',
		'- Sharp images are taken as sharp; how soft their own optics are is unknown, so values below about 2 px are not told apart.',
		'- Beyond 24 px of blur radius the value stays at its highest.',
		'- Texture-free tissue, glass and pen marks give no meaningful value; the tissue mask must keep them out.',
		'- Smears and fluorescence are not what it was made for.',
		'## Data',
		'The images are not distributed. Used for training, by collection:',
		sourcesTable(data.entries.train),
		...drawnSection(data),
		'Held out for validation:',
		sourcesTable(data.entries.validation),
	];
	return `${sections.join('\n\n')}\n`;
}

function parameterCount({ convWeight, convBias, head }: FocusLiteNNDefinition): number {
	return (
		convWeight.length + convBias.length + head.reduce((n, layer) => n + layer.weight.length + layer.bias.length, 0)
	);
}

function acrossContentTable({ validation, baseline }: CardFacts): string {
	const row = (name: string, figures: AcrossContent, scored: boolean): string[] => [
		name,
		...[figures.spearman, figures.pairsInOrder, ...figures.auc].map(threeDigits),
		...(scored ? [`${figures.sharpMedian.toFixed(2)} / ${figures.sharp95.toFixed(2)} px`] : ['']),
	];
	return table(
		['', 'Spearman', 'same tissue in order', ...AUC_BLURS_PX.map((blur) => `AUC ${blur} px`), 'sharp: median / 95 %'],
		[row('this model', validation, true), row('variance of Laplacian', baseline, false)],
	);
}

function realSections(real: RealDefocus | undefined): string[] {
	if (!real) return [];
	return [
		'**On real focal series**, never trained on and never used to choose (Spearman between distance from focus and score):',
		table(
			['series', 'Spearman', 'scores from focus outwards, px'],
			real.series.map((each) => [
				each.name,
				threeDigits(each.spearman),
				each.score.map((score) => score.toFixed(1)).join(' '),
			]),
		),
		'Single real pictures out of focus, beside the sharp pictures of the held-out collections at their full size:',
		table(
			['picture', 'score, px'],
			[
				...real.outOfFocus.map(({ file, score }) => [file.slice(file.lastIndexOf('/') + 1), score.toFixed(2)]),
				['sharp pictures, quartiles', real.sharpQuartiles.map((score) => score.toFixed(2)).join(' / ')],
			],
		),
	];
}

function phantomSections(phantoms: CardFacts['phantoms']): string[] {
	if (phantoms.length === 0) return [];
	return [
		'**On phantom slides** of 8192 px (drawn, not scanned; seeds kept for testing; training saw drawn tissue of other seeds): map against the true field over textured tissue cells:',
		table(
			['seed', 'cells', 'Spearman', 'map / truth, µm, by class of true blur'],
			phantoms.map(({ seed, result }) => [
				String(seed),
				String(result.cells),
				threeDigits(result.spearman),
				result.byBlur.map((c) => `${c.meanDefocusUm.toFixed(2)}/${c.meanTruthUm.toFixed(2)}`).join(', '),
			]),
		),
	];
}

/** How much of the training is drawn rather than real. */
function drawnSection({ train }: Dataset): string[] {
	const drawn = train.sources.filter((source) => source.startsWith(PHANTOM_COLLECTION));
	if (drawn.length === 0) return [];
	const slides = new Set(drawn).size;
	return [
		`Beside them ${drawn.length} of the ${train.sources.length} training views are **drawn, not real**: tissue in focus from ${slides} phantom slides (seeds from ${FIRST_TRAINING_SEED}; no phantom that is tested on).`,
	];
}

function sourcesTable(entries: readonly ManifestEntry[]): string {
	const rows = new Map<string, { count: number; licence: string; attribution: string; stains: Set<string> }>();
	for (const entry of entries) {
		const key = `${entry.sourceRepo}|${entry.licence}`;
		const row = rows.get(key) ?? {
			count: 0,
			licence: entry.licence,
			attribution: entry.attribution,
			stains: new Set(),
		};
		row.count++;
		row.stains.add(`${entry.stain}, ${entry.organ}`);
		rows.set(key, row);
	}
	return table(
		['collection', 'images', 'stain, organ', 'licence', 'attribution'],
		[...rows].map(([key, row]) => [
			key.split('|')[0]!.replace('https://github.com/', ''),
			String(row.count),
			[...row.stains].join('; '),
			row.licence,
			row.attribution,
		]),
	);
}

function threeDigits(value: number): string {
	return Number.isNaN(value) ? 'undefined' : value.toFixed(3);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
