import { afterEach, expect, test } from 'vitest';
import { createThreads, ThreadLost, type Threads } from './threads.ts';

interface Echo {
	readonly value: number;
	readonly threadId: number;
}

const opened: Threads[] = [];
afterEach(async () => {
	for (const threads of opened.splice(0)) await threads[Symbol.asyncDispose]();
});

function scripted(count: number, silenceMs = 20_000): Threads {
	const url = new URL('./testing/scripted-worker.ts', import.meta.url);
	const threads = createThreads({ url, count, silenceMs, heapMb: 32 });
	opened.push(threads);
	return threads;
}

test('answers come back to whoever asked, from no more threads than allowed', async () => {
	const threads = scripted(2);
	const answers = await Promise.all(
		Array.from({ length: 9 }, (_, value) => threads.call<Echo>({ act: value % 2 ? 'echo' : 'late', value })),
	);
	expect(answers.map((answer) => answer.value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
	expect(new Set(answers.map((answer) => answer.threadId)).size).toBeLessThanOrEqual(2);
});

test.each([
	['throw', /scripted fault/],
	['exit', /code 7/],
	['hoard', /memory/],
])('a thread lost by %s fails its request only and is replaced', async (act, message) => {
	const threads = scripted(1);
	const first = await threads.call<Echo>({ act: 'echo', value: 1 });
	const lost = await threads.call({ act }).catch((error: unknown) => error);
	expect(lost).toBeInstanceOf(ThreadLost);
	expect((lost as Error).message).toMatch(message);
	const next = await threads.call<Echo>({ act: 'echo', value: 2 });
	expect(next.value).toBe(2);
	expect(next.threadId).not.toBe(first.threadId);
});

test('a silent thread is given up and replaced', async () => {
	const threads = scripted(1, 1500);
	await expect(threads.call({ act: 'hang' })).rejects.toThrow('no answer within 1.5 s');
	expect((await threads.call<Echo>({ act: 'echo', value: 3 })).value).toBe(3);
});

test('buffers in the transfer list move to the thread instead of being copied', async () => {
	const threads = scripted(1);
	const bytes = Uint8Array.of(1, 2, 3);
	const { value } = await threads.call<{ value: Uint8Array }>({ act: 'echo', value: bytes }, undefined, [bytes.buffer]);
	expect(value).toEqual(Uint8Array.of(1, 2, 3));
	expect(bytes.byteLength).toBe(0);
});

test('threads can be started ahead and answer as usual', async () => {
	const threads = scripted(2);
	threads.start();
	threads.start();
	const answers = await Promise.all([1, 2].map((value) => threads.call<Echo>({ act: 'late', value })));
	expect(new Set(answers.map((answer) => answer.threadId)).size).toBe(2);
});

test('aborting rejects with the reason of the signal, for running and for waiting requests, and frees the thread', async () => {
	const threads = scripted(1);
	const controller = new AbortController();
	const running = threads.call({ act: 'late', value: 1 }, controller.signal);
	const waiting = threads.call({ act: 'echo', value: 2 }, controller.signal);
	controller.abort(new Error('enough'));
	await expect(running).rejects.toThrow('enough');
	await expect(waiting).rejects.toThrow('enough');
	await expect(threads.call({ act: 'echo' }, controller.signal)).rejects.toThrow('enough');
	expect((await threads.call<Echo>({ act: 'echo', value: 4 })).value).toBe(4);
});

test('disposing ends what runs and refuses what comes after', async () => {
	const threads = scripted(1);
	const running = threads.call({ act: 'hang' });
	const refused = expect(running).rejects.toMatchObject({ name: 'AbortError' });
	await threads[Symbol.asyncDispose]();
	await refused;
	await expect(threads.call({ act: 'echo' })).rejects.toMatchObject({ name: 'AbortError' });
});
