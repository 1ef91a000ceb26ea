import type { RgbImage } from '@parfocal/core';
import { expect, test } from 'vitest';
import { labelImage, macroImage } from './label.ts';
import { resolvePhantomOptions } from './options.ts';

/** Rows of a picture as text: `#` where it is dark. */
function rows(
	{ data, widthPx }: RgbImage,
	rect: { x: number; y: number; width: number; height: number; dot: number },
): string[] {
	return Array.from({ length: rect.height }, (_, y) =>
		Array.from({ length: rect.width }, (_, x) => {
			const at = 3 * ((rect.y + (y + 0.5) * rect.dot) * widthPx + rect.x + x * rect.dot + Math.floor(rect.dot / 2));
			return data[at]! < 128 ? '#' : '.';
		}).join(''),
	);
}

test('the label says PHANTOM', () => {
	const label = labelImage(resolvePhantomOptions());
	expect(label.data).toHaveLength(3 * label.widthPx * label.heightPx);
	expect(rows(label, { x: 54, y: 70, width: 11, height: 7, dot: 6 })).toEqual([
		'####..#...#',
		'#...#.#...#',
		'#...#.#...#',
		'####..#####',
		'#.....#...#',
		'#.....#...#',
		'#.....#...#',
	]);
});

test('the seed and the size are on it', () => {
	const one = labelImage(resolvePhantomOptions({ seed: 1 })).data;
	expect(labelImage(resolvePhantomOptions({ seed: 2 })).data).not.toEqual(one);
	expect(labelImage(resolvePhantomOptions({ seed: 1, widthPx: 4096 })).data).not.toEqual(one);
	expect(labelImage(resolvePhantomOptions({ seed: 2 ** 32 - 1, widthPx: 100_000, heightPx: 100_000 })).widthPx).toBe(
		360,
	);
});

test.each([
	[1024, 1024],
	[1024, 5],
	[7, 900],
	[64, 64],
])('the macro picture holds a thumbnail of %s x %s', (widthPx, heightPx) => {
	const data = new Uint8Array(3 * widthPx * heightPx).fill(99);
	const macro = macroImage(
		resolvePhantomOptions(),
		{ layout: 'rgb', widthPx, heightPx, data },
		{ widthPx: 1200, heightPx: 400 },
	);
	expect(macro.data).toHaveLength(3 * 1200 * 400);
	const centre = 3 * (200 * 1200 + 800);
	expect([...macro.data.subarray(centre, centre + 3)]).toEqual([99, 99, 99]);
	expect(macro.data[3 * (395 * 1200 + 1195)]).toBeGreaterThan(200);
});
