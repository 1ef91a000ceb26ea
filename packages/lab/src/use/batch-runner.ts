/**
 * Runs a network on any number of pictures, a batch at a time.
 * @module
 */
import { type Engine, floats, type Session } from '../engine/runtime/engine.ts';
import type { NetworkFile } from '../networks/model-file.ts';
import { ANSWERS, PICTURES, useGraph } from './use-graph.ts';

/** A network that takes pictures. */
export interface BatchRunner {
	/** Most pictures at a time. */
	readonly batch: number;
	/**
	 * Answers of `count` pictures, `[count, outputs]`. `pixels` has room for a whole batch; what lies in it beyond `count` is
	 * not looked at.
	 */
	run(pixels: Float32Array, count: number): Promise<Float32Array>;
	/** Frees the network. */
	close(): Promise<void>;
}

/**
 * Prepares a network for `batch` pictures at a time. A graph is made for one size of batch: there is a second for single
 * pictures, made when fewer than half a batch is left over.
 * @throws {ModelError} when the file's numbers do not fit its network, or the engine refuses the graph
 */
export async function openBatchRunner(engine: Engine, file: NetworkFile, batch: number): Promise<BatchRunner> {
	const { inputPx, outputs } = file.description;
	const perPicture = 3 * inputPx * inputPx;
	const sessions = new Map<number, Promise<Session>>();
	const sessionOf = (size: number): Promise<Session> => {
		const known = sessions.get(size) ?? engine.load(useGraph(file, size).encode());
		sessions.set(size, known);
		return known;
	};
	const ask = async (size: number, pixels: Float32Array): Promise<Float32Array> => {
		const session = await sessionOf(size);
		const pictures = engine.tensor('float32', pixels, [size, 3, inputPx, inputPx]);
		const given = await session.run({ [PICTURES]: pictures });
		return floats(given[ANSWERS]);
	};
	// What does not fit is to be said now, not at the first slide.
	await sessionOf(1);
	return {
		batch,
		async run(pixels, count) {
			if (2 * count >= batch) return (await ask(batch, pixels)).subarray(0, count * outputs);
			const answers = new Float32Array(count * outputs);
			for (let i = 0; i < count; i++) {
				const picture = pixels.slice(i * perPicture, (i + 1) * perPicture);
				answers.set(await ask(1, picture), i * outputs);
			}
			return answers;
		},
		async close() {
			for (const session of sessions.values()) await (await session).close();
			sessions.clear();
		},
	};
}
