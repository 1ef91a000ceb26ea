import type { RgbImage } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../simulate/random.ts';
import {
	type Augmentation,
	drawAugmentation,
	FLIPS_AND_TURNS,
	NO_AUGMENTATION,
	PAPERS_AUGMENTATION,
} from './augmentation.ts';
import { cropCorners } from './crop-plan.ts';
import { IMAGENET_STATISTICS, UNIT_RANGE } from './normalisation.ts';
import { createPatchPreparer, type PatchPixels, type Preparation } from './preparation.ts';

/** Every pixel tells where it is: red is its column, green its row, blue both. */
function chart(widthPx: number, heightPx: number): RgbImage {
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let y = 0; y < heightPx; y++) {
		for (let x = 0; x < widthPx; x++) data.set([x, y, (x + y) % 256], 3 * (y * widthPx + x));
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

const PLAIN: Preparation = {
	resample: 'none',
	crop: { kind: 'centre', sizePx: 4 },
	augmentation: NO_AUGMENTATION,
	normalisation: 'bytes',
};

function prepared(image: RgbImage, change: Partial<Preparation>, seed = 1): PatchPixels {
	const preparer = createPatchPreparer({ ...PLAIN, ...change });
	const small = preparer.resampled(image);
	const pixels = preparer.allocate(preparer.cropCount(small));
	preparer.write(small, seededRandom(seed), pixels, 0);
	return pixels;
}

/** Column and row of each pixel of a 4 x 4 crop of a chart. */
function places(pixels: PatchPixels): string[] {
	return Array.from({ length: 16 }, (_, i) => `${pixels[i]},${pixels[16 + i]}`);
}

test('channels become planes, rows stay rows', () => {
	const pixels = prepared(chart(6, 8), {});
	expect(pixels).toBeInstanceOf(Uint8Array);
	expect([...pixels.subarray(0, 8)]).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
	expect([...pixels.subarray(16, 24)]).toEqual([2, 2, 2, 2, 3, 3, 3, 3]);
	expect([...pixels.subarray(32, 36)]).toEqual([3, 4, 5, 6]);
});

test('normalised values are those of the bytes', () => {
	const bytes = prepared(chart(6, 8), {});
	const unit = prepared(chart(6, 8), { normalisation: UNIT_RANGE });
	const imagenet = prepared(chart(6, 8), { normalisation: IMAGENET_STATISTICS });
	expect(unit).toBeInstanceOf(Float32Array);
	bytes.forEach((byte, i) => {
		const c = Math.floor(i / 16);
		expect(unit[i]).toBe(Math.fround(byte / 255));
		expect(imagenet[i]).toBeCloseTo((byte / 255 - IMAGENET_STATISTICS.mean[c]!) / IMAGENET_STATISTICS.deviation[c]!, 6);
	});
});

describe('augmentation', () => {
	test('flips and turns only move pixels, and all eight ways come out', () => {
		const source = places(prepared(chart(4, 4), {}));
		const seen = new Set<string>();
		for (let seed = 0; seed < 200; seed++) {
			const own = places(prepared(chart(4, 4), { augmentation: FLIPS_AND_TURNS }, seed));
			expect([...own].sort()).toEqual([...source].sort());
			seen.add(own.join(' '));
		}
		expect(seen.size).toBe(8);
	});

	test('a turned crop is the same from a wide picture as from a cut one: strides do not leak', () => {
		for (let seed = 0; seed < 20; seed++) {
			const wide = prepared(chart(20, 9), { crop: { kind: 'centre', sizePx: 9 }, augmentation: FLIPS_AND_TURNS }, seed);
			const cut = chart(9, 9);
			for (let i = 0; i < cut.data.length; i += 3) {
				const x = cut.data[i]! + 5;
				cut.data.set([x, cut.data[i + 1]!, x + cut.data[i + 1]!], i);
			}
			expect(prepared(cut, { crop: { kind: 'centre', sizePx: 9 }, augmentation: FLIPS_AND_TURNS }, seed)).toEqual(wide);
		}
	});

	test("the papers' set leaves black corners and other colours; a still one of it changes nothing", () => {
		const flat: RgbImage = { ...chart(40, 40), data: new Uint8Array(4800).fill(200) };
		const crop = { kind: 'centre', sizePx: 32 } as const;
		const moved = Array.from({ length: 10 }, (_, seed) =>
			prepared(flat, { crop, augmentation: PAPERS_AUGMENTATION }, seed),
		);
		expect(moved.some((pixels) => pixels.includes(0))).toBe(true);
		for (const pixels of moved) expect([0, 200]).toEqual(expect.arrayContaining([...new Set(pixels)]));
		const still: Augmentation = {
			...NO_AUGMENTATION,
			affine: { rotationDegrees: 0, shiftX: 0, shiftY: 0, scale: [1, 1], interpolation: 'bilinear' },
			saturation: [1, 1],
		};
		expect(prepared(chart(40, 40), { crop, augmentation: still })).toEqual(prepared(chart(40, 40), { crop }));
	});

	test('saturation alone works on the crop, not on the picture', () => {
		const image = chart(8, 8);
		const before = image.data.slice();
		const grey = prepared(image, { augmentation: { ...NO_AUGMENTATION, saturation: [0, 0] } });
		expect(image.data).toEqual(before);
		for (let i = 0; i < 16; i++) expect(new Set([grey[i], grey[16 + i], grey[32 + i]]).size).toBe(1);
	});
});

test('crops are taken after resampling', () => {
	const resampleTo = { method: 'box', widthPx: 4, heightPx: 4 } as const;
	const pixels = prepared(chart(8, 8), { resample: resampleTo });
	// Columns 0 and 1 average to .5, rounded up.
	expect([...pixels.subarray(0, 4)]).toEqual([1, 3, 5, 7]);
});

test('a grid writes its crops one after the other, and only from where it is told', () => {
	const preparer = createPatchPreparer({ ...PLAIN, crop: { kind: 'grid', sizePx: 4, stridePx: 2 } });
	const image = chart(6, 6);
	expect(preparer.cropCount(image)).toBe(4);
	expect(preparer.valuesPerCrop).toBe(48);
	const pixels = preparer.allocate(6).fill(9);
	preparer.write(image, seededRandom(1), pixels, 1);
	expect([0, 1, 2, 3, 4, 5].map((crop) => pixels[crop * 48])).toEqual([9, 0, 2, 0, 2, 9]);
	expect(pixels[3 * 48 + 16]).toBe(2);
});

test('equal streams give equal crops, also after other work', () => {
	const preparer = createPatchPreparer({
		...PLAIN,
		crop: { kind: 'random', sizePx: 4 },
		augmentation: PAPERS_AUGMENTATION,
	});
	const [first, second] = [preparer.allocate(1), preparer.allocate(1)];
	preparer.write(chart(30, 30), seededRandom(3), first, 0);
	preparer.write(chart(50, 50), seededRandom(4), second, 0);
	preparer.write(chart(30, 30), seededRandom(3), second, 0);
	expect(second).toEqual(first);
	preparer.write(chart(30, 30), seededRandom(5), second, 0);
	expect(second).not.toEqual(first);
});

test('a picture that is too small is said before anything is written', () => {
	const preparer = createPatchPreparer(PLAIN);
	expect(() => preparer.cropCount(chart(3, 9))).toThrow(/3 x 9 pixels/);
	expect(() => createPatchPreparer({ ...PLAIN, crop: { kind: 'centre', sizePx: 0 } })).toThrow(/positive whole number/);
});

test('every crop is the picture looked up pixel by pixel, whatever the plan, the size and the turn', () => {
	const side = fc.integer({ min: 3, max: 30 });
	fc.assert(
		fc.property(
			side,
			side,
			side,
			fc.nat(1000),
			fc.constantFrom('random', 'centre'),
			(width, height, crop, seed, kind) => {
				const sizePx = Math.min(crop, width, height);
				const image = chart(width, height);
				const pixels = prepared(image, { crop: { kind, sizePx }, augmentation: FLIPS_AND_TURNS }, seed);
				// The same draws, in the same order, by the definitions.
				const random = seededRandom(seed);
				const [corner] = cropCorners({ kind, sizePx }, image, random) as [{ x: number; y: number }];
				const { transposed, flipX, flipY } = drawAugmentation(FLIPS_AND_TURNS, sizePx, random).orientation;
				for (let y = 0; y < sizePx; y++) {
					for (let x = 0; x < sizePx; x++) {
						const [u, v] = transposed ? [y, x] : [x, y];
						const column = corner.x + (flipX ? sizePx - 1 - u : u);
						const row = corner.y + (flipY ? sizePx - 1 - v : v);
						const at = y * sizePx + x;
						expect(pixels[at]).toBe(column);
						expect(pixels[sizePx * sizePx + at]).toBe(row);
					}
				}
			},
		),
	);
});
