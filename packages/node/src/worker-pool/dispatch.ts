/**
 * Hands batches of work to threads, and looks after those that bring a thread down.
 * @module
 */
import { FormatError } from '@parfocal/core';
import { type Answer, type Reply, type Request, unpackError } from './protocol.ts';
import { ThreadLost, type Threads } from './threads.ts';

/** Threads that may be lost over one slide before the slide is given up. */
const MAXIMUM_LOSSES = 16;

/** One kind of work: how it is asked for, and what is done with what comes back. */
export interface Work<Item, R extends Request> {
	readonly batches: readonly (readonly Item[])[];
	request(batch: readonly Item[]): R;
	use(answer: Answer<R>, batch: readonly Item[]): void;
	/** A single item brings threads down. */
	giveUp(item: Item, why: ThreadLost): void;
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Carries out all batches. Answers are used in the order of the batches, whichever comes first: sums of 32-bit floats
 * depend on their order, and the same slide must give the same bytes.
 * @throws {FormatError} when the slide brings thread after thread down; what a thread throws; the signal's reason.
 */
export async function dispatch<Item, R extends Request>(threads: Threads, work: Work<Item, R>): Promise<void> {
	const { batches, signal, onProgress } = work;
	const total = batches.reduce((sum, batch) => sum + batch.length, 0);
	const uses = new Map<number, () => void>();
	let next = 0;
	let used = 0;
	let finished = 0;
	let losses = 0;

	async function carryOut(batch: readonly Item[]): Promise<() => void> {
		const request = work.request(batch);
		try {
			const reply = await threads.call<Reply<R>>(request, signal);
			if ('failure' in reply) throw unpackError(reply.failure);
			return () => work.use(reply.answer, batch);
		} catch (error) {
			if (!(error instanceof ThreadLost)) throw error;
			if (++losses > MAXIMUM_LOSSES) throw givenUp(request.subject.path, error);
			if (batch.length === 1) return () => work.giveUp(batch[0]!, error);
			return oneByOne(batch);
		}
	}

	async function oneByOne(batch: readonly Item[]): Promise<() => void> {
		const parts: (() => void)[] = [];
		for (const item of batch) parts.push(await carryOut([item]));
		return () => {
			for (const part of parts) part();
		};
	}

	async function lane(): Promise<void> {
		while (next < batches.length) {
			const index = next++;
			const batch = batches[index]!;
			uses.set(index, await carryOut(batch));
			for (let use = uses.get(used); use; use = uses.get(used)) {
				uses.delete(used++);
				use();
			}
			finished += batch.length;
			onProgress?.(finished, total);
		}
	}

	try {
		await Promise.all(Array.from({ length: threads.count }, lane));
	} finally {
		// After a failure the other lanes find nothing more to do.
		next = batches.length;
	}
}

function givenUp(path: string, cause: ThreadLost): FormatError {
	const message = `${path} brought the reader down more than ${MAXIMUM_LOSSES} times (${cause.message}): the file is damaged. Copy or export it again.`;
	return new FormatError('slide', 'corrupt', message, { cause });
}
