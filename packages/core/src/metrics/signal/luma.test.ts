import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../testing/shared.ts';
import { readGoldenPicture } from '../testing/golden.ts';
import { greyPicture, noisePicture } from '../testing/pictures.ts';
import { greyLevelsOf, lumaOf } from './luma.ts';

test('grey pixels keep their level', () => {
	const ramp = greyPicture(256, 1, (x) => x);
	expect([...greyLevelsOf(ramp, 1).data]).toEqual(Array.from({ length: 256 }, (_, level) => level));
	const [luma] = [lumaOf(ramp, 255).data];
	for (let level = 0; level < 256; level++) expect(luma[level]).toBeCloseTo(level / 255, 14);
});

test('pure colours weigh as in the NTSC matrix, not as in ITU-R BT.601', () => {
	const colours = {
		layout: 'rgb',
		widthPx: 3,
		heightPx: 1,
		data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255),
	} as const;
	const [red, green, blue] = lumaOf(colours, 255).data as unknown as [number, number, number];
	// Rows 1..3 of the matrix that the weights are the inverse of: luma, and both chroma differences without luma.
	expect(red + green + blue).toBeCloseTo(1, 14);
	expect(red).not.toBeCloseTo(0.299, 5);
	expect([...greyLevelsOf(colours, 1).data]).toEqual([76, 150, 29]);
});

test('levels are divided, which rounds otherwise than multiplying does', () => {
	const { data } = greyLevelsOf(noisePicture(64, 64, 1, 255), 255);
	const levels = greyLevelsOf(noisePicture(64, 64, 1, 255), 1).data;
	expect(data.every((value, i) => value === levels[i]! / 255)).toBe(true);
});

describe.skipIf(!hasShared)('grey levels of the golden pictures', () => {
	const images: Record<string, { graySha256: string; graySum: number }> = hasShared
		? JSON.parse(readFileSync(sharedPath('golden/knowledge-open.json'), 'utf8')).images
		: {};
	test.each(Object.entries(images))('%s', async (name, { graySha256, graySum }) => {
		const levels = Uint8Array.from(greyLevelsOf(await readGoldenPicture(name), 1).data);
		expect(levels.reduce((sum, level) => sum + level, 0)).toBe(graySum);
		expect(createHash('sha256').update(levels).digest('hex')).toBe(graySha256);
	});
});
