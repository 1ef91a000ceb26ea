import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError, ReadError } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { mppOfMagnification, readManifest } from './manifest.ts';

function folderWith(manifest: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'parfocal-manifest-'));
	writeFileSync(join(folder, 'manifest.json'), manifest);
	return folder;
}

describe('readManifest', () => {
	test('reads entries, empty words where a note is missing', async () => {
		const file = { file: 'a.png', role: 'sharp', source_repo: 'r', source_path: 'p', licence: 'MIT', stain: 'H&E' };
		const [entry] = await readManifest(folderWith(JSON.stringify({ files: [file] })));
		expect(entry).toMatchObject({
			file: 'a.png',
			sourceRepo: 'r',
			sourcePath: 'p',
			licence: 'MIT',
			stain: 'H&E',
			organ: '',
		});
	});

	test('a missing list says where it was looked for and how to point elsewhere', async () => {
		await expect(readManifest('/nowhere')).rejects.toThrow(ReadError);
		await expect(readManifest('/nowhere')).rejects.toThrow(/\/nowhere\/manifest\.json.*--data/);
	});

	test.each(['', '{', '[]', 'null', '{"files": 3}', '{"files": [{"file": "a"}]}', '{"files": [null]}'])(
		'%j is refused as no list',
		async (text) => {
			await expect(readManifest(folderWith(text))).rejects.toThrow(FormatError);
		},
	);
});

test.each([
	['40x Aperio (TCGA), 0.25 um/px', 0.25],
	['20x Leica Aperio ScanScope CS (~0.5 um/px)', 0.5],
	['40x, Philips Ultra Fast Scanner (Curie)', 0.25],
	['about 20x JPEG', 0.5],
	['40x objective, Leica ICC50 HD camera; 2:1 downsampled', 0.5],
	['about 10-20x', undefined],
	['100x oil', undefined],
	['unspecified, 320x256 crop', undefined],
	['reduced to 512x512', undefined],
	['', undefined],
])('magnification "%s" means %d µm a pixel', (words, mpp) => {
	expect(mppOfMagnification(words)).toBe(mpp);
});
