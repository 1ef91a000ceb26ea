/** The two published lists, as if all their pictures were there: what splits of them look like and what they give away. */
import { beforeAll, describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { classCounts } from './batches/class-weights.ts';
import { readList } from './sets/dataset-files.ts';
import { readFocusPath } from './sets/focuspath.ts';
import { parseFocusPathList } from './sets/focuspath-list.ts';
import { openDataset } from './sets/open-dataset.ts';
import type { PatchSet } from './sets/patch-set.ts';
import { parseTcgaFocusList, readTcgaFocus } from './sets/tcga-focus.ts';
import { focusPathName, pictures, writtenSet } from './sets/testing/written-set.ts';
import { foldPatches } from './splits/folds.ts';
import { measureLeak } from './splits/leak.ts';
import { missingClasses, type PatchSplit, splitPatches } from './splits/split-patches.ts';

const FOCUSPATH_LIST = sharedPath('data/FocusPath_full_split1.txt');
const TCGA_LIST = sharedPath('data/TCGA@Focus.txt');
const sides = ({ train, validation, test: held }: PatchSplit) => [train, validation, held];

describe.skipIf(!hasShared)("FocusLiteNN's training list of FocusPath", () => {
	let set: PatchSet;
	beforeAll(async () => {
		const list = await readList(FOCUSPATH_LIST);
		const all: string[] = [];
		for (let slide = 1; slide <= 9; slide++) {
			for (const strip of [0, 1]) {
				for (let slice = 1; slice <= 16; slice++) {
					for (let position = 1; position <= 30; position++) {
						all.push(`${focusPathName(slide, strip, slice, position)}.png`);
					}
				}
			}
		}
		set = readFocusPath({ root: '/set', pictures: all, lists: [list] });
	});

	test('is a split by patch: every held-out patch has its position in training, most an adjacent slice', () => {
		const [split] = splitPatches(set, { by: 'listed', seed: 1 }) as [PatchSplit];
		expect(sides(split).map((side) => side.length)).toEqual([5200, 0, 3440]);
		const { sameSlide, samePosition, adjacentSlice, sentence } = measureLeak(set, split);
		expect([sameSlide, samePosition]).toEqual([1, 1]);
		expect(adjacentSlice).toBeCloseTo(0.81, 2);
		expect(sentence).toMatch(
			/^Split as listed: 100 % of test patches have their position in the training side, and 81 %/,
		);
		expect(missingClasses(set, split)).toEqual([]);
	});

	test('holds 3 to 15 slices of each stack', () => {
		const listed = new Map<string, number>();
		for (const { group, split } of set.patches) {
			if (split === 'train') listed.set(group.position, (listed.get(group.position) ?? 0) + 1);
		}
		expect(listed.size).toBe(540);
		expect([Math.min(...listed.values()), Math.max(...listed.values())]).toEqual([3, 15]);
	});

	test('held out by slide instead, nothing leaks and folds stay within the training slides', () => {
		for (const split of splitPatches(set, { by: 'slide', seed: 4, repeats: 3 })) {
			expect(measureLeak(set, split).sameSlide).toBe(0);
			for (const fold of foldPatches(set, split.train, { by: 'slide', seed: 4 })) {
				expect(fold.validation).toHaveLength(960);
				expect(fold.train).toHaveLength(3840);
			}
		}
	});

	test('with a copy of three pictures on disk it is read from its file, and the gap is said', async () => {
		const rows = parseFocusPathList(await readList(FOCUSPATH_LIST))!;
		const here = [0, 2600, 5199].map((i) => `FocusPath_full/${rows[i]!.stem}.png`);
		const partial = await openDataset(await writtenSet(pictures(here)), { list: FOCUSPATH_LIST });
		expect(partial.kind).toBe('focuspath');
		expect(partial.patches.map(({ zLevel }) => zLevel)).toEqual([0, 2600, 5199].map((i) => rows[i]!.zLevel));
		expect(partial.notes).toContain('5,197 listed patches of 5200 without a picture here.');
	});
});

describe.skipIf(!hasShared)('the list of TCGA@Focus', () => {
	let set: PatchSet;
	beforeAll(async () => {
		const list = await readList(TCGA_LIST);
		const all = parseTcgaFocusList(list)!.map(({ path }) => `Image Patches Database/${path}`);
		set = readTcgaFocus({ root: '/set', pictures: all, lists: [list] });
	});

	test.each(['patch', 'position', 'slide'] as const)(
		'by %s it comes out in shares, each with its part of blurry patches',
		(by) => {
			const [split] = splitPatches(set, { by, seed: 2 }) as [PatchSplit];
			for (const [i, side] of sides(split).entries()) {
				const share = [0.6, 0.2, 0.2][i]!;
				expect(Math.abs(side.length / set.patches.length - share)).toBeLessThan(0.01);
				const [, blurry] = classCounts(
					side.map((index) => set.patches[index]!.label),
					2,
				);
				expect(Math.abs(blurry! / side.length - 3043 / 14_371)).toBeLessThan(0.02);
			}
		},
	);

	test('most patches overlap others by their coordinates, so a split by patch leaks', () => {
		const positions = new Set(set.patches.map(({ group }) => group.position));
		expect(positions.size).toBe(4929);
		const [patch] = splitPatches(set, { by: 'patch', seed: 2 }) as [PatchSplit];
		const [position] = splitPatches(set, { by: 'position', seed: 2 }) as [PatchSplit];
		expect(measureLeak(set, patch).samePosition).toBeGreaterThan(0.5);
		expect(measureLeak(set, patch).sentence).not.toContain('adjacent slice');
		expect(measureLeak(set, position).samePosition).toBe(0);
	});

	test('slides are whole: 311 hold both labels, 280 only sharp ones, 33 only blurry ones', () => {
		const labels = new Map<string, Set<number>>();
		for (const { group, label } of set.patches)
			labels.set(group.slide, (labels.get(group.slide) ?? new Set()).add(label));
		const kinds = [...labels.values()].map((own) => (own.size === 2 ? 'both' : own.has(0) ? 'sharp' : 'blurry'));
		const count = (kind: string): number => kinds.filter((own) => own === kind).length;
		expect([count('both'), count('sharp'), count('blurry')]).toEqual([311, 280, 33]);
	});
});
