/**
 * Time of a method on one picture, by the protocol of FocusLiteNN's paper: many runs on one picture of 1024 x 1024 pixels,
 * reading left out, preprocessing included.
 * @module
 */
import type { RgbImage } from '@parfocal/core';
import type { Scorer } from './scorer.ts';

/** Median time of a run. */
export interface CpuTime {
	readonly medianMs: number;
	/** Runs that were made: fewer than asked for where they would have taken too long. */
	readonly runs: number;
}

/** How often, and how long at most. */
export interface CpuTimeOptions {
	/** Default 100, as in the paper. */
	readonly runs?: number | undefined;
	/** Stop after so long, but not before three runs; default 20,000. */
	readonly budgetMs?: number | undefined;
}

/** Measures a method on a picture, after one run that does not count. */
export async function cpuTime(
	scorer: Pick<Scorer, 'score'>,
	image: RgbImage,
	{ runs = 100, budgetMs = 20_000 }: CpuTimeOptions = {},
): Promise<CpuTime> {
	await scorer.score(image);
	const times: number[] = [];
	const started = performance.now();
	while (times.length < runs && (times.length < 3 || performance.now() - started < budgetMs)) {
		const begun = performance.now();
		await scorer.score(image);
		times.push(performance.now() - begun);
	}
	times.sort((a, b) => a - b);
	const middle = times.length / 2;
	const medianMs = (times[Math.floor(middle)]! + times[Math.ceil(middle) - 1]!) / 2;
	return { medianMs, runs: times.length };
}
