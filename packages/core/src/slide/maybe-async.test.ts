import { expect, test } from 'vitest';
import { whenReady } from './maybe-async.ts';

test('what is there is used at once', () => {
	expect(whenReady(2, (value) => value + 1)).toBe(3);
});

test('what comes later is used later', async () => {
	const later = whenReady(Promise.resolve(2), (value) => value + 1);
	expect(later).toBeInstanceOf(Promise);
	expect(await later).toBe(3);
	expect(await whenReady(2, async (value) => value + 1)).toBe(3);
});

test('failures stay failures', async () => {
	const fail = (): never => {
		throw new Error('no');
	};
	expect(() => whenReady(1, fail)).toThrow('no');
	await expect(whenReady(Promise.resolve(1), fail)).rejects.toThrow('no');
	await expect(whenReady(Promise.reject(new Error('before')), () => 1)).rejects.toThrow('before');
});
