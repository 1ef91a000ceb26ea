/**
 * `parfocal train`.
 * @module
 */
import { join, resolve } from 'node:path';
import type { FitEvent, Schedule, TrainedNetwork, TrainingSettings } from '@parfocal/lab';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { createProgress, formatDuration } from '../progress.ts';
import { formatTable } from '../table.ts';

/** Flags of `parfocal train`. */
export interface TrainFlags {
	readonly network?: string;
	readonly loss?: string;
	readonly data?: string;
	readonly out?: string;
	readonly resume: boolean;
	readonly split?: TrainingSettings['split'];
	readonly classes?: number;
	readonly head?: TrainingSettings['head'];
	readonly weights?: string;
	readonly freeze?: 'backbone';
	readonly epochs?: number;
	readonly batch?: number;
	readonly accumulate?: number;
	readonly lr?: number;
	readonly schedule?: Schedule;
	readonly patience?: number;
	readonly inputPx?: number;
	readonly resampler?: TrainingSettings['resampler'];
	readonly augment?: 'none' | 'flips' | 'papers';
	readonly classWeights?: TrainingSettings['classWeights'];
	readonly lambda?: number;
	readonly search?: 'lambda';
	readonly grid?: readonly number[];
	readonly folds?: number;
	readonly seed?: number;
	readonly threads?: number;
	readonly device?: TrainingSettings['device'];
	readonly mpp?: number;
	readonly licence?: string;
	readonly json: boolean;
	readonly quiet: boolean;
}

/** Trains a network into a folder. */
export default async function train(this: Context, flags: TrainFlags): Promise<void> {
	const { ArgumentError } = await import('@parfocal/core');
	const lab = await import('@parfocal/lab');
	const { stdout, stderr } = this.process;
	const { network, resume, data, search, grid, folds, mpp, licence, quiet, json } = flags;
	if (network === undefined && !resume) {
		throw new ArgumentError('network', `Say which to train, with --network: ${lab.NETWORK_NAMES.join(', ')}.`);
	}
	const given = settingsOf(flags, this.cwd, lab);
	const out = flags.out ?? defaultFolder(given, lab);
	if (out === undefined) throw new ArgumentError('out', 'Say which folder to go on in, with --out.');
	const started = performance.now();
	const follow = follower(this, flags, network ?? out);
	try {
		const trained = await lab.trainToFolder({
			folder: resolve(this.cwd, out),
			data: data === undefined ? undefined : resolve(this.cwd, data),
			given,
			resume,
			search: search && { ...(grid && { lambdas: grid }), ...(folds !== undefined && { folds }) },
			facts: { ...(mpp !== undefined && { mppUm: mpp }), ...(licence !== undefined && { licence }) },
			onEvent: follow.event,
			signal: this.signal,
		});
		follow.clear();
		if (json) stdout.write(`${JSON.stringify(summary(out, trained))}\n`);
		else if (!quiet) stdout.write(inWords(out, trained, lab.TRAINING_FILES, performance.now() - started));
	} catch (error) {
		follow.clear();
		if (!this.signal.aborted) throw error;
		stderr.write(`parfocal: stopped; go on with parfocal train --resume --out ${out}\n`);
		this.process.exitCode = EXIT.interrupted;
	}
}

type Lab = typeof import('@parfocal/lab');

/** What the flags say of settings; what they do not say is left to the lab. */
function settingsOf(flags: TrainFlags, cwd: string, lab: Lab): Partial<TrainingSettings> {
	const { network, loss, split, classes, head, freeze, epochs, batch, accumulate, schedule, patience } = flags;
	const { inputPx, resampler, classWeights, lambda, seed, threads, device, lr, weights, augment } = flags;
	const given: Partial<Record<keyof TrainingSettings, unknown>> = {
		...{ network, loss, split, classes, head, freeze, epochs, batch, accumulate, schedule, patience },
		...{ inputPx, resampler, classWeights, lambda, seed, threads, device },
		learningRate: lr,
		weights: weights === undefined ? undefined : resolve(cwd, weights),
		augmentation:
			augment && { none: lab.NO_AUGMENTATION, flips: lab.FLIPS_AND_TURNS, papers: lab.PAPERS_AUGMENTATION }[augment],
	};
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function defaultFolder(
	{ network, loss }: Partial<TrainingSettings>,
	{ networkNamed, protocolOf }: Lab,
): string | undefined {
	return network === undefined ? undefined : `${network}-${loss ?? protocolOf(networkNamed(network)).loss}`;
}

/** Says what happens while it happens: a line an epoch, and what is going on where somebody watches. */
function follower(
	{ process: { stdout, stderr } }: Context,
	{ quiet, json }: TrainFlags,
	label: string,
): { event: (event: FitEvent) => void; clear: () => void } {
	const progress = createProgress(stderr, !quiet);
	let begun: number | undefined;
	let figure = '';
	return {
		clear: progress.clear,
		event(event) {
			if (event.kind === 'features') {
				if (event.done === 1) progress.start('features of the backbone');
				progress.update(event.done, event.total);
				return;
			}
			if (event.kind === 'step') {
				const { epoch, epochs, batch, batches, loss, msPerStep } = event;
				const done = (epoch - 1) * batches + batch;
				if (begun === undefined) progress.start(label);
				begun ??= done - 1;
				const words = `epoch ${epoch}/${epochs} loss ${loss.toPrecision(4)}${figure} ${msPerStep.toFixed(1)} ms/step`;
				progress.update(done - begun, epochs * batches - begun, words);
				return;
			}
			progress.clear();
			if (quiet) return;
			if (event.kind === 'note') {
				stderr.write(`${event.text}\n`);
				return;
			}
			const { epoch, trainingLoss, validation, learningRate, msPerStep } = event.row;
			figure = validation ? ` ${figuresInWords(validation)}` : '';
			const line = `epoch ${epoch}  loss ${trainingLoss.toPrecision(5)}${figure && ` ${figure}`}  lr ${learningRate}  ${msPerStep.toFixed(1)} ms/step`;
			(json ? stderr : stdout).write(`${line}\n`);
		},
	};
}

type Figures = NonNullable<TrainedNetwork['test']>;

function figuresInWords({ srcc, plcc, accuracy, mae, tauB }: Figures): string {
	const digits = (value: number | null | undefined): string => value?.toFixed(4) ?? 'undefined';
	if (accuracy === undefined) return `SRCC ${digits(srcc)} PLCC ${digits(plcc)}`;
	return `accuracy ${(100 * accuracy).toFixed(1)} % MAE ${digits(mae)} tau-b ${digits(tauB)}`;
}

function summary(out: string, { settings, progress, validation, test, leak, search }: TrainedNetwork) {
	const { epochs, best } = progress;
	return {
		folder: out,
		settings,
		epochs,
		bestEpoch: best?.epoch ?? null,
		validation,
		test,
		leak: leak.sentence,
		search,
	};
}

function inWords(out: string, trained: TrainedNetwork, files: Lab['TRAINING_FILES'], ms: number): string {
	const { validation, test, progress, leak, search } = trained;
	const sides = [['validation', validation] as const, ['test', test] as const];
	const lambdas = search && [...new Set(search.trials.map(({ lambda }) => lambda))];
	return [
		...(lambdas
			? [
					formatTable([
						['lambda', 'mean accuracy'],
						...lambdas.map((lambda) => {
							const own = search!.trials.filter((trial) => trial.lambda === lambda);
							const mean = own.reduce((sum, { accuracy }) => sum + accuracy, 0) / own.length;
							return [`${lambda}${lambda === search!.lambda ? ' *' : ''}`, `${(100 * mean).toFixed(1)} %`];
						}),
					]),
				]
			: []),
		`${progress.epochs} epochs, ${formatDuration(ms)}${progress.best ? `; kept: epoch ${progress.best.epoch}` : ''}\n`,
		...sides.flatMap(([name, figures]) =>
			figures ? [`${name}: ${figuresInWords(figures)}, ${figures.patches} patches\n`] : [],
		),
		`${leak.sentence}\n`,
		`${join(out, files.model)}, ${files.card}, ${files.curve}, ${files.log}\n`,
	].join('');
}
