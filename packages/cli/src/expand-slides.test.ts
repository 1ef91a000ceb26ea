import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { shownPath } from './expand-paths.ts';
import { expandSlides } from './expand-slides.ts';

const folder = mkdtempSync(join(tmpdir(), 'parfocal-expand-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const name of [
	'slides/b.SVS',
	'slides/a.tif',
	'slides/notes.txt',
	'slides/thumb.png',
	'slides/deep/c.svs',
	'more/a.tif',
]) {
	mkdirSync(join(folder, name, '..'), { recursive: true });
	writeFileSync(join(folder, name), 'x');
}
mkdirSync(join(folder, 'empty'));

async function expand(...args: string[]): Promise<string[]> {
	return (await expandSlides(args, folder)).map(({ path, folder: name }) => `${path} -> ${name}`);
}

test('a folder is the slides in it, sorted, not those deeper down, not pictures', async () => {
	expect(await expand('slides')).toEqual(['slides/a.tif -> a.tif', 'slides/b.SVS -> b.SVS']);
	expect(await expand('slides/')).toEqual(await expand('slides'));
});

test('files stay in the order given, each once', async () => {
	expect(await expand('slides/b.SVS', 'slides/thumb.png', 'slides', './slides/a.tif')).toEqual([
		'slides/b.SVS -> b.SVS',
		'slides/thumb.png -> thumb.png',
		'slides/a.tif -> a.tif',
	]);
});

test('patterns match below the current folder', async () => {
	expect(await expand('slides/*.tif')).toEqual(['slides/a.tif -> a.tif']);
	expect(await expand('**/*.svs')).toEqual(['slides/deep/c.svs -> c.svs']);
});

test('braces, single characters and sets are patterns too; matches come sorted, each file once', async () => {
	expect(await expand('{slides,more}/a.tif')).toEqual(['more/a.tif -> a.tif', 'slides/a.tif -> a.tif-2']);
	expect(await expand('slides/?.tif', 'slides/[ab].tif')).toEqual(['slides/a.tif -> a.tif']);
});

test('a file whose name looks like a pattern is that file', async () => {
	writeFileSync(join(folder, 'more', 'odd[1].svs'), 'x');
	expect(await expand('more/odd[1].svs')).toEqual(['more/odd[1].svs -> odd[1].svs']);
});

test('results folders differ even where case does not', async () => {
	expect(await expand('x/A.svs', 'y/a.SVS', 'z/a.svs')).toEqual([
		'x/A.svs -> A.svs',
		'y/a.SVS -> a.SVS-2',
		'z/a.svs -> a.svs-3',
	]);
});

test('slides of the same name get folders of their own', async () => {
	expect(await expand('slides/a.tif', 'more/a.tif')).toEqual(['slides/a.tif -> a.tif', 'more/a.tif -> a.tif-2']);
});

test('what is not there stays, to be reported when it is opened', async () => {
	expect(await expand('gone.svs', 'none-*.svs', 'empty')).toEqual([
		'gone.svs -> gone.svs',
		'none-*.svs -> none-*.svs',
		'empty -> empty',
	]);
});

test('addresses are left alone and named after their file', async () => {
	expect(await expand('https://example.org/a%20b.svs?key=secret')).toEqual([
		'https://example.org/a%20b.svs?key=secret -> a b.svs',
	]);
});

test('what is printed of an address holds no secret', () => {
	expect(shownPath('https://me:pass@example.org/a.svs?key=secret#x')).toBe('https://example.org/a.svs');
	expect(shownPath('odd?name.svs')).toBe('odd?name.svs');
});
