/**
 * What runs in a thread that scores pictures: decodes one, and asks every method about it.
 * @module
 */
import { parentPort } from 'node:worker_threads';
import { decodePicture } from '../data/batches/decode-picture.ts';
import { openScorer, type Scorer } from './scorer.ts';

/** Asks a thread for the scores of one picture. */
export interface ScoreMessage {
	readonly path: string;
	/** Names of methods, or files of weights. */
	readonly methods: readonly string[];
}

/** What a thread answers. */
export interface ScoreReply {
	/** Raw scores, one a method; absent when the picture could not be read. */
	readonly scores?: readonly number[];
	readonly failure?: string;
}

const opened = new Map<string, Promise<Scorer>>();

parentPort?.on('message', async ({ path, methods }: ScoreMessage) => {
	let reply: ScoreReply;
	try {
		const image = await decodePicture(path);
		const scores: number[] = [];
		for (const method of methods) {
			if (!opened.has(method)) opened.set(method, openScorer(method));
			const scorer = await opened.get(method)!;
			scores.push(await scorer.score(image));
		}
		reply = { scores };
	} catch (error) {
		reply = { failure: error instanceof Error ? error.message : String(error) };
	}
	parentPort?.postMessage(reply);
});
