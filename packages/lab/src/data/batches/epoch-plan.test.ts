import { ArgumentError } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochBatches } from './epoch-plan.ts';

const OPTIONS = { batchSize: 4, shuffle: true, seed: 1 } as const;
const ten = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19];

test('without shuffling batches follow the order given, and the last may be short', () => {
	expect(epochBatches(ten, 0, { ...OPTIONS, shuffle: false })).toEqual([
		[10, 11, 12, 13],
		[14, 15, 16, 17],
		[18, 19],
	]);
	expect(epochBatches(ten, 0, { ...OPTIONS, shuffle: false, lastBatch: 'drop' })).toHaveLength(2);
});

test('each epoch is another order, decided by seed and epoch', () => {
	const [first, second] = [epochBatches(ten, 0, OPTIONS), epochBatches(ten, 1, OPTIONS)];
	expect(second).not.toEqual(first);
	expect(epochBatches(ten, 1, OPTIONS)).toEqual(second);
	expect(epochBatches(ten, 1, { ...OPTIONS, seed: 2 })).not.toEqual(second);
});

test('every patch is in one batch of the epoch, none twice', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 80 }),
			fc.integer({ min: 1, max: 20 }),
			fc.nat(50),
			(count, batchSize, epoch) => {
				const indices = Array.from({ length: count }, (_, i) => 3 * i);
				const batches = epochBatches(indices, epoch, { ...OPTIONS, batchSize });
				expect(batches.flat().sort((a, b) => a - b)).toEqual(indices);
				expect(batches.slice(0, -1).every((batch) => batch.length === batchSize)).toBe(true);
			},
		),
	);
});

test('too few patches for a batch, and sizes that make no sense, are refused', () => {
	expect(() => epochBatches([], 0, OPTIONS)).toThrow(ArgumentError);
	expect(() => epochBatches([1, 2], 0, { ...OPTIONS, lastBatch: 'drop' })).toThrow(
		/2 patches do not fill a batch of 4/,
	);
	for (const batchSize of [0, -1, 1.5])
		expect(() => epochBatches(ten, 0, { ...OPTIONS, batchSize })).toThrow(/positive whole/);
});
