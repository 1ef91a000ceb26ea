/** The rooms together: archives as they unpack, through splits, to batches that two runs agree on. */
import { ArgumentError } from '@parfocal/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { classCounts, classWeights } from './batches/class-weights.ts';
import { openPatchSource } from './batches/open-patch-source.ts';
import type { PatchBatch, PatchSource } from './batches/patch-source.ts';
import { FLIPS_AND_TURNS, NO_AUGMENTATION } from './pixels/augmentation.ts';
import { UNIT_RANGE } from './pixels/normalisation.ts';
import type { Preparation } from './pixels/preparation.ts';
import { openDataset } from './sets/open-dataset.ts';
import { type PatchSet, planesFromFocus } from './sets/patch-set.ts';
import { focusPathName, pictures, writtenSet } from './sets/testing/written-set.ts';
import { foldPatches } from './splits/folds.ts';
import { measureLeak } from './splits/leak.ts';
import { missingClasses, requireTrainingClasses, splitPatches } from './splits/split-patches.ts';

const TRAINING: Preparation = {
	resample: 'none',
	crop: { kind: 'random', sizePx: 12 },
	augmentation: FLIPS_AND_TURNS,
	normalisation: UNIT_RANGE,
};
const EVALUATION: Preparation = {
	...TRAINING,
	crop: { kind: 'grid', sizePx: 12, stridePx: 8 },
	augmentation: NO_AUGMENTATION,
};

async function collect(source: PatchSource, epoch = 0, batch = 0): Promise<PatchBatch[]> {
	const all: PatchBatch[] = [];
	for await (const each of source.epoch(epoch, { batch })) all.push({ ...each, pixels: each.pixels.slice() });
	return all;
}

describe("FocusPath's archive, six slides of it", () => {
	let set: PatchSet;
	beforeAll(async () => {
		const names: string[] = [];
		for (let slide = 1; slide <= 6; slide++) {
			for (let slice = 1; slice <= 16; slice += 3) {
				for (const position of [4, 20]) names.push(`FocusPath_full/${focusPathName(slide, 0, slice, position)}.png`);
			}
		}
		set = await openDataset(await writtenSet({ ...pictures(names, 20), 'DatabaseInfo.xlsx': 'as in the archive' }));
	});

	test('is known by its names, and says what is missing', () => {
		expect(set.kind).toBe('focuspath');
		expect(set.patches).toHaveLength(72);
		expect(set.notes[0]).toBe('Taken for FocusPath: 72 patches of 8,640; 8,568 are missing.');
		expect(Math.max(...planesFromFocus(set))).toBeGreaterThan(8);
	});

	test('an honest split trains without the test slides, and says that nothing leaks', async () => {
		const [split] = splitPatches(set, { by: 'slide', seed: 7 }) as [ReturnType<typeof splitPatches>[number]];
		expect(measureLeak(set, split).sameSlide).toBe(0);
		const held = new Set(split.test.map((index) => set.patches[index]!.group.slide));
		await using source = openPatchSource(set, {
			indices: split.train,
			preparation: TRAINING,
			batchSize: 8,
			shuffle: true,
			seed: 7,
			threads: 0,
		});
		for (const { indices } of await collect(source)) {
			for (const index of indices) expect(held).not.toContain(set.patches[index]!.group.slide);
		}
		const folds = foldPatches(set, split.train, { by: 'slide', folds: 2, seed: 7 });
		expect(folds.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual(split.train);
	});

	test('a split by patch has every position on both sides', () => {
		const [split] = splitPatches(set, { by: 'patch', seed: 7 }) as [ReturnType<typeof splitPatches>[number]];
		const { samePosition, adjacentSlice, sentence } = measureLeak(set, split);
		expect(samePosition).toBe(1);
		// Every third slice only: none is adjacent.
		expect(adjacentSlice).toBe(0);
		expect(sentence).toMatch(/^Split by patch: 100 % of test patches have their position in the training side/);
	});

	test('training that stops in the middle goes on with the same numbers', async () => {
		const options = {
			indices: set.patches.map((_, i) => i),
			labels: planesFromFocus(set),
			preparation: TRAINING,
			batchSize: 10,
			shuffle: true,
			seed: 3,
			lastBatch: 'drop',
		} as const;
		await using first = openPatchSource(set, { ...options, threads: 1 });
		const whole = [...(await collect(first, 0)), ...(await collect(first, 1))];
		expect(whole).toHaveLength(14);
		await using second = openPatchSource(set, { ...options, threads: 0, prefetch: 5 });
		expect(await collect(second, 1, 3)).toEqual(whole.slice(10));
	});

	test('evaluation sees all crops of every patch, in order, the same each time', async () => {
		const [split] = splitPatches(set, { by: 'position', seed: 1 }) as [ReturnType<typeof splitPatches>[number]];
		const options = { indices: split.test, preparation: EVALUATION, batchSize: 4, shuffle: false, seed: 1, threads: 0 };
		await using source = openPatchSource(set, options);
		const batches = await collect(source);
		expect(batches.map(({ indices }) => indices[0])).toEqual([...split.test]);
		// 20 pixels hold crops of 12 at 0 and 8, on both axes.
		for (const { indices, labels, pixels } of batches) {
			expect([indices.length, pixels.length]).toEqual([4, 4 * 3 * 144]);
			expect(new Set(labels).size).toBe(1);
		}
		await using other = openPatchSource(set, { ...options, seed: 99 });
		expect((await collect(other, 5)).map(({ pixels }) => pixels)).toEqual(batches.map(({ pixels }) => pixels));
	});

	test('rare classes weigh more', () => {
		const counts = classCounts(
			set.patches.map(({ label }) => label),
			set.classes.length,
		);
		const weights = classWeights(counts, 'inverse-frequency');
		const [rare, common] = [Math.min(...counts.filter((count) => count > 0)), Math.max(...counts)];
		expect(weights[counts.indexOf(rare)]! / weights[counts.indexOf(common)]!).toBeCloseTo(common / rare, 5);
	});
});

describe('TCGA@Focus as unpacked, with its list beside', () => {
	const places = [0, 5000, 10_000, 10_500].flatMap((i) =>
		['S1', 'S2', 'S3', 'S4'].map(
			(slide, j) => `${(i + j) % 3 === 0 ? 'Out of Focus' : 'In Focus'}/Bones, joints/${slide}/patch_i_${i}_j_7.png`,
		),
	);
	const rows = places.map((path) => `"${path}","Bones, joints",0,${path.startsWith('Out') ? 1 : 0}`);

	test('goes from the list to batches with in focus as 0', async () => {
		const root = await writtenSet({
			...pictures(
				places.map((path) => `Image Patches Database/${path}`),
				20,
			),
			'TCGA@Focus.txt': `${rows.join('\n')}\n`,
		});
		const set = await openDataset(root);
		expect([set.kind, set.patches.length, set.classes[0]]).toEqual(['tcga-focus', 16, 'in focus']);
		const [split] = splitPatches(set, { by: 'position', seed: 1 }) as [ReturnType<typeof splitPatches>[number]];
		// The last two of each slide overlap: one position, one side.
		expect(measureLeak(set, split).samePosition).toBe(0);
		await using source = openPatchSource(set, {
			indices: split.test,
			preparation: TRAINING,
			batchSize: 2,
			shuffle: false,
			seed: 1,
			threads: 0,
		});
		for (const { indices, labels } of await collect(source)) {
			indices.forEach((index, i) => {
				expect(labels[i]).toBe(set.patches[index]!.path.includes('/Out of Focus/') ? 1 : 0);
			});
		}
	});
});

test('a class that only one slide has is missed, in words, before anything is trained', async () => {
	const paths = ['0/s1/a', '0/s2/b', '0/s3/c', '0/s4/d', '0/s5/e', '1/s5/f', '1/s5/g'].map((path) => `${path}.png`);
	const set = await openDataset(await writtenSet(pictures(paths)));
	const splits = splitPatches(set, { by: 'slide', seed: 1, repeats: 20 });
	const trained = splits.filter(({ train }) => train.some((index) => set.patches[index]!.label === 1));
	for (const split of splits) {
		const act = () => requireTrainingClasses(set, split);
		if (trained.includes(split)) expect(act).not.toThrow();
		else expect(act).toThrow(ArgumentError);
		expect(missingClasses(set, split).join()).toMatch(/No patch of class "1" is on the/);
	}
});
