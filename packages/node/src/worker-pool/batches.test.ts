import type { Level, TileIndex } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tileBatches, windowBatches } from './batches.ts';

function level(widthPx: number, heightPx: number, tileWidthPx: number, tileHeightPx: number): Level {
	const columns = Math.ceil(widthPx / tileWidthPx);
	const rows = Math.ceil(heightPx / tileHeightPx);
	return { widthPx, heightPx, downsample: 1, tileWidthPx, tileHeightPx, columns, rows, compression: 'jpeg' };
}

function allTiles({ columns, rows }: Level): TileIndex[] {
	return Array.from({ length: columns * rows }, (_, i) => ({ column: i % columns, row: Math.floor(i / columns) }));
}

test('tiles of 256 px go in blocks of 8 x 8', () => {
	const slide = level(5000, 4096, 256, 256);
	const batches = tileBatches(slide, allTiles(slide));
	expect(batches.map((batch) => batch.length)).toEqual([64, 64, 32, 64, 64, 32]);
	expect(batches[1]!.slice(0, 2)).toEqual([
		{ column: 8, row: 0 },
		{ column: 9, row: 0 },
	]);
});

test('tiles larger than a block go alone; strips go many at a time', () => {
	const large = level(9000, 9000, 4096, 4096);
	expect(tileBatches(large, allTiles(large)).every((batch) => batch.length === 1)).toBe(true);
	const strips = level(9000, 4096, 9000, 16);
	expect(tileBatches(strips, allTiles(strips)).map((batch) => batch.length)).toEqual([128, 128]);
});

const geometry = fc.record({
	width: fc.integer({ min: 1, max: 6000 }),
	height: fc.integer({ min: 1, max: 6000 }),
	tileWidth: fc.integer({ min: 100, max: 2500 }),
	tileHeight: fc.integer({ min: 100, max: 2500 }),
});

test('every tile is in exactly one batch', () => {
	fc.assert(
		fc.property(geometry, ({ width, height, tileWidth, tileHeight }) => {
			const slide = level(width, height, tileWidth, tileHeight);
			const names = tileBatches(slide, allTiles(slide))
				.flat()
				.map(({ column, row }) => `${column},${row}`);
			expect(new Set(names).size).toBe(names.length);
			expect(names.length).toBe(slide.columns * slide.rows);
		}),
		{ numRuns: 50 },
	);
});

test('windows are grouped by place and none is lost', () => {
	const windows = [
		{ x: 0, y: 0 },
		{ x: 2100, y: 0 },
		{ x: 1900, y: 10 },
		{ x: 0, y: 2048 },
	];
	expect(windowBatches(windows)).toEqual([[windows[0], windows[2]], [windows[1]], [windows[3]]]);
});
