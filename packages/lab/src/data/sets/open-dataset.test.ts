import { join } from 'node:path';
import { ArgumentError, FormatError, ReadError } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { findDatasetFiles } from './dataset-files.ts';
import { openDataset } from './open-dataset.ts';
import type { DatasetKind } from './patch-set.ts';
import { focusPathName, pictures, type WrittenFiles, writtenSet } from './testing/written-set.ts';

const stack = [1, 2, 3].map((slice) => `FocusPath_full/${focusPathName(1, 0, slice, 1)}.png`);
const tcga = ['In Focus/Lung/S1/patch_i_1_j_2.png', 'Out of Focus/Lung/S1/patch_i_9000_j_2.png'];
const levels = 'path,label\na/1.png,0\nb/2.png,1\n';

describe('recognises what lies in a folder and says so first', () => {
	test.each<[DatasetKind, WrittenFiles, number]>([
		['focuspath', { ...pictures(stack), 'DatabaseInfo.xlsx': 'not read' }, 3],
		[
			'focuspath-like',
			{ ...pictures(stack), 'labels.csv': `path,z\n${stack.map((path, z) => `${path},${z}`).join('\n')}\n` },
			3,
		],
		['tcga-focus', pictures(tcga.map((path) => `Image Patches Database/${path}`)), 2],
		['bbbc006', pictures(['BBBC006_v1_images_z_03/mcf-z-stacks-03212011_a01_s1_w1f2.tif']), 1],
		['deepfocus', pictures(['-1/a.png', '0/a.png', '1/a.png']), 3],
		[
			'deepfocus',
			{ ...pictures(['x/patch_1.png', 'x/patch_2.png']), 'levels.csv': 'patch_1.png,4\npatch_2.png,5\n' },
			2,
		],
		['table', { ...pictures(['a/1.png', 'b/2.png']), 'labels.csv': levels }, 2],
		['folders', pictures(['sharp/1.png', 'blurry/2.png', 'blurry/3.png']), 3],
	])('%s', async (kind, written, count) => {
		const root = await writtenSet(written);
		const set = await openDataset(root);
		expect(set.kind).toBe(kind);
		expect(set.root).toBe(root);
		expect(set.patches).toHaveLength(count);
		expect(set.notes[0]).toMatch(/^Taken for /);
		for (const { label } of set.patches) expect(set.classes[label]).toBeDefined();
	});
});

test('a list may be the way in, lie beside the folder, or be named', async () => {
	const root = await writtenSet({
		...pictures(['set/a/1.png', 'set/b/2.png']),
		'own/labels.csv': levels,
		'set.txt': 'free words',
	});
	const set = join(root, 'set');
	expect((await openDataset(set, { list: join(root, 'own/labels.csv') })).kind).toBe('table');
	expect((await openDataset(set)).kind).toBe('folders');
	const inside = await writtenSet({ ...pictures(['a/1.png', 'b/2.png']), 'labels.tsv': levels.replaceAll(',', '\t') });
	expect((await openDataset(join(inside, 'labels.tsv'))).kind).toBe('table');
	const split = await writtenSet({
		...pictures(stack.map((path) => `archive/${path}`)),
		'FocusPath_full_split1.txt': `${focusPathName(1, 0, 2, 1)}.tif,1,0,2,1,80,-7\n`,
	});
	const patches = (await openDataset(join(split, 'archive'))).patches;
	expect(patches.map(({ split: side }) => side)).toEqual(['test', 'train', 'test']);
});

test('a kind may be asked for; an unknown one lists those there are', async () => {
	const root = await writtenSet(pictures(['0/a.png', '1/a.png']));
	expect((await openDataset(root)).kind).toBe('folders');
	expect((await openDataset(root, { kind: 'deepfocus' })).kind).toBe('deepfocus');
	const act = openDataset(root, { kind: 'imagenet' as DatasetKind });
	await expect(act).rejects.toThrow(/no kind of data set "imagenet". There are: focuspath, /);
});

test('hidden files and leftovers of archives are passed over', async () => {
	const root = await writtenSet({
		...pictures(['a/1.png', 'b/2.png']),
		'__MACOSX/a/._1.png': 'x',
		'a/.thumbs/1.png': 'x',
		'.labels.csv': levels,
	});
	const files = await findDatasetFiles(root);
	expect(files.pictures).toEqual(['a/1.png', 'b/2.png']);
	expect(files.lists.filter(({ beside }) => !beside)).toEqual([]);
});

test('a text that is no table is no obstacle, unless it is the one asked for', async () => {
	const root = await writtenSet({ ...pictures(['a/1.png', 'b/2.png']), 'README.txt': 'He said "no\n' });
	expect((await openDataset(root)).kind).toBe('folders');
	await expect(openDataset(root, { list: join(root, 'README.txt') })).rejects.toThrow(FormatError);
});

test('what is not there is named; what is not known comes with a way out', async () => {
	await expect(openDataset('/nowhere/at/all')).rejects.toThrow(ReadError);
	const flat = await writtenSet(pictures(['1.png', '2.png']));
	await expect(openDataset(flat, { list: join(flat, 'none.csv') })).rejects.toThrow(/none.csv does not exist/);
	await expect(openDataset(flat)).rejects.toThrow(/laid out like no data set that is known.*one folder a class/);
	const empty = await writtenSet({ 'outoffocus2017_patches5Classification.h5': 'HDF' });
	await expect(openDataset(empty)).rejects.toThrow(ArgumentError);
	await expect(openDataset(empty)).rejects.toThrow(/holds no pictures.*HDF5 file has to be turned into pictures first/);
});
