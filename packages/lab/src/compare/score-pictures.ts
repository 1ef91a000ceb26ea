/**
 * Scores of many pictures by many methods, in threads.
 * @module
 */
import { availableParallelism } from 'node:os';
import { createThreads } from '@parfocal/node';
import type { ScoreMessage, ScoreReply } from './score-worker.ts';

/** How to score. */
export interface ScorePicturesOptions {
	/** Default: one for every core. */
	readonly threads?: number | undefined;
	readonly onProgress?: ((done: number, total: number) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** Scores, and pictures that gave none. */
export interface PictureScores {
	/** By method, then by picture: raw scores; NaN where a picture could not be read or a method is undefined. */
	readonly scores: ReadonlyMap<string, Float64Array>;
	/** Sentences about pictures that could not be read. */
	readonly failures: readonly string[];
}

/** A thread that has not scored a picture after so long is taken for hung. */
const SILENCE_MS = 600_000;

/**
 * Scores every picture by every method; a picture that cannot be read does not stop the others.
 * @param paths - absolute
 * @param methods - names as for `openScorer`, opened before: a wrong one fails on every picture
 * @throws the signal's reason when stopped
 */
export async function scorePictures(
	paths: readonly string[],
	methods: readonly string[],
	{ threads: count = availableParallelism(), onProgress, signal }: ScorePicturesOptions = {},
): Promise<PictureScores> {
	const scores = new Map(methods.map((method) => [method, new Float64Array(paths.length).fill(Number.NaN)]));
	const failures: string[] = [];
	const file = import.meta.url.endsWith('.ts') ? './score-worker.ts' : './score-worker.js';
	await using threads = createThreads({
		url: new URL(file, import.meta.url),
		count: Math.min(count, Math.max(1, paths.length)),
		silenceMs: SILENCE_MS,
		heapMb: 1024,
	});
	let done = 0;
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < paths.length) {
			const at = next++;
			const reply = await threads.call<ScoreReply>({ path: paths[at]!, methods } satisfies ScoreMessage, signal);
			if (reply.scores) for (const [i, method] of methods.entries()) scores.get(method)![at] = reply.scores[i]!;
			else failures.push(reply.failure!);
			onProgress?.(++done, paths.length);
		}
	};
	await Promise.all(Array.from({ length: 2 * count }, work));
	return { scores, failures };
}
