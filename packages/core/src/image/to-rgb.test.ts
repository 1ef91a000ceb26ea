import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cropRgb } from './crop.ts';
import type { PlanarImage } from './pixels.ts';
import { toRgb } from './to-rgb.ts';

/** A planar image from rows of samples, each row followed by a byte of padding. */
function planar(colour: PlanarImage['colour'], ...planes: number[][][]): PlanarImage {
	return {
		layout: 'planes',
		colour,
		widthPx: planes[0]![0]!.length,
		heightPx: planes[0]!.length,
		planes: planes.map((rows) => ({
			data: Uint8Array.from(rows.flatMap((row) => [...row, 77])),
			widthPx: rows[0]!.length,
			heightPx: rows.length,
			strideBytes: rows[0]!.length + 1,
		})),
	};
}

const rows = (widthPx: number, heightPx: number, value: (x: number, y: number) => number): number[][] =>
	Array.from({ length: heightPx }, (_, y) => Array.from({ length: widthPx }, (_, x) => value(x, y)));

describe('toRgb', () => {
	test('an RGB image is answered as it is', () => {
		const image = { layout: 'rgb', widthPx: 1, heightPx: 1, data: Uint8Array.of(1, 2, 3) } as const;
		expect(toRgb(image)).toBe(image);
	});

	test('grey three times, RGB planes in turn', () => {
		expect([
			...toRgb(
				planar('grey', [
					[1, 2],
					[3, 4],
				]),
			).data,
		]).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
		expect([...toRgb(planar('rgb', [[1, 2]], [[3, 4]], [[5, 6]])).data]).toEqual([1, 3, 5, 2, 4, 6]);
	});

	// ITU-T T.871 section 7, in real numbers.
	test('full-size YCbCr is within one level of the formula', () => {
		const sample = fc.nat({ max: 255 });
		fc.assert(
			fc.property(sample, sample, sample, (y, cb, cr) => {
				const [red, green, blue] = toRgb(planar('ycbcr', [[y, y]], [[cb, cb]], [[cr, cr]])).data;
				const clamp = (value: number): number => Math.max(0, Math.min(255, value));
				expect(Math.abs(red! - clamp(y + 1.402 * (cr - 128)))).toBeLessThanOrEqual(0.51);
				expect(Math.abs(green! - clamp(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128)))).toBeLessThanOrEqual(0.51);
				expect(Math.abs(blue! - clamp(y + 1.772 * (cb - 128)))).toBeLessThanOrEqual(0.51);
			}),
			{ numRuns: 500 },
		);
	});

	test('no colour stays no colour at any size and sampling', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 1, max: 20 }),
				fc.constantFrom(1, 2, 4),
				fc.constantFrom(1, 2, 4),
				(widthPx, heightPx, ratioX, ratioY) => {
					const luma = rows(widthPx, heightPx, (x, y) => 10 * x + y);
					const chroma = rows(Math.ceil(widthPx / ratioX), Math.ceil(heightPx / ratioY), () => 128);
					const expected = luma.flat().flatMap((value) => [value, value, value]);
					expect([...toRgb(planar('ycbcr', luma, chroma, chroma)).data]).toEqual(expected);
				},
			),
		);
	});

	test('a part is what cutting the whole gives, at any place, size and sampling', () => {
		const sides = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }));
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		const ratio = fc.constantFrom(1, 2, 4);
		const colour = fc.constantFrom('ycbcr', 'rgb', 'grey', 'interleaved');
		fc.assert(
			fc.property(
				sides,
				fc.tuple(share, share, share, share),
				fc.tuple(ratio, ratio),
				colour,
				([widthPx, heightPx], [left, top, right, bottom], [ratioX, ratioY], colour) => {
					const noise = (seed: number) => (x: number, y: number) => (seed + 37 * x * x + 101 * y * (x + seed)) & 255;
					const small = colour === 'ycbcr' ? [Math.ceil(widthPx / ratioX), Math.ceil(heightPx / ratioY)] : [];
					const [wide = widthPx, high = heightPx] = small;
					const first = rows(widthPx, heightPx, noise(1));
					const planes = planar(
						colour === 'interleaved' ? 'rgb' : colour,
						first,
						...(colour === 'grey' ? [] : [rows(wide, high, noise(2)), rows(wide, high, noise(3))]),
					);
					const pixels = colour === 'interleaved' ? toRgb(planes) : planes;
					const x = Math.floor(left * (widthPx - 1));
					const y = Math.floor(top * (heightPx - 1));
					const part = {
						x,
						y,
						widthPx: 1 + Math.floor(right * (widthPx - x - 1)),
						heightPx: 1 + Math.floor(bottom * (heightPx - y - 1)),
					};
					expect(toRgb(pixels, part)).toEqual(cropRgb(toRgb(pixels), part));
				},
			),
			{ numRuns: 500 },
		);
	});
});
