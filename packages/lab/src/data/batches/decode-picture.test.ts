import { appendFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError, isParfocalError, ReadError } from '@parfocal/core';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { noise, writtenSet } from '../sets/testing/written-set.ts';
import { decodePicture } from './decode-picture.ts';

const RAW = { width: 6, height: 4, channels: 3 } as const;
const rgb = Uint8Array.from({ length: 72 }, (_, i) => (i * 11) % 256);

test.each(['png', 'tiff', 'webp'] as const)('%s as it was written', async (format) => {
	const root = await writtenSet({});
	const file = join(root, `a.${format}`);
	await sharp(rgb, { raw: RAW }).toFormat(format, { lossless: true, compression: 'lzw' }).toFile(file);
	expect(await decodePicture(file)).toEqual({ layout: 'rgb', widthPx: 6, heightPx: 4, data: rgb });
});

test('16-bit grey TIFF, as in BBBC006, becomes three equal bytes', async () => {
	const file = join(await writtenSet({}), 'grey.tif');
	const grey = Uint16Array.from({ length: 24 }, (_, i) => i * 2570);
	await sharp(grey, { raw: { width: 6, height: 4, channels: 1 } })
		.toColourspace('grey16')
		.tiff({ compression: 'lzw' })
		.toFile(file);
	const { data } = await decodePicture(file);
	expect(data).toHaveLength(72);
	for (let i = 0; i < 24; i++) {
		expect(new Set(data.subarray(3 * i, 3 * i + 3)).size).toBe(1);
		expect(Math.abs(data[3 * i]! - grey[i]! / 257)).toBeLessThanOrEqual(1);
	}
});

test('a file that is not there, or is a folder, is a read error that names it', async () => {
	const root = await writtenSet({ 'a.png': 'x' });
	await expect(decodePicture(join(root, 'none.png'))).rejects.toThrow(/none\.png does not exist/);
	await expect(decodePicture(join(root, 'none.png'))).rejects.toThrow(ReadError);
	await expect(decodePicture(root)).rejects.toThrow(ReadError);
});

test('no picture, half a picture and an empty file are format errors that name the file', async () => {
	const root = await writtenSet({ 'text.png': 'not a picture', 'empty.png': '' });
	const whole = await noise(3, 60);
	writeFileSync(join(root, 'half.png'), whole.subarray(0, whole.length >> 1));
	for (const name of ['text.png', 'empty.png', 'half.png']) {
		const error = await decodePicture(join(root, name)).catch((caught: unknown) => caught);
		expect(error, name).toBeInstanceOf(FormatError);
		expect((error as Error).message).toContain(join(root, name));
	}
	const trailing = join(root, 'trailing.png');
	writeFileSync(trailing, whole);
	appendFileSync(trailing, 'junk after the end');
	expect((await decodePicture(trailing)).widthPx).toBe(60);
});

test('whatever the bytes, the result is a picture or an error of ours', async () => {
	const root = await writtenSet({});
	const file = join(root, 'fuzzed.png');
	await sharp(rgb, { raw: RAW }).png().toFile(file);
	const valid = await readFile(file);
	const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 });
	await fc.assert(
		fc.asyncProperty(edits, async (changes) => {
			const bytes = Buffer.from(valid);
			for (const [at, value] of changes) bytes[at % bytes.length] = value;
			writeFileSync(file, bytes);
			const outcome = await decodePicture(file).catch((error: unknown) => error);
			const good = isParfocalError(outcome, 'format') || (outcome as { layout?: string }).layout === 'rgb';
			expect(good).toBe(true);
		}),
		{ numRuns: 100 },
	);
});
