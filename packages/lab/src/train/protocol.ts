/**
 * What each network was trained with where it was published: what is done unless something else is asked for.
 * @module
 */
import { IMAGENET_STATISTICS, type Normalisation, UNIT_RANGE } from '../data/pixels/normalisation.ts';
import type { ResampleMethod } from '../data/pixels/resample.ts';
import type { HeadKind, Network } from '../networks/network.ts';
import { REDUCE_ON_PLATEAU, type Schedule, STEP_DECAY } from './schedule.ts';

/** Choices of a training. */
export interface Protocol {
	readonly loss: string;
	readonly head: HeadKind;
	readonly learningRate: number;
	/** Patches a step. */
	readonly batch: number;
	readonly epochs: number;
	readonly schedule: Schedule;
	readonly inputPx: number;
	/** How pictures get to `inputPx`; `none`: a random crop of the pixels as stored. */
	readonly resampler: 'none' | ResampleMethod;
	readonly normalisation: Exclude<Normalisation, 'bytes'>;
}

/** Side of FocusLiteNN's crops; networks that are usually given them were trained in its paper. */
const CROPS_PX = 235;

/**
 * The protocol of FocusLiteNN's code for it and what it was compared with; that of the ordinal losses' code for the others,
 * with the head on means instead of the flattened map, which is very wide.
 */
export function protocolOf({ name, inputPx }: Pick<Network, 'name' | 'inputPx'>): Protocol {
	if (inputPx > CROPS_PX || inputPx === 224) {
		return {
			loss: 'oe',
			head: 'gap',
			learningRate: 1e-4,
			batch: 32,
			epochs: 200,
			schedule: REDUCE_ON_PLATEAU,
			inputPx,
			resampler: 'bilinear',
			normalisation: IMAGENET_STATISTICS,
		};
	}
	const isOwn = name.startsWith('focuslitenn');
	return {
		loss: 'plcc',
		head: 'classifier',
		learningRate: isOwn ? 0.01 : 0.001,
		batch: 50,
		epochs: 120,
		schedule: isOwn ? STEP_DECAY : { kind: 'step', everyEpochs: 40, factor: 0.1 },
		inputPx,
		resampler: 'none',
		normalisation: UNIT_RANGE,
	};
}
