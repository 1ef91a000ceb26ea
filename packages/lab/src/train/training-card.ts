/**
 * The card of a trained network: all that somebody must know before believing its figures.
 * @module
 */
import { elementCount } from '@parfocal/core';
import { learnedCount } from '../networks/parameters.ts';
import { dataInWords, isSimulated } from './describe-network.ts';
import type { Figures } from './judge.ts';
import { scheduleInWords } from './schedule.ts';
import { meanAccuracy } from './search-lambda.ts';
import { isAugmented, type TrainingSettings } from './settings.ts';
import type { TrainedNetwork } from './train-network.ts';

/** The card as Markdown. */
export function trainingCard(trained: TrainedNetwork): string {
	const { settings, task, progress, leak, search } = trained;
	const simulated = isSimulated(task.set);
	const sections = [
		`# ${settings.network} with ${task.loss.name}`,
		...(simulated
			? ['**Trained and tested on simulated data.** The figures say how well it does there, not on slides.']
			: []),
		networkTable(trained),
		'## Data',
		dataSection(trained),
		'## Training',
		trainingTable(trained),
		...(search ? ['## Search of lambda', searchSection(trained)] : []),
		'## Figures',
		`${chosen(progress.best?.epoch, progress.epochs)} Patches are scored by ${settings.resampler === 'none' ? 'the mean answer over all windows that fit side by side' : 'one answer to the whole picture, made smaller'}.`,
		figuresTable(trained),
		`${leak.sentence} The validation side chose the epoch${settings.schedule.kind === 'plateau' && settings.schedule.watch === 'validation' ? ' and the learning rate' : ''}, so its figures flatter.`,
		'## Limits',
		[
			'- One training with one seed: differences to another training that are smaller than those between seeds mean nothing.',
			`- Pixels, stains and scanners other than those of the data were not seen${simulated ? '; neither was real defocus' : ''}.`,
			'- Patches without texture have no focus to be measured; keep them out by a tissue mask.',
		].join('\n'),
	];
	return `${sections.join('\n\n')}\n`;
}

function networkTable({ settings, task, description, start, tensors }: TrainedNetwork): string {
	const all = [...tensors.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
	const { target, lambda } = task.loss;
	return table(
		['', ''],
		[
			['Network', `${settings.network} (${task.network.source})`],
			['Loss', `${task.loss.name}${lambda === undefined ? '' : `, lambda ${lambda}`} (${task.loss.source})`],
			['Head', headInWords(settings)],
			['Answers', target === 'class' ? `${task.classes} ordered classes in ${task.outputs} numbers` : 'one value'],
			[
				'Output',
				`higher is blurrier; ${description.unit === 'zLevel' ? 'focal planes from the sharpest' : 'a score of its own scale'}`,
			],
			[
				'Parameters',
				`${learnedCount(task.specs).toLocaleString('en-US')} learned, ${all.toLocaleString('en-US')} numbers in all`,
			],
			['Start', start],
			['Licence of the weights', description.licence],
		],
	);
}

function dataSection({ task, leak, description }: TrainedNetwork): string {
	const { set, split } = task;
	const count = (indices: readonly number[]): string => `${indices.length} patches`;
	const classes = set.classes.map((name, label) => {
		const of = (indices: readonly number[]): string =>
			String(indices.filter((index) => set.patches[index]!.label === label).length);
		return [name, of(split.train), of(split.validation), of(split.test)];
	});
	return [
		`${capital(dataInWords(set))}${description.mppUm === undefined ? '' : `, ${description.mppUm} µm a pixel`}. Split by ${split.by}, seed ${split.seed}: ${count(split.train)} to train, ${count(split.validation)} to choose by, ${count(split.test)} to test.`,
		`**${leak.sentence}**`,
		table(['class', 'train', 'validation', 'test'], classes),
		set.notes.map((note) => `- ${note}`).join('\n'),
	].join('\n\n');
}

function trainingTable({ settings, progress, engine }: TrainedNetwork): string {
	const { resampler, inputPx, normalisation, batch, accumulate, epochs } = settings;
	const { mean, deviation } = normalisation;
	const steps = progress.history.map(({ msPerStep }) => msPerStep).toSorted((a, b) => a - b);
	const median = steps[Math.floor(steps.length / 2)];
	return table(
		['', ''],
		[
			[
				'Pictures',
				resampler === 'none'
					? `random crops of ${inputPx} px, pixels as stored`
					: `whole pictures made ${inputPx} px by ${resampler}`,
			],
			['Normalisation', `(value / 255 - [${mean.join(', ')}]) / [${deviation.join(', ')}]`],
			['Augmentation', augmentationInWords(settings)],
			['Batch', `${batch} patches${accumulate > 1 ? ` in ${accumulate} parts` : ''}`],
			['Epochs', `${progress.epochs} of ${epochs}${progress.epochs < epochs ? ', stopped early' : ''}`],
			['Adam, learning rate', `${settings.learningRate}, ${scheduleInWords(settings.schedule)}`],
			['Class weights', settings.classWeights],
			[
				'Frozen',
				settings.freeze === 'backbone' ? 'the backbone; only the head learned, from features taken once' : 'nothing',
			],
			['Seed', String(settings.seed)],
			['Engine', `${engine}, ${settings.threads === 1 ? 'one thread' : `${settings.threads} threads`}`],
			['Median step', median === undefined ? '' : `${median.toFixed(1)} ms`],
		],
	);
}

function searchSection({ search, settings }: TrainedNetwork): string {
	const { trials, folds, epochs, lambda } = search!;
	const lambdas = [...new Set(trials.map((trial) => trial.lambda))];
	const rows = lambdas.map((own) => [
		String(own),
		...trials.filter((trial) => trial.lambda === own).map(({ accuracy }) => percent(accuracy)),
		percent(meanAccuracy(trials, own)),
	]);
	const numbers = Array.from({ length: folds }, (_, fold) => `fold ${fold + 1}`);
	return [
		`The training side in ${folds} folds by ${settings.split === 'listed' ? 'slide' : settings.split}, ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'} each; accuracy of the fold that was left out. Taken: lambda ${lambda}.`,
		table(['lambda', ...numbers, 'mean'], rows),
	].join('\n\n');
}

function figuresTable({ validation, test }: TrainedNetwork): string {
	const sides = [
		['validation', validation],
		['test', test],
	] as const;
	const rows = sides.flatMap(([name, figures]) => (figures ? [[name, ...figureCells(figures)]] : []));
	const head = ['', 'patches', 'SRCC', 'PLCC', 'MAE', 'accuracy', 'balanced accuracy', 'at most one off', 'tau-b'];
	return table(head, rows);
}

function figureCells(figures: Figures): string[] {
	const { patches, srcc, plcc, mae, accuracy, balancedAccuracy, withinOne, tauB } = figures;
	const digits = (value: number | null | undefined): string =>
		value === undefined ? '' : value === null ? 'undefined' : value.toFixed(4);
	const share = (value: number | undefined): string => (value === undefined ? '' : percent(value));
	const correlations = [digits(srcc), digits(plcc), digits(mae)];
	const shares = [accuracy, balancedAccuracy, withinOne].map(share);
	return [String(patches), ...correlations, ...shares, digits(tauB)];
}

function chosen(best: number | undefined, epochs: number): string {
	return best === undefined
		? `The weights are those of the last epoch, ${epochs}: no side chose another.`
		: `The weights are those of epoch ${best} of ${epochs}, the best on the validation side.`;
}

function headInWords({ head }: TrainingSettings): string {
	if (head === 'classifier') return "the network's own";
	return `ordinal head (512, 256) on ${head === 'gap' ? 'the means of the map' : 'the flattened map'}`;
}

function augmentationInWords({ augmentation }: TrainingSettings): string {
	if (!isAugmented(augmentation)) return 'none';
	const { flips, quarterTurns, affine, saturation } = augmentation;
	return [
		...(flips ? ['flips'] : []),
		...(quarterTurns ? ['quarter turns'] : []),
		...(affine
			? [`turns by any angle, shifts and zoom (${affine.interpolation}; they change how blurred a patch is)`]
			: []),
		...(saturation ? [`saturation times ${saturation.join(' to ')}`] : []),
	].join(', ');
}

function percent(share: number): string {
	return `${(100 * share).toFixed(1)} %`;
}

function capital(words: string): string {
	return words.charAt(0).toUpperCase() + words.slice(1);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
