import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankRgb, copyPixels, cropRgb, cropToSize, pasteRgb } from './crop.ts';
import type { PlanarImage, RgbImage } from './pixels.ts';

/** Each pixel tells where it is. */
function numbered(widthPx: number, heightPx: number): RgbImage {
	const pixels = Array.from({ length: widthPx * heightPx }, (_, i) => [i % widthPx, Math.floor(i / widthPx), 7]);
	return { layout: 'rgb', widthPx, heightPx, data: Uint8Array.from(pixels.flat()) };
}

const pixel = (image: RgbImage, x: number, y: number): number[] => {
	const at = 3 * (y * image.widthPx + x);
	return [...image.data.subarray(at, at + 3)];
};

function planes(widthPx: number, heightPx: number, ratioX: number, ratioY: number): PlanarImage {
	const plane = (width: number, height: number) => ({
		data: new Uint8Array(width * height),
		widthPx: width,
		heightPx: height,
		strideBytes: width,
	});
	const chroma = plane(Math.ceil(widthPx / ratioX), Math.ceil(heightPx / ratioY));
	return { layout: 'planes', colour: 'ycbcr', widthPx, heightPx, planes: [plane(widthPx, heightPx), chroma, chroma] };
}

describe('cropToSize', () => {
	test('RGB keeps its top left', () => {
		const cropped = cropToSize(numbered(9, 8), 4, 5) as RgbImage;
		expect(cropped).toMatchObject({ widthPx: 4, heightPx: 5 });
		expect(pixel(cropped, 3, 4)).toEqual([3, 4, 7]);
	});

	test('what is not larger is answered as it is', () => {
		const image = numbered(4, 4);
		expect(cropToSize(image, 4, 9)).toBe(image);
		expect(cropToSize(planes(4, 4, 2, 2), 10, 10)).toMatchObject({ widthPx: 4, heightPx: 4 });
	});

	test('planes are views of the size that their sampling gives', () => {
		const side = fc.integer({ min: 3, max: 40 });
		const ratio = fc.constantFrom(1, 2, 4);
		fc.assert(
			fc.property(side, side, ratio, ratio, side, side, (widthPx, heightPx, ratioX, ratioY, width, height) => {
				const image = planes(widthPx, heightPx, ratioX, ratioY);
				const cropped = cropToSize(image, width, height) as PlanarImage;
				const [kept, rows] = [Math.min(width, widthPx), Math.min(height, heightPx)];
				expect(cropped).toMatchObject({ widthPx: kept, heightPx: rows });
				expect(cropped.planes[0]).toMatchObject({ widthPx: kept, heightPx: rows, strideBytes: widthPx });
				expect(cropped.planes[1]).toMatchObject({
					widthPx: Math.ceil(kept / ratioX),
					heightPx: Math.ceil(rows / ratioY),
				});
				expect(cropped.planes[1]!.data).toBe(image.planes[1]!.data);
			}),
		);
	});
});

describe('cropRgb and pasteRgb', () => {
	test('a crop holds the pixels of its rectangle', () => {
		const cropped = cropRgb(numbered(10, 10), { x: 3, y: 4, widthPx: 5, heightPx: 2 });
		expect(cropped.data.length).toBe(30);
		expect([pixel(cropped, 0, 0), pixel(cropped, 4, 1)]).toEqual([
			[3, 4, 7],
			[7, 5, 7],
		]);
	});

	test('pasting anywhere changes just the pixels that overlap', () => {
		const offset = fc.integer({ min: -8, max: 8 });
		fc.assert(
			fc.property(offset, offset, (x, y) => {
				const target = blankRgb(6, 5);
				pasteRgb(target, numbered(4, 4), x, y);
				for (let row = 0; row < 5; row++) {
					for (let column = 0; column < 6; column++) {
						const inside = column >= x && column < x + 4 && row >= y && row < y + 4;
						expect(pixel(target, column, row)).toEqual(inside ? [column - x, row - y, 7] : [255, 255, 255]);
					}
				}
			}),
		);
	});

	test('blankRgb takes a level', () => {
		expect([...blankRgb(2, 1, 9).data]).toEqual([9, 9, 9, 9, 9, 9]);
	});
});

test('copyPixels shares no memory, not even of a Node buffer', () => {
	const rgb: RgbImage = { ...numbered(3, 3), data: Buffer.alloc(27, 5) };
	const planar = planes(6, 6, 2, 2);
	const copies = [copyPixels(rgb) as RgbImage, copyPixels(planar) as PlanarImage] as const;
	rgb.data.fill(1);
	for (const plane of planar.planes) plane.data.fill(1);
	expect(copies[0].data).toEqual(new Uint8Array(27).fill(5));
	expect(copies[1].planes.every((plane) => plane.data.every((value) => value === 0))).toBe(true);
});
