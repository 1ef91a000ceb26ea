/**
 * All that decides what a training comes to: plain data, kept with every checkpoint and every model.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import type { ClassWeighting } from '../data/batches/class-weights.ts';
import { type Augmentation, FLIPS_AND_TURNS, NO_AUGMENTATION } from '../data/pixels/augmentation.ts';
import type { SplitUnit } from '../data/splits/split-patches.ts';
import { DEVICES, type Device } from '../engine/runtime/engine.ts';
import { networkNamed } from '../networks/registry.ts';
import { type Protocol, protocolOf } from './protocol.ts';

/** Choices of a training, complete. */
export interface TrainingSettings extends Protocol {
	readonly network: string;
	/** Weight of the loss's penalty; absent: the loss's own. */
	readonly lambda?: number;
	/** Classes to tell apart; classes beyond the last count as the last. Absent: those of the set. */
	readonly classes?: number;
	readonly split: SplitUnit;
	/** Decides the split, the first parameters, crops, order and dropout. */
	readonly seed: number;
	/** Parts that a step's patches are taken in, to need less memory. */
	readonly accumulate: number;
	readonly augmentation: Augmentation;
	readonly classWeights: ClassWeighting;
	/** File to start from; absent: random parameters. */
	readonly weights?: string;
	/** `backbone`: its features are taken once, and the head learns from them. */
	readonly freeze: 'nothing' | 'backbone';
	/** Stop after so many epochs without a better figure on the validation side; 0 never does. */
	readonly patience: number;
	readonly device: Device;
	/** Threads of the engine. */
	readonly threads: number;
}

/** Settings as far as they were given. */
export type GivenSettings = Partial<TrainingSettings> & Pick<TrainingSettings, 'network'>;

/**
 * Settings with what was not given filled in: by the network's protocol, a split by slide, flips and quarter turns.
 * @throws {ArgumentError} when a number makes no sense, or choices exclude each other
 * @throws {ModelError} when there is no such network
 * @example
 * ```ts
 * const settings = completeSettings({ network: 'squeezenet1_0', loss: 'co2', epochs: 20 });
 * ```
 */
export function completeSettings(given: GivenSettings): TrainingSettings {
	const network = networkNamed(given.network);
	const freeze = given.freeze ?? 'nothing';
	const settings: TrainingSettings = {
		...protocolOf(network),
		split: 'slide',
		seed: 1,
		accumulate: 1,
		augmentation: freeze === 'backbone' ? NO_AUGMENTATION : FLIPS_AND_TURNS,
		classWeights: 'none',
		freeze,
		patience: 0,
		device: 'cpu',
		threads: 1,
		...given,
	};
	checkSettings(settings);
	return settings;
}

function checkSettings(settings: TrainingSettings): void {
	for (const name of ['epochs', 'batch', 'accumulate', 'inputPx', 'threads'] as const) {
		if (Number.isInteger(settings[name]) && settings[name] > 0) continue;
		throw new ArgumentError(name, `${name} must be a positive whole number, not ${settings[name]}.`);
	}
	const { learningRate, batch, accumulate, device, freeze, head, augmentation } = settings;
	if (!(learningRate > 0 && learningRate < Number.POSITIVE_INFINITY)) {
		throw new ArgumentError('learningRate', `The learning rate must be a positive number, not ${learningRate}.`);
	}
	if (batch % accumulate !== 0) {
		throw new ArgumentError(
			'accumulate',
			`A batch of ${batch} cannot be taken in ${accumulate} equal parts. Choose a divisor of ${batch}.`,
		);
	}
	if (!DEVICES.includes(device)) {
		throw new ArgumentError('device', `There is no device "${device}". Choose one of ${DEVICES.join(', ')}.`);
	}
	if (freeze === 'backbone' && head !== 'gap') {
		throw new ArgumentError(
			'freeze',
			`With a frozen backbone the head learns from means of its map: choose the head gap, not ${head}.`,
		);
	}
	if (freeze === 'backbone' && isAugmented(augmentation)) {
		throw new ArgumentError(
			'augment',
			'Features of a frozen backbone are taken once, so patches cannot change from epoch to epoch. Leave the augmentation out.',
		);
	}
}

/** Whether anything about a crop is random but its place. */
export function isAugmented({ flips, quarterTurns, affine, saturation }: Augmentation): boolean {
	return flips || quarterTurns || affine !== undefined || saturation !== undefined;
}

/**
 * Refuses to go on with other settings than a training began with; more epochs are fine.
 * @throws {ArgumentError} naming the first setting that differs
 */
export function requireSameSettings(stored: TrainingSettings, given: Partial<TrainingSettings>): void {
	for (const [name, value] of Object.entries(given)) {
		const before = stored[name as keyof TrainingSettings];
		if (name === 'epochs' || name === 'threads' || JSON.stringify(value) === JSON.stringify(before)) continue;
		throw new ArgumentError(
			name,
			`This training began with ${name} ${JSON.stringify(before) ?? 'not set'}, not ${JSON.stringify(value)}. Leave it out to go on, or start anew in another folder.`,
		);
	}
}
