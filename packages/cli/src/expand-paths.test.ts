import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expandPaths } from './expand-paths.ts';

const ENDINGS = ['.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp'];

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-pictures-'));
	await mkdir(join(folder, 'fields'));
	for (const name of ['b.PNG', 'a.jpg', 'c.tiff', 'notes.txt', '.hidden.png']) {
		await writeFile(join(folder, 'fields', name), '');
	}
	await mkdir(join(folder, 'empty'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a folder becomes its pictures by name', async () => {
	expect(await expandPaths(['fields'], folder, ENDINGS)).toEqual(
		['a.jpg', 'b.PNG', 'c.tiff'].map((name) => join('fields', name)),
	);
});

test('files stay as typed, in order, whatever their ending', async () => {
	const args = ['x.dat', 'fields/b.PNG', 'fields/a.jpg'];
	expect(await expandPaths(args, folder, ENDINGS)).toEqual(args);
});

test('what is not there and addresses stay, so that opening them says why', async () => {
	const args = ['missing', 'https://example.org/fields/'];
	expect(await expandPaths(args, folder, ENDINGS)).toEqual(args);
});

test('an empty folder stays, so that it is reported', async () => {
	expect(await expandPaths(['empty'], folder, ENDINGS)).toEqual(['empty']);
});

test('a quoted pattern becomes what it matches, each file once', async () => {
	const found = await expandPaths(['fields/*.{jpg,tiff}', 'fields/a.jpg'], folder, ENDINGS);
	expect(found).toEqual(['a.jpg', 'c.tiff'].map((name) => join('fields', name)));
	expect(await expandPaths(['none*.png'], folder, ENDINGS)).toEqual(['none*.png']);
});
