/**
 * A comparison: every method on the same data, split in the same ways.
 * @module
 */
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isParfocalError } from '@parfocal/core';
import { toWriteError } from '@parfocal/node';
import type { PatchSet } from '../data/sets/patch-set.ts';
import { measureLeak } from '../data/splits/leak.ts';
import { type PatchSplit, type SplitUnit, splitPatches } from '../data/splits/split-patches.ts';
import type { FitEvent } from '../train/fit-network.ts';
import type { FeatureCache } from '../train/means.ts';
import { completeSettings } from '../train/settings.ts';
import type { Answers } from './answers.ts';
import { constantAnswers, scoredAnswers, trainedAnswers } from './ask.ts';
import type { Method } from './methods.ts';
import { type PlanOptions, planOf } from './protocols.ts';

/** A data set under a name that tables call it by. */
export interface NamedSet {
	readonly name: string;
	readonly set: PatchSet;
}

/** What to compare, on what. */
export interface ComparisonOptions extends PlanOptions {
	/** Split into sides: methods are trained on one and judged by another. */
	readonly data: NamedSet;
	/** Other sets, which nothing is trained on: all of their patches are judged. */
	readonly transfer?: readonly NamedSet[];
	readonly methods: readonly Method[];
	readonly split: SplitUnit;
	/** One split and one training each. */
	readonly seeds: readonly number[];
	/** Where answers and trained models are kept; a comparison that was stopped goes on from there. */
	readonly folder: string;
	/** Of decoding, scoring and training; default: one for every core. */
	readonly threads?: number | undefined;
	readonly onEvent?: ((event: ComparisonEvent) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** What happens, as it happens. */
export type ComparisonEvent =
	| { readonly kind: 'note'; readonly text: string }
	/** A method begins; `done` of `total` runs are over. */
	| {
			readonly kind: 'run';
			readonly method: string;
			readonly seed?: number;
			readonly done: number;
			readonly total: number;
	  }
	| { readonly kind: 'scored'; readonly done: number; readonly total: number }
	| { readonly kind: 'training'; readonly method: string; readonly event: FitEvent };

/** All answers, and what was not asked. */
export interface Comparison {
	readonly answers: readonly Answers[];
	readonly leftOut: readonly { readonly method: string; readonly reason: string }[];
	/** What the split gives away, in words, by seed. */
	readonly leaks: readonly string[];
	readonly splits: readonly PatchSplit[];
}

/**
 * Runs a comparison. Every method's answers are kept as soon as they are there. A method that cannot be trained is left out
 * with its reason; the others go on.
 * @throws {ArgumentError} when the set cannot be split so
 * @throws {WriteError} when answers cannot be kept
 * @throws the signal's reason when stopped; what was kept stays
 * @example
 * ```ts
 * const data = { name: 'FocusPath', set: await openDataset('FocusPath Full') };
 * const methods = methodsNamed(['knowledge-based', 'focuslitenn', 'eonss']);
 * const comparison = await runComparison({
 * 	data, methods, split: 'slide', seeds: [1, 2, 3], protocol: 'reduced', weights: new Map(), folder: 'comparison',
 * });
 * ```
 */
export async function runComparison(options: ComparisonOptions): Promise<Comparison> {
	const { data, split: by, seeds, folder, methods, onEvent, signal } = options;
	const splits = seeds.map((seed) => splitPatches(data.set, { by, seed })[0]!);
	await mkdir(join(folder, 'answers'), { recursive: true }).catch((error: unknown) => {
		throw toWriteError(folder, error);
	});
	const answers: Answers[] = [];
	const leftOut: { method: string; reason: string }[] = [];
	const trained = methods.filter(({ kind }) => kind === 'trains');
	answers.push(...constantAnswers(options, splits));
	answers.push(...(await scoredAnswers(options, splits)));
	const features: FeatureCache = new Map();
	let done = 0;
	for (const method of trained) {
		const plan = planOf(method, options);
		if ('leftOut' in plan) {
			leftOut.push({ method: method.name, reason: plan.leftOut });
			done += seeds.length;
			continue;
		}
		for (const seed of seeds) {
			onEvent?.({ kind: 'run', method: method.name, seed, done: done++, total: trained.length * seeds.length });
			try {
				const settings = completeSettings({
					...plan.settings,
					split: by,
					seed,
					threads: options.threads ?? availableParallelism(),
				});
				answers.push(...(await trainedAnswers(options, method.name, settings, features)));
			} catch (error) {
				if (signal?.aborted || !isParfocalError(error, 'argument', 'model', 'format')) throw error;
				leftOut.push({ method: method.name, reason: (error as Error).message });
				break;
			}
		}
	}
	return { answers, leftOut, leaks: splits.map((split) => measureLeak(data.set, split).sentence), splits };
}
