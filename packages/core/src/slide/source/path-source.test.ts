import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { openSlide } from '../open-slide.ts';
import { expectedRgb, makeTiff } from '../testing/tiff-fixtures.ts';
import { pathSource } from './path-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'parfocal-path-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'biopsy with spaces.tif');
writeFileSync(path, await makeTiff([{}]));

test.each([
	['a path', path],
	['a file address', pathToFileURL(path)],
	['a file address as text', pathToFileURL(path).href],
])('openSlide takes %s', async (_, input) => {
	const slide = await openSlide(input);
	expect(slide.name).toContain('biopsy');
	expect(await slide.readRegion(0, { x: 0, y: 0, widthPx: 100, heightPx: 80 })).toEqual(expectedRgb({}));
	await slide.close();
});

test('a file that is not there, and a folder', async () => {
	const missing = join(folder, 'none.svs');
	await expect(pathSource(missing)).rejects.toMatchObject({ tag: 'read', reason: 'not-found', source: missing });
	await expect(openSlide(folder)).rejects.toMatchObject({ tag: 'read', reason: 'directory' });
});

test('a file cut while it is open is an error that names it', async () => {
	const cut = join(folder, 'cut.tif');
	writeFileSync(cut, await makeTiff([{}]));
	const source = await pathSource(cut);
	truncateSync(cut, 10);
	await expect(source.read(0, source.size)).rejects.toMatchObject({ tag: 'read', reason: 'vanished', source: cut });
});

test('where there are no files, the message says what to pass', async () => {
	vi.stubGlobal('process', undefined);
	try {
		await expect(pathSource('a.svs')).rejects.toMatchObject({ tag: 'argument', argument: 'input' });
		await expect(pathSource('a.svs')).rejects.toThrow(/Pass a File/);
	} finally {
		vi.unstubAllGlobals();
	}
});
