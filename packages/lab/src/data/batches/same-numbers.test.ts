/** Training that was begun with an older version must go on with the same numbers: what a seed gives is part of the format. */
import type { RgbImage } from '@parfocal/core';
import { expect, test } from 'vitest';
import { FLIPS_AND_TURNS, PAPERS_AUGMENTATION } from '../pixels/augmentation.ts';
import { createPatchPreparer, type Preparation } from '../pixels/preparation.ts';
import { splitPatches } from '../splits/split-patches.ts';
import { drawnSet } from '../splits/testing/drawn-set.ts';
import { assembleBatch } from './assemble-batch.ts';
import { epochBatches } from './epoch-plan.ts';

function picture(index: number): RgbImage {
	const data = Uint8Array.from({ length: 3 * 40 * 40 }, (_, i) => (i * 7 + index * 13 + ((i * i) >> 4)) % 256);
	return { layout: 'rgb', widthPx: 40, heightPx: 40, data };
}

/** FNV-1a of a list of whole numbers. */
function fingerprint(values: Iterable<number>): string {
	let hash = 0x811c9dc5;
	for (const value of values) hash = Math.imul(hash ^ value, 0x01000193);
	return (hash >>> 0).toString(16);
}

async function crops(change: Partial<Preparation>): Promise<string> {
	const preparer = createPatchPreparer({
		resample: 'none',
		crop: { kind: 'random', sizePx: 16 },
		augmentation: FLIPS_AND_TURNS,
		normalisation: 'bytes',
		...change,
	});
	const request = { seed: 2020, epoch: 3, indices: [4, 8, 15, 16, 23, 42], refill: true };
	return fingerprint((await assembleBatch(request, preparer, { name: String, get: picture })).pixels);
}

test('the order of an epoch', () => {
	const indices = Array.from({ length: 100 }, (_, i) => i);
	const batches = epochBatches(indices, 5, { batchSize: 7, shuffle: true, seed: 2020 });
	expect(fingerprint(batches.flat())).toMatchInlineSnapshot(`"fe94fd53"`);
});

test('crops, flips and turns', async () => {
	expect(await crops({})).toMatchInlineSnapshot(`"a9725215"`);
});

test("the papers' augmentation", async () => {
	expect(await crops({ augmentation: PAPERS_AUGMENTATION })).toMatchInlineSnapshot(`"cc28a310"`);
});

test('a split', () => {
	const set = drawnSet({ slides: 9, positions: 4, slices: 9 });
	const prints = splitPatches(set, { by: 'position', seed: 2020, repeats: 2 }).map(({ test: held }) =>
		fingerprint(held),
	);
	expect(prints.join(' ')).toMatchInlineSnapshot(`"fc5aa91e 9c4cbbe4"`);
});
