import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FormatError, ReadError } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { findDatasetFiles, readList } from './dataset-files.ts';
import { pictures, writtenSet } from './testing/written-set.ts';

describe('pictures', () => {
	test('of every kind and depth, with forward slashes, in order', async () => {
		const root = await writtenSet(
			pictures(['b/2.PNG', 'b/c/d/1.tif', 'a.jpeg', 'a b (c)/x, y.webp', 'z.tiff', 'e.jpg']),
		);
		expect((await findDatasetFiles(root)).pictures).toEqual([
			'a b (c)/x, y.webp',
			'a.jpeg',
			'b/2.PNG',
			'b/c/d/1.tif',
			'e.jpg',
			'z.tiff',
		]);
	});

	test('nothing else', async () => {
		const root = await writtenSet({ 'notes.docx': 'x', 'picture.bmp': 'x', png: 'x', 'a.png.part': 'x' });
		expect((await findDatasetFiles(root)).pictures).toEqual([]);
	});

	test('a relative path is made absolute', async () => {
		const root = await writtenSet(pictures(['a.png']));
		const relative = join(root, '..', 'data', '.');
		expect((await findDatasetFiles(relative)).root).toBe(root);
	});
});

describe('lists', () => {
	const table = 'path,label\na.png,0\n';

	test('at the top and one folder down, not deeper, then those beside the folder', async () => {
		const root = await writtenSet({ 'top.csv': table, 'one/down.tsv': table, 'one/two/deep.csv': table });
		writeFileSync(join(dirname(root), 'beside.txt'), table);
		const { lists } = await findDatasetFiles(root);
		expect(lists.map(({ path, beside }) => [path.slice(dirname(root).length + 1), beside])).toEqual([
			['data/one/down.tsv', false],
			['data/top.csv', false],
			['beside.txt', true],
		]);
		expect(lists[0]!.rows).toEqual([
			['path', 'label'],
			['a.png', '0'],
		]);
	});

	test('one that is asked for is the only one, wherever it lies', async () => {
		const root = await writtenSet({ 'top.csv': table, 'one/two/deep.csv': 'x,y\n' });
		const { lists } = await findDatasetFiles(root, { list: join(root, 'one/two/deep.csv') });
		expect(lists.map(({ rows }) => rows)).toEqual([[['x', 'y']]]);
	});

	test('a path to a list stands for its folder', async () => {
		const root = await writtenSet({ ...pictures(['a.png']), 'labels.csv': table, 'other.csv': table });
		const files = await findDatasetFiles(join(root, 'labels.csv'));
		expect(files.root).toBe(root);
		expect(files.pictures).toEqual(['a.png']);
		expect(files.lists.map(({ path }) => path)).toEqual([join(root, 'labels.csv')]);
	});

	test('folders named like lists are passed over', async () => {
		const root = await writtenSet(pictures(['a.png']));
		mkdirSync(join(root, 'folder.csv'));
		mkdirSync(join(dirname(root), 'folder.txt'));
		expect((await findDatasetFiles(root)).lists).toEqual([]);
	});

	test('a link to nowhere is no list and no obstacle', async () => {
		const root = await writtenSet(pictures(['a.png']));
		symlinkSync(join(root, 'gone.csv'), join(root, 'link.csv'));
		expect((await findDatasetFiles(root)).lists).toEqual([]);
	});
});

test('reading a list by name: not there, a folder, no table', async () => {
	const root = await writtenSet({ 'broken.csv': 'a,"b\n' });
	await expect(readList(join(root, 'none.csv'))).rejects.toThrow(ReadError);
	await expect(readList(root)).rejects.toThrow(/is a folder, not a file/);
	await expect(readList(join(root, 'broken.csv'))).rejects.toThrow(FormatError);
	await expect(readList(join(root, 'broken.csv'))).rejects.toThrow(join(root, 'broken.csv'));
});
