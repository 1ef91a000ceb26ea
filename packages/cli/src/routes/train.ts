/**
 * `parfocal train`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { TrainFlags } from '../commands/train.ts';
import type { Context } from '../context.ts';
import { integerBetween, numberBetween, text } from '../flags.ts';

const NUMBER = { kind: 'parsed', placeholder: 'N', optional: true } as const;
const NAME = { kind: 'parsed', parse: text, placeholder: 'NAME', optional: true } as const;

/** The route of `parfocal train`. */
export const trainRoute: Command<Context> = buildCommand<TrainFlags, [], Context>({
	loader: () => import('../commands/train.ts'),
	parameters: {
		flags: {
			network: { ...NAME, brief: 'What to train; a wrong name lists the right ones' },
			loss: { ...NAME, brief: 'What to minimise; a wrong name lists the right ones [default = as published]' },
			data: { ...NAME, placeholder: 'PATH', brief: 'Data set: its folder, or a list path,label,group' },
			out: { ...NAME, placeholder: 'DIR', brief: 'Folder to write to [default = NETWORK-LOSS]' },
			resume: { kind: 'boolean', brief: 'Go on with what lies in the folder', default: false, withNegated: false },
			split: {
				kind: 'enum',
				values: ['slide', 'position', 'patch', 'listed'],
				brief: 'What stays together [default = slide; the papers: patch, which flatters]',
				optional: true,
			},
			classes: {
				...NUMBER,
				parse: integerBetween(2, 1000),
				brief: 'Classes to tell apart; blurrier ones count as the last',
			},
			head: {
				kind: 'enum',
				values: ['gap', 'flatten', 'classifier'],
				brief: "Ordinal head on means or on the flattened map, or the network's own [default = by network]",
				optional: true,
			},
			weights: {
				...NAME,
				placeholder: 'FILE',
				brief: 'Start from: torchvision .pth, safetensors; a head that does not fit starts anew',
			},
			freeze: {
				kind: 'enum',
				values: ['backbone'],
				brief: 'Only the head learns, from features taken once',
				optional: true,
			},
			epochs: { ...NUMBER, parse: integerBetween(1, 100_000), brief: 'Times through the data [default = by network]' },
			batch: { ...NUMBER, parse: integerBetween(1, 4096), brief: 'Patches a step [default = by network]' },
			accumulate: { ...NUMBER, parse: integerBetween(1, 4096), brief: 'Take a step in N parts, to need less memory' },
			lr: { ...NUMBER, parse: numberBetween(1e-9, 10), brief: 'Learning rate of Adam [default = by network]' },
			schedule: {
				...NAME,
				parse: scheduleFlag,
				placeholder: 'KIND',
				brief: 'constant, step:EPOCHS:FACTOR, plateau, plateau:validation [default = by network]',
			},
			patience: {
				...NUMBER,
				parse: integerBetween(0, 100_000),
				brief: 'Stop after N epochs without a better validation figure; 0 never does',
			},
			inputPx: {
				...NUMBER,
				parse: integerBetween(16, 4096),
				brief: 'Side of what the network sees [default = by network]',
			},
			resampler: {
				kind: 'enum',
				values: ['none', 'bilinear', 'bilinear-antialias', 'box'],
				brief: 'How whole pictures become that size; none: crops of the pixels as stored [default = by network]',
				optional: true,
			},
			augment: {
				kind: 'enum',
				values: ['none', 'flips', 'papers'],
				brief: 'Flips and quarter turns, or what the papers did [default = flips]',
				optional: true,
			},
			classWeights: {
				kind: 'enum',
				values: ['none', 'inverse-frequency', 'effective-number'],
				brief: 'Count rare classes more [default = none]',
				optional: true,
			},
			lambda: {
				...NUMBER,
				parse: numberBetween(0, 1e6),
				brief: 'Weight of the penalty, for co, co2, ho2, wasserstein',
			},
			search: {
				kind: 'enum',
				values: ['lambda'],
				brief: 'Search lambda first, by nested cross-validation',
				optional: true,
			},
			grid: {
				...NAME,
				parse: gridFlag,
				placeholder: 'A,B,…',
				brief: 'Lambdas to search [default = 0.001 to 1000 in tens]',
			},
			folds: { ...NUMBER, parse: integerBetween(2, 20), brief: 'Folds of that search [default = 5]' },
			seed: {
				...NUMBER,
				parse: integerBetween(0, 2 ** 31 - 1),
				brief: 'Same data, same seed, same numbers [default = 1]',
			},
			threads: { ...NUMBER, parse: integerBetween(1, 256), brief: 'Threads of the engine [default = 1]' },
			device: {
				kind: 'enum',
				values: ['cpu', 'webgpu', 'wasm'],
				brief: 'Where to train [default = cpu]',
				optional: true,
			},
			mpp: {
				...NUMBER,
				parse: numberBetween(0.05, 20, ' µm per pixel'),
				brief: 'Micrometres per pixel of the data, for the card',
			},
			licence: { ...NAME, placeholder: 'TEXT', brief: 'Licence of the weights, for the card' },
			json: { kind: 'boolean', brief: 'One JSON object at the end', default: false, withNegated: false },
			quiet: { kind: 'boolean', brief: 'Only errors', default: false, withNegated: false },
		},
		aliases: { o: 'out' },
		positional: { kind: 'tuple', parameters: [] },
	},
	docs: {
		brief: 'Train a network on patches',
		fullDescription: [
			'Trains FocusLiteNN, or any network that the papers compare, with any of their losses, on your patches or a',
			'published set. Writes model.safetensors, card.md, curve.svg, log.csv and a checkpoint to go on from.',
			'',
			'  parfocal train --network focuslitenn --data FocusPath/ --split slide',
			'  parfocal train --network mobilenet_v2 --loss oe --weights mobilenet_v2.pth --data FocusPath/ --epochs 20',
			'  parfocal train --network squeezenet1_0 --loss co2 --search lambda --weights s.pth --freeze backbone --data d/',
			'  parfocal train --resume --out mobilenet_v2-oe',
			'',
			'Exit codes: 0 trained, 2 cannot be trained so (flags, names, split, memory, divergence), 4 data or weights cannot',
			'be read, 5 results cannot be written, 130 interrupted: the state was kept, go on with --resume.',
		].join('\n'),
	},
});

/** A schedule of the learning rate: plain data, as `@parfocal/lab` takes it. */
export type ScheduleFlag = NonNullable<TrainFlags['schedule']>;

/** `constant`, `step`, `step:60`, `step:60:0.1`, `plateau`, `plateau:validation`. */
export function scheduleFlag(input: string): ScheduleFlag {
	if (input === 'constant') return { kind: 'constant' };
	if (input === 'plateau' || input === 'plateau:train' || input === 'plateau:validation') {
		const watch = input === 'plateau:validation' ? 'validation' : 'train';
		return { kind: 'plateau', factor: 0.1, patience: 10, threshold: 1e-4, watch };
	}
	const [kind, every = '60', factor = '0.1', ...rest] = input.split(':');
	const step = { everyEpochs: Number(every), factor: Number(factor) };
	const sound = Number.isInteger(step.everyEpochs) && step.everyEpochs > 0 && step.factor > 0 && step.factor < 1;
	if (kind === 'step' && sound && rest.length === 0) return { kind, ...step };
	throw new RangeError('give constant, step:EPOCHS:FACTOR (step:60:0.1), plateau or plateau:validation');
}

/** `0.01,1,100`. */
export function gridFlag(input: string): number[] {
	const numbers = input.split(',').map(Number);
	const sound = numbers.every((number) => Number.isFinite(number) && number >= 0);
	if (input.trim() === '' || !sound) throw new RangeError('give numbers from 0 with commas between, as in 0.01,1,100');
	return numbers;
}
