import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findStack } from '../calibrate/stack-files.ts';
import { plainMicroscope } from './microscope.ts';
import type { StoredPicture } from './stored-picture.ts';
import { type WriteZStackOptions, writeZStack, zStackNote } from './write-zstack.ts';
import { simulatedPlanes } from './zstack.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-zstack-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const PICTURE: StoredPicture = {
	widthPx: 24,
	heightPx: 16,
	data: Uint8Array.from({ length: 3 * 24 * 16 }, (_, i) => 60 + ((i * 53) % 160)),
};
const OPTIONS: WriteZStackOptions = {
	source: 'field.png',
	microscope: plainMicroscope(0.5),
	first: -1,
	last: 2,
	stepUm: 0.1,
	camera: {},
	seed: 1,
};

test('writes each plane, its height and a note, and tells how far it is', async () => {
	const steps: string[] = [];
	const onProgress = (done: number, total: number): unknown => steps.push(`${done}/${total}`);
	const names = await writeZStack(join(folder, 'png'), PICTURE, { ...OPTIONS, onProgress });
	expect(names).toEqual(['z-01.png', 'z+00.png', 'z+01.png', 'z+02.png']);
	expect(steps).toEqual(['1/4', '2/4', '3/4', '4/4']);
	expect((await readdir(join(folder, 'png'))).sort()).toEqual([...names, 'README.md', 'series.csv'].sort());
	expect(await readFile(join(folder, 'png', 'series.csv'), 'utf8')).toBe(
		'path,zUm\nz-01.png,-0.1\nz+00.png,0\nz+01.png,0.1\nz+02.png,0.2\n',
	);
	let i = 0;
	for await (const { data } of simulatedPlanes(PICTURE, OPTIONS)) {
		const stored = await sharp(join(folder, 'png', names[i++]!))
			.raw()
			.toBuffer();
		expect(new Uint8Array(stored)).toEqual(data);
	}
});

test('is read as a focal stack, by its table and by its names', async () => {
	await writeZStack(join(folder, 'read'), PICTURE, OPTIONS);
	const tabled = await findStack(join(folder, 'read'));
	expect(tabled.unit).toBe('um');
	expect(tabled.planes.map(({ z }) => z)).toEqual([-0.1, 0, 0.1, 0.2]);
	await rm(join(folder, 'read', 'series.csv'));
	expect((await findStack(join(folder, 'read'))).planes.map(({ z }) => z)).toEqual([-1, 0, 1, 2]);
});

test('JPEG files have the quality and subsampling asked for', async () => {
	const jpeg = { quality: 40, chromaSubsampling: '4:4:4' } as const;
	const names = await writeZStack(join(folder, 'jpeg'), PICTURE, { ...OPTIONS, jpeg });
	expect(names[0]).toBe('z-01.jpg');
	const file = await sharp(join(folder, 'jpeg', 'z+00.jpg')).metadata();
	expect(file).toMatchObject({ format: 'jpeg', width: 24, height: 16, chromaSubsampling: '4:4:4' });
});

test('a hundred planes and more have longer names, which sort', async () => {
	const names = await writeZStack(join(folder, 'long'), PICTURE, { ...OPTIONS, first: 99, last: 100, stepUm: 0.01 });
	expect(names).toEqual(['z+099.png', 'z+100.png']);
});

test('other files in the folder stay, and a stopped run leaves all as it was', async () => {
	const target = join(folder, 'kept');
	await writeZStack(target, PICTURE, OPTIONS);
	await writeFile(join(target, 'mine.txt'), 'mine');
	const before = (await readdir(target)).sort();
	const stopped = writeZStack(target, PICTURE, { ...OPTIONS, last: 5, signal: AbortSignal.abort() });
	await expect(stopped).rejects.toThrow(/abort/i);
	expect((await readdir(target)).sort()).toEqual(before);
	await writeZStack(target, PICTURE, OPTIONS);
	expect((await readdir(target)).sort()).toEqual(before);
	expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('a place that cannot be written to is named', async () => {
	await writeFile(join(folder, 'file'), '');
	await expect(writeZStack(join(folder, 'file'), PICTURE, OPTIONS)).rejects.toThrow(/file could not be written/);
});

test('the note says that it is simulated, and every setting', () => {
	const plain = zStackNote(OPTIONS);
	expect(plain).toMatch(/^# Simulated/);
	expect(plain).toMatch(/field\.png.*0\.75.*0\.61, 0\.54, 0\.465.*sRGB.*PNG.*seed \| 1/s);
	const all = zStackNote({
		...OPTIONS,
		source: 'a|b.png',
		microscope: { ...OPTIONS.microscope, sphericalWaves: 0.7, chromaticShiftUm: 0.3, thicknessUm: 2 },
		camera: { vignetting: 0.21, noise: 1.7, whiteBalance: [1.1, 1, 0.9], gamma: 1.8, sharpening: 0.45 },
		stain: [1.3, 1.2, 1.4],
		storedMpp: 0.77,
		jpeg: { quality: 83, chromaSubsampling: '4:2:0' },
		seed: 912,
	});
	for (const shown of [
		'a\\|b.png',
		'0.7 waves',
		'0.3 µm, B at -0.3',
		'2 µm, as 9',
		'0.21 of',
		'1.7 grey',
		'1.1, 1, 0.9',
	]) {
		expect(all).toContain(shown);
	}
	for (const shown of ['gamma 1.8', '0.45', 'x 1.3, 1.2, 1.4', '0.77 µm', 'quality 83, 4:2:0', '912']) {
		expect(all).toContain(shown);
	}
});
