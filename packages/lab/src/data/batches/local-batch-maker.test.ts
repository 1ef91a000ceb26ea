import type { RgbImage } from '@parfocal/core';
import { expect, test } from 'vitest';
import { NO_AUGMENTATION } from '../pixels/augmentation.ts';
import type { Preparation } from '../pixels/preparation.ts';
import { createLocalBatchMaker } from './local-batch-maker.ts';

const PREPARATION: Preparation = {
	resample: { method: 'box', widthPx: 2, heightPx: 2 },
	crop: { kind: 'centre', sizePx: 2 },
	augmentation: NO_AUGMENTATION,
	normalisation: 'bytes',
};
const flat = (level: number): RgbImage => ({
	layout: 'rgb',
	widthPx: 8,
	heightPx: 8,
	data: new Uint8Array(192).fill(level),
});
const request = (...indices: number[]) => ({ seed: 1, epoch: 0, indices, refill: false });

test('any decoder serves, also one that answers at once', async () => {
	const names = ['a', 'b'];
	for (const decode of [flat, async (index: number) => flat(index)]) {
		await using maker = createLocalBatchMaker({ preparation: PREPARATION, names, decode });
		const { pixels, indices } = await maker.make(request(1, 0));
		expect(indices).toEqual([1, 0]);
		expect([...pixels]).toEqual([...new Array(12).fill(1), ...new Array(12).fill(0)]);
	}
});

test('what is kept is the resampled picture: the budget counts that', async () => {
	const decoded: number[] = [];
	const decode = (index: number): RgbImage => {
		decoded.push(index);
		return flat(index);
	};
	await using maker = createLocalBatchMaker({ preparation: PREPARATION, names: [], decode, cacheBytes: 24 });
	for (let i = 0; i < 3; i++) await maker.make(request(0, 1, 2));
	expect(decoded).toEqual([0, 1, 2, 2, 2]);
});

test('a picture without a name is called by its number', async () => {
	const preparation: Preparation = { ...PREPARATION, resample: 'none', crop: { kind: 'centre', sizePx: 9 } };
	await using maker = createLocalBatchMaker({ preparation, names: ['first.png'], decode: flat });
	const { failures } = await maker.make(request(0, 1));
	expect(failures.map(({ message }) => message.split(':')[0])).toEqual(['first.png', 'picture 1']);
});

test('an aborted signal makes nothing', async () => {
	await using maker = createLocalBatchMaker({ preparation: PREPARATION, names: [], decode: flat });
	await expect(maker.make(request(0), undefined, AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
});
