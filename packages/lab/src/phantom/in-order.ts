/**
 * Several things under way at a time, their results one after another.
 * @module
 */

/** Starts `start(0)`, `start(1)` … with at most `limit` under way, and yields their results in that order. */
export async function* inOrder<T>(
	count: number,
	limit: number,
	start: (index: number) => Promise<T>,
): AsyncGenerator<T, void, undefined> {
	const underWay: Promise<T>[] = [];
	for (let index = 0; index < count || underWay.length > 0; ) {
		while (index < count && underWay.length < limit) {
			const promise = start(index++);
			// A failure is met when its turn comes; until then it must not count as unhandled.
			promise.catch(() => undefined);
			underWay.push(promise);
		}
		yield await underWay.shift()!;
	}
}

/** A queue of writes: each waits for its bytes and for the write before it. */
export interface OrderedWrites {
	/** Adds a write; waits while `limit` others are pending. */
	add(bytes: Promise<Uint8Array>, write: (bytes: Uint8Array) => void | Promise<void>): Promise<void>;
	/** Waits for all. */
	drain(): Promise<void>;
}

/** Makes a queue. A failure rejects the `add` or `drain` that meets it. */
export function orderedWrites(limit: number): OrderedWrites {
	const pending: (() => Promise<void>)[] = [];
	const takeOne = async (): Promise<void> => pending.shift()!();
	return {
		async add(bytes, write) {
			bytes.catch(() => undefined);
			pending.push(async () => write(await bytes));
			while (pending.length > limit) await takeOne();
		},
		async drain() {
			while (pending.length > 0) await takeOne();
		},
	};
}
