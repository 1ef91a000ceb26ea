import { expect, test } from 'vitest';
import type { Level } from '../slide/slide.ts';
import { VALIDITY } from './focus-map.ts';
import { markUnreadable } from './holes.ts';

const level: Level = {
	widthPx: 1000,
	heightPx: 1000,
	downsample: 1,
	tileWidthPx: 240,
	tileHeightPx: 240,
	columns: 5,
	rows: 5,
	compression: 'jpeg',
};

const marked = (
	places: Parameters<typeof markUnreadable>[2],
	column: number,
	row: number,
	start: number = VALIDITY.assessable,
) => {
	const validity = new Uint8Array(places.columns * places.rows).fill(start);
	markUnreadable(validity, [{ column, row, message: '' }], places, level);
	return Array.from(
		{ length: places.columns },
		(_, x) => validity[x + places.columns * Math.min(places.rows - 1, 5)] === VALIDITY.unreadable,
	);
};

test('every place that touches the tile is a hole', () => {
	const cells = { originXPx: 0, originYPx: 0, stepPx: 64, sizePx: 64, columns: 16, rows: 16 };
	// The tile covers 240 to 479: cells 3 to 7.
	expect(marked(cells, 1, 1).map(Number).join('')).toBe('0001111100000000');
});

test('wide windows are holes as far as they reach', () => {
	const windows = { originXPx: 0, originYPx: 0, stepPx: 128, sizePx: 235, columns: 6, rows: 6 };
	// Windows start at 0, 128, … and reach 235 px: those from 128 to 384 touch 240..479.
	expect(marked(windows, 1, 2).map(Number).join('')).toBe('011100');
	// A place that ends where the tile begins does not touch it.
	expect(
		marked({ ...windows, sizePx: 112 }, 1, 2)
			.map(Number)
			.join(''),
	).toBe('001100');
});

test('what was not assessable anyway stays what it was', () => {
	const cells = { originXPx: 0, originYPx: 0, stepPx: 64, sizePx: 64, columns: 16, rows: 16 };
	expect(marked(cells, 1, 1, VALIDITY.background)).not.toContain(true);
});
