import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inOrder, orderedWrites } from './in-order.ts';

test('results come in order though the work ends in any, and never more than the limit is under way', async () => {
	let underWay = 0;
	let most = 0;
	const results: number[] = [];
	const work = inOrder(20, 4, async (index) => {
		most = Math.max(most, ++underWay);
		await wait((index * 7) % 5);
		underWay--;
		return index;
	});
	for await (const result of work) results.push(result);
	expect(results).toEqual(Array.from({ length: 20 }, (_, i) => i));
	expect(most).toBeLessThanOrEqual(4);
	expect(most).toBeGreaterThan(1);
});

test('a failure comes in its turn', async () => {
	const results: number[] = [];
	const work = inOrder(10, 5, async (index) => {
		if (index === 3) throw new Error('third');
		return index;
	});
	await expect(
		(async () => {
			for await (const result of work) results.push(result);
		})(),
	).rejects.toThrow('third');
	expect(results).toEqual([0, 1, 2]);
});

test('nothing to do', async () => {
	for await (const _ of inOrder(0, 3, async () => 1)) expect.unreachable();
});

test('writes happen in the order of their addition', async () => {
	const written: number[] = [];
	const writes = orderedWrites(3);
	for (let i = 0; i < 12; i++) {
		await writes.add(
			wait(12 - i).then(() => Uint8Array.of(i)),
			(bytes) => {
				written.push(bytes[0]!);
			},
		);
		expect(written.length).toBeGreaterThanOrEqual(i - 2);
	}
	await writes.drain();
	expect(written).toEqual(Array.from({ length: 12 }, (_, i) => i));
});

test('a write that fails is met by an add or by the end', async () => {
	const writes = orderedWrites(1);
	await writes.add(Promise.reject(new Error('not encoded')), () => expect.unreachable());
	await expect(writes.drain()).rejects.toThrow('not encoded');
	await writes.add(Promise.resolve(new Uint8Array(1)), () => Promise.reject(new Error('full')));
	await expect(writes.drain()).rejects.toThrow('full');
});
