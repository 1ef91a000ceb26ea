import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { halved, lumaPlane, readRgb, type SourceImage, usableSizes } from './source-image.ts';

/** Noise, drawn at 1/`coarseness` of the size and enlarged: soft where coarseness is above 1. */
function picture(sidePx: number, coarseness: number): SourceImage {
	const random = seededRandom(1);
	const cells = Math.ceil(sidePx / coarseness) + 2;
	const grid = Array.from({ length: cells * cells }, () => random.between(60, 220));
	const data = new Uint8Array(3 * sidePx * sidePx);
	for (let y = 0; y < sidePx; y++) {
		for (let x = 0; x < sidePx; x++) {
			const [u, v] = [x / coarseness, y / coarseness];
			const [i, j] = [Math.floor(u), Math.floor(v)];
			const mix = (a: number, b: number, t: number): number => a + (b - a) * (t * t * (3 - 2 * t));
			const row = (r: number): number => mix(grid[r * cells + i]!, grid[r * cells + i + 1]!, u - i);
			data.fill(Math.round(mix(row(j), row(j + 1), v - j)), 3 * (y * sidePx + x), 3 * (y * sidePx + x) + 3);
		}
	}
	return { source: 's', name: 'n', widthPx: sidePx, heightPx: sidePx, data, mpp: 0.25 };
}

const sizes = (image: SourceImage): number[] => usableSizes(image).map((each) => each.widthPx);

test('a crisp picture serves at its size and at half of it', () => {
	expect(sizes(picture(600, 1))).toEqual([600, 300]);
	expect(usableSizes(picture(600, 1)).map((each) => each.mpp)).toEqual([0.25, 0.5]);
});

test('a soft picture serves only where it is crisp', () => {
	expect(sizes(picture(1200, 6)).at(0)).toBeLessThan(1200);
});

test('too small for anything, or soft to the end: no size serves', () => {
	expect(sizes(picture(200, 1))).toEqual([]);
	expect(sizes(picture(300, 8))).toEqual([]);
});

test('halving averages four pixels, and leaves out an odd last row and column', () => {
	const data = Uint8Array.from({ length: 3 * 15 }, (_, i) => i);
	const half = halved({ source: 's', name: 'n', widthPx: 5, heightPx: 3, data, mpp: undefined });
	expect([half.widthPx, half.heightPx, half.mpp]).toEqual([2, 1, undefined]);
	// Red of pixels (0,0) (1,0) (0,1) (1,1): 0, 3, 15, 18.
	expect(half.data[0]).toBe(9);
});

test('luma of grey is the grey', () => {
	expect([...lumaPlane({ data: Uint8Array.of(7, 7, 7, 200, 200, 200) })]).toEqual([7, 200]);
});

test('reads grey and transparent pictures as RGB over white', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'parfocal-source-'));
	const grey = join(folder, 'grey.png');
	await sharp(Uint8Array.of(10, 20, 30, 40), { raw: { width: 2, height: 2, channels: 1 } })
		.png()
		.toFile(grey);
	expect([...(await readRgb(grey)).data]).toEqual([10, 10, 10, 20, 20, 20, 30, 30, 30, 40, 40, 40]);
	const clear = join(folder, 'clear.png');
	await sharp(Uint8Array.of(1, 2, 3, 0, 1, 2, 3, 255), { raw: { width: 2, height: 1, channels: 4 } })
		.png()
		.toFile(clear);
	expect([...(await readRgb(clear)).data]).toEqual([255, 255, 255, 1, 2, 3]);
});
