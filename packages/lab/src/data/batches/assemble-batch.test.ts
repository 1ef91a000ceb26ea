import { FormatError, type RgbImage } from '@parfocal/core';
import { expect, test } from 'vitest';
import { FLIPS_AND_TURNS, NO_AUGMENTATION } from '../pixels/augmentation.ts';
import { createPatchPreparer, type Preparation } from '../pixels/preparation.ts';
import { assembleBatch, type BatchRequest, type Pictures } from './assemble-batch.ts';

const RANDOM: Preparation = {
	resample: 'none',
	crop: { kind: 'random', sizePx: 4 },
	augmentation: FLIPS_AND_TURNS,
	normalisation: 'bytes',
};
const GRID: Preparation = { ...RANDOM, crop: { kind: 'grid', sizePx: 4, stridePx: 4 }, augmentation: NO_AUGMENTATION };
const REQUEST: BatchRequest = { seed: 1, epoch: 2, indices: [5, 6, 7, 8], refill: true };

/** Noise of its own for each index. */
function noise(index: number, sidePx = 12): RgbImage {
	const data = Uint8Array.from(
		{ length: 3 * sidePx * sidePx },
		(_, i) => (i * 31 + index * 101 + ((i * i) >> 3)) % 256,
	);
	return { layout: 'rgb', widthPx: sidePx, heightPx: sidePx, data };
}

function pictures(broken: readonly number[] = [], sidePx = 12): Pictures {
	return {
		name: (index) => `picture-${index}.png`,
		get(index) {
			if (broken.includes(index)) throw new FormatError('picture', 'corrupt', `picture-${index}.png is damaged.`);
			return noise(index, sidePx);
		},
	};
}

const make = (
	request: Partial<BatchRequest> = {},
	preparation = RANDOM,
	from = pictures(),
	reuse?: Uint8Array<ArrayBuffer>,
) => assembleBatch({ ...REQUEST, ...request }, createPatchPreparer(preparation), from, reuse);

test('a crop depends on seed, epoch and patch, not on its batch', async () => {
	const whole = await make();
	const part = await make({ indices: [7] });
	expect(whole.indices).toEqual([5, 6, 7, 8]);
	expect(part.pixels).toEqual(whole.pixels.slice(2 * 48, 3 * 48));
	expect((await make({ epoch: 3 })).pixels).not.toEqual(whole.pixels);
	expect((await make({ seed: 2 })).pixels).not.toEqual(whole.pixels);
	expect((await make()).pixels).toEqual(whole.pixels);
});

test('a grid gives all crops of each patch, named by their patch', async () => {
	const { pixels, indices } = await make({ indices: [1, 2], refill: false }, GRID);
	expect(indices).toEqual([...Array(9).fill(1), ...Array(9).fill(2)]);
	expect(pixels).toHaveLength(18 * 48);
});

test('a damaged picture is replaced by another crop of the next, and named', async () => {
	const { pixels, indices, failures } = await make({}, RANDOM, pictures([6, 8]));
	expect(indices).toEqual([5, 7, 7, 5]);
	expect(failures).toEqual([
		{ index: 6, message: 'picture-6.png is damaged.' },
		{ index: 8, message: 'picture-8.png is damaged.' },
	]);
	const intact = await make();
	expect(pixels.slice(2 * 48, 3 * 48)).toEqual(intact.pixels.slice(2 * 48, 3 * 48));
	expect(pixels.slice(48, 2 * 48)).not.toEqual(pixels.slice(2 * 48, 3 * 48));
});

test('for evaluation it is left out instead', async () => {
	const { pixels, indices, failures } = await make({ refill: false }, RANDOM, pictures([6]));
	expect(indices).toEqual([5, 7, 8]);
	expect(pixels).toHaveLength(3 * 48);
	expect(failures).toHaveLength(1);
});

test('a batch of damaged pictures only is empty', async () => {
	const { pixels, indices, failures } = await make({}, RANDOM, pictures([5, 6, 7, 8]));
	expect([pixels.length, indices.length, failures.length]).toEqual([0, 0, 4]);
});

test('a picture smaller than the crop is a failure that names it and both sizes', async () => {
	const { failures } = await make({ indices: [5] }, RANDOM, pictures([], 3));
	expect(failures[0]!.message).toMatch(/^picture-5\.png: .*3 x 3 pixels, less than a crop of 4 x 4/);
});

test("errors that are nobody's data are thrown on", async () => {
	const from: Pictures = { name: String, get: () => Promise.reject(new TypeError('a bug')) };
	await expect(make({}, RANDOM, from)).rejects.toThrow('a bug');
});

test('memory of the right size is used again, other memory is left alone', async () => {
	const own = new Uint8Array(4 * 48);
	expect((await make({}, RANDOM, pictures(), own)).pixels).toBe(own);
	const short = new Uint8Array(3 * 48);
	expect((await make({}, RANDOM, pictures(), short)).pixels).not.toBe(short);
	expect(short.every((value) => value === 0)).toBe(true);
});
