import { ArgumentError } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../../core/src/testing/shared.ts';
import { readList } from './dataset-files.ts';
import { looksLikeFocusPath, readFocusPath } from './focuspath.ts';
import { FOCUSPATH_PATCHES } from './focuspath-structure.ts';
import type { DatasetFiles, ListFile } from './patch-set.ts';
import { focusPathName } from './testing/written-set.ts';

/** All names of the published set. */
const whole = Array.from({ length: FOCUSPATH_PATCHES }, (_, i) => {
	const name = focusPathName(
		1 + Math.floor(i / 960),
		Math.floor(i / 480) % 2,
		1 + (i % 16),
		1 + (Math.floor(i / 16) % 30),
	);
	return `FocusPath_full/${name}.png`;
});

const files = (pictures: readonly string[], ...lists: ListFile[]): DatasetFiles => ({ root: '/set', pictures, lists });
const list = (path: string, ...rows: string[]): ListFile => ({ path, rows: rows.map((row) => row.split(',')) });

describe('the published set without a list', () => {
	const set = readFocusPath(files(whole));

	test('is whole: 8640 patches of 540 stacks and 9 slides, in 12 classes', () => {
		expect(set.kind).toBe('focuspath');
		expect(set.patches).toHaveLength(8640);
		expect(new Set(set.patches.map(({ group }) => group.position)).size).toBe(540);
		expect(new Set(set.patches.map(({ group }) => group.slide)).size).toBe(9);
		expect(set.notes).toEqual([
			'Taken for FocusPath: 8,640 patches, all of them.',
			'No list lies with the pictures: labels are those of the published set.',
		]);
		const histogram = new Array<number>(12).fill(0);
		for (const { label } of set.patches) histogram[label]!++;
		expect(histogram).toEqual([540, 1080, 1079, 1076, 1064, 1058, 997, 873, 540, 207, 83, 43]);
		expect(set.classes[0]).toBe('|z| = 0');
		expect(set.classes[11]).toBe('|z| >= 11');
	});

	test('labels are min(|z|, 11) of the signed z', () => {
		for (const { label, zLevel } of set.patches) expect(label).toBe(Math.min(Math.abs(zLevel!), 11));
		expect(Math.max(...set.patches.map(({ zLevel }) => Math.abs(zLevel!)))).toBe(14);
		expect(set.patches[0]).toEqual({
			path: 'FocusPath_full/Slide01_Strip00_Slice01_Position01.png',
			label: 8,
			zLevel: -8,
			group: { slide: 'Slide01', position: 'Slide01_Strip00_Position01' },
		});
	});
});

test('a partial copy says what is missing and goes on', () => {
	const { patches, notes } = readFocusPath(files(whole.slice(0, 20)));
	expect(patches).toHaveLength(20);
	expect(notes[0]).toBe('Taken for FocusPath: 20 patches of 8,640; 8,620 are missing.');
	expect(notes.at(-1)).toBe('1 stack of 2 without some of 16 slices (Slide01_Strip00_Position02 has 4).');
});

test('a list tells the z of slices that it leaves out, and a split list the sides', () => {
	const split = list('lists/FocusPath_full_split1.txt', 'Slide01_Strip00_Slice03_Position01.tif,1,0,3,1,80.1,-6');
	const { patches, notes, kind } = readFocusPath(files(whole.slice(0, 16), split));
	expect(kind).toBe('focuspath');
	expect(patches.map(({ zLevel }) => zLevel)).toEqual([-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7]);
	expect(patches.filter(({ split: side }) => side === 'train').map(({ zLevel }) => zLevel)).toEqual([-6]);
	expect(patches.filter(({ split: side }) => side === 'test')).toHaveLength(15);
	expect(notes).toContain('Labels from lists/FocusPath_full_split1.txt (1 row).');
});

describe('a set laid out like it, with labels of its own', () => {
	const pictures = [1, 2, 3].flatMap((slice) =>
		[1, 2].map((slide) => `pictures/${focusPathName(slide, 0, slice, 1)}.png`),
	);
	const own = list(
		'labels.csv',
		'path,z,split',
		...pictures.map(
			(path) => `${path},${Number(/Slice(\d+)/.exec(path)![1]) - 2},${path.includes('Slide01') ? 'train' : 'test'}`,
		),
	);

	test('takes labels and sides from its list', () => {
		const { kind, patches, notes } = readFocusPath(files(pictures, own));
		expect(kind).toBe('focuspath-like');
		expect(patches.map(({ label }) => label)).toEqual([1, 1, 0, 0, 1, 1]);
		expect(patches.map(({ split }) => split)).toEqual(['train', 'test', 'train', 'test', 'train', 'test']);
		expect(notes[0]).toBe(
			'Taken for a set laid out like FocusPath, with labels of its own: 6 patches, 2 stacks, 2 slides.',
		);
		expect(notes).toHaveLength(2);
	});

	test('a list that lies beside the folder does not mix with its own', () => {
		const other = { ...list('split.txt', 'Slide01_Strip00_Slice01_Position01.tif,1,0,1,1,80.1,-8'), beside: true };
		expect(readFocusPath(files(pictures, own, other)).patches[0]!.zLevel).toBe(-1);
		expect(readFocusPath(files(pictures, other)).patches[0]!.zLevel).toBe(-8);
	});

	test('pictures without a label, or there twice, are left out and said', () => {
		const extra = [
			...pictures,
			'copy/Slide01_Strip00_Slice01_Position01.png',
			`${focusPathName(40, 0, 1, 1)}.png`,
			'overview.png',
		];
		const { patches, notes } = readFocusPath(files(extra, own));
		expect(patches).toHaveLength(6);
		expect(notes).toContain(
			'3 pictures left out: no label, or there twice (copy/Slide01_Strip00_Slice01_Position01.png).',
		);
	});

	test('listed patches without a picture are counted', () => {
		expect(readFocusPath(files(pictures.slice(1), own)).notes).toContain('1 listed patch of 6 without a picture here.');
	});
});

test('a list without any picture is refused with a way out', () => {
	const act = () => readFocusPath(files(['a.png'], list('l.txt', 'Slide01_Strip00_Slice03_Position01.tif,-6')));
	expect(act).toThrow(ArgumentError);
	expect(act).toThrow(/\/set holds none of FocusPath's pictures.*folder that the archive was unpacked to/);
});

test('recognised by names of pictures, or by the list where there are none', () => {
	expect(looksLikeFocusPath(files(['x/y.png', whole[0]!]))).toBe(true);
	expect(looksLikeFocusPath(files(['x/y.png']))).toBe(false);
	expect(looksLikeFocusPath(files([], list('l', 'Slide01_Strip00_Slice03_Position01.tif,-6')))).toBe(true);
	expect(looksLikeFocusPath(files([]))).toBe(false);
});

test.skipIf(!hasShared)('with the published training list: 5200 to train on, 3440 held out', async () => {
	const set = readFocusPath(files(whole, await readList(sharedPath('data/FocusPath_full_split1.txt'))));
	expect(set.kind).toBe('focuspath');
	expect(set.patches.filter(({ split }) => split === 'train')).toHaveLength(5200);
	expect(set.patches.filter(({ split }) => split === 'test')).toHaveLength(3440);
	expect(set.notes).toHaveLength(2);
});

test('whatever part of the published set is there, each patch has the label that the whole has', () => {
	const all = new Map(readFocusPath(files(whole)).patches.map((patch) => [patch.path, patch]));
	fc.assert(
		fc.property(fc.uniqueArray(fc.nat(FOCUSPATH_PATCHES - 1), { minLength: 1, maxLength: 60 }), (chosen) => {
			const own = chosen.map((index) => whole[index]!);
			const { patches, notes } = readFocusPath(files(own));
			expect(patches).toEqual(own.map((path) => all.get(path)));
			expect(notes[0]).toContain(`${(FOCUSPATH_PATCHES - own.length).toLocaleString('en-US')} are missing`);
		}),
		{ numRuns: 30 },
	);
});

test('a list of one slice of each stack labels them all, whichever slice it is', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 16 }), (listed, best) => {
			const pictures = Array.from({ length: 16 }, (_, i) => `${focusPathName(77, 0, i + 1, 5)}.png`);
			const rows = list('l.csv', `${focusPathName(77, 0, listed, 5)}.tif,${listed - best}`);
			const { patches } = readFocusPath(files(pictures, rows));
			expect(patches.map(({ zLevel }) => zLevel)).toEqual(pictures.map((_, i) => i + 1 - best));
		}),
	);
});
