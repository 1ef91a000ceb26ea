/**
 * Nested cross-validation of the weight of a loss's penalty: the training side is cut into folds, and every weight is
 * trained for a part of the epochs on all folds but one.
 * Source: "Deep Ordinal Focus Assessment" (ICCVW 2021), section 4; its code takes a quarter of the epochs and the weight
 * with the best accuracy.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { type Fold, foldPatches } from '../data/splits/folds.ts';
import type { FitEvent } from './fit-network.ts';
import type { Figures } from './judge.ts';
import type { TrainingSettings } from './settings.ts';
import type { Task } from './task.ts';

/** The grid of the code of 2025. */
export const LAMBDA_GRID: readonly number[] = [0.001, 0.01, 0.1, 1, 10, 100, 1000];

/** A weight on a fold. */
export interface LambdaTrial {
	readonly lambda: number;
	/** From 0. */
	readonly fold: number;
	readonly accuracy: number;
	readonly mae: number | null;
}

/** What a search came to. */
export interface LambdaSearch {
	readonly lambda: number;
	readonly folds: number;
	/** Epochs of each trial. */
	readonly epochs: number;
	readonly trials: readonly LambdaTrial[];
}

/** How to search. */
export interface LambdaSearchOptions {
	readonly settings: TrainingSettings;
	readonly task: Task;
	readonly lambdas?: readonly number[];
	readonly folds?: number;
	/** Trials that were made before, to go on. */
	readonly known?: readonly LambdaTrial[];
	/** Trains on a fold with these settings, and gives the figures of its validation side. */
	readonly fit: (settings: TrainingSettings, fold: Fold) => Promise<Figures>;
	/** Keeps the trials made so far. */
	readonly keep?: (trials: readonly LambdaTrial[]) => Promise<void>;
	readonly onEvent?: ((event: FitEvent) => void) | undefined;
}

/**
 * Searches the weight with the best mean accuracy over folds; of equals, the smaller.
 * @throws {ArgumentError} when the loss has no penalty, or there are too few groups for the folds
 */
export async function searchLambda(options: LambdaSearchOptions): Promise<LambdaSearch> {
	const { settings, task, lambdas = LAMBDA_GRID, folds = 5, known = [], fit, keep, onEvent } = options;
	if (task.loss.lambda === undefined) {
		throw new ArgumentError('search', `The loss ${task.loss.name} has no penalty whose weight could be searched.`);
	}
	const by = settings.split === 'listed' ? 'slide' : settings.split;
	const cut = foldPatches(task.set, task.split.train, { by, folds, seed: settings.seed });
	const epochs = Math.max(1, Math.floor(settings.epochs / 4));
	const trials = [...known];
	for (const lambda of lambdas) {
		for (const [number, fold] of cut.entries()) {
			if (trials.some((trial) => trial.lambda === lambda && trial.fold === number)) continue;
			const figures = await fit({ ...settings, lambda, epochs, patience: 0 }, fold);
			trials.push({ lambda, fold: number, accuracy: figures.accuracy ?? 0, mae: figures.mae ?? null });
			await keep?.(trials);
			onEvent?.({
				kind: 'note',
				text: `lambda ${lambda}, fold ${number + 1} of ${folds}: accuracy ${(100 * (figures.accuracy ?? 0)).toFixed(1)} %`,
			});
		}
	}
	return { lambda: bestLambda(trials, lambdas), folds, epochs, trials };
}

/** Mean over folds. */
export function meanAccuracy(trials: readonly LambdaTrial[], lambda: number): number {
	const own = trials.filter((trial) => trial.lambda === lambda);
	return own.reduce((sum, { accuracy }) => sum + accuracy, 0) / own.length;
}

function bestLambda(trials: readonly LambdaTrial[], lambdas: readonly number[]): number {
	return lambdas.reduce((best, lambda) => (meanAccuracy(trials, lambda) > meanAccuracy(trials, best) ? lambda : best));
}
