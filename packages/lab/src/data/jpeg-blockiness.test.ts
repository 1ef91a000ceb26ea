import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { throughJpeg } from '../simulate/stored-picture.ts';
import { jpegBlockiness } from './jpeg-blockiness.ts';
import { lumaPlane } from './source-image.ts';

/** Soft blobs with grain. */
function blobs(sidePx: number): { widthPx: number; heightPx: number; data: Uint8Array } {
	const random = seededRandom(5);
	const data = new Uint8Array(3 * sidePx * sidePx);
	for (let y = 0; y < sidePx; y++) {
		for (let x = 0; x < sidePx; x++) {
			const value = 140 + 50 * Math.sin(x / 5.3 + Math.cos(y / 7.1)) + random.between(-10, 10);
			data.fill(value, 3 * (y * sidePx + x), 3 * (y * sidePx + x) + 3);
		}
	}
	return { widthPx: sidePx, heightPx: sidePx, data };
}

/** The picture without its first rows and columns. */
function cut({ widthPx, heightPx, data }: ReturnType<typeof blobs>, left: number, top: number): [Uint8Array, number] {
	const luma = lumaPlane({ data });
	const rows = Array.from({ length: heightPx - top }, (_, y) =>
		luma.subarray((y + top) * widthPx + left, (y + top + 1) * widthPx),
	);
	return [Uint8Array.from(rows.flatMap((row) => [...row])), widthPx - left];
}

describe('a picture stored as JPEG', () => {
	test('shows more blocks the lower the quality', async () => {
		const picture = blobs(160);
		const seen = [jpegBlockiness(lumaPlane(picture), 160)];
		for (const quality of [75, 40, 20, 8]) {
			const stored = await throughJpeg(picture, { quality, chromaSubsampling: '4:4:4' });
			seen.push(jpegBlockiness(lumaPlane(stored), 160));
		}
		expect(seen[0]).toBeLessThan(1.1);
		expect(seen).toEqual([...seen].sort((a, b) => a - b));
		expect(seen.at(-1)).toBeGreaterThan(1.5);
	});

	test('shows them wherever a crop begins', async () => {
		const stored = await throughJpeg(blobs(160), { quality: 20, chromaSubsampling: '4:4:4' });
		const whole = jpegBlockiness(lumaPlane(stored), 160);
		for (const [left, top] of [
			[1, 0],
			[3, 5],
			[7, 7],
		] as const) {
			expect(jpegBlockiness(...cut(stored, left, top))).toBeCloseTo(whole, 1);
		}
	});
});

test('a drawn grid gives the ratio of its steps', () => {
	// Steps of 12 every 8 px, of 2 elsewhere, both ways.
	const ramp = (i: number): number => 2 * i + 10 * Math.floor(i / 8);
	const luma = Uint8Array.from({ length: 32 * 32 }, (_, i) => ramp(i % 32) + ramp(Math.floor(i / 32)));
	expect(jpegBlockiness(luma, 32)).toBeCloseTo(6, 1);
});

test('flat blocks show plainly', () => {
	const luma = Uint8Array.from(
		{ length: 32 * 32 },
		(_, i) => 40 * ((Math.floor((i % 32) / 8) + Math.floor(i / 256)) % 4),
	);
	expect(jpegBlockiness(luma, 32)).toBeGreaterThan(100);
});

test('an edge of tissue is no block', () => {
	const luma = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 40 ? 240 : 120));
	expect(jpegBlockiness(luma, 64)).toBe(1);
});

test('is 1 for an even picture, never less, and never fails on a small one', () => {
	expect(jpegBlockiness(new Uint8Array(100).fill(9), 10)).toBe(1);
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.integer(), (w, h, seed) => {
			const random = seededRandom(seed);
			const blockiness = jpegBlockiness(
				Uint8Array.from({ length: w * h }, () => random.below(256)),
				w,
			);
			expect(Number.isFinite(blockiness)).toBe(true);
			expect(blockiness).toBeGreaterThanOrEqual(1);
		}),
	);
});
