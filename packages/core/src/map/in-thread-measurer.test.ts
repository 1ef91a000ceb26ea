import { expect, test } from 'vitest';
import { ModelError, ReadError } from '../errors.ts';
import { STATISTICS_PER_KERNEL } from '../focus/cells.ts';
import { gridUnder, measureInThread } from './in-thread-measurer.ts';
import type { TileIndex } from './measure.ts';
import { type FakeSlideOptions, fakeModel, fakeSlide, tissuePixel } from './testing/fake-slide.ts';

const slideOf = (options: Partial<FakeSlideOptions> = {}) =>
	fakeSlide({ widthPx: 1000, heightPx: 600, pixel: (x, y) => tissuePixel(x < 500 ? 2 : 6, x, y), ...options });

const allTiles = (columns = 4, rows = 3): TileIndex[] =>
	Array.from({ length: columns * rows }, (_, i) => ({ column: i % columns, row: Math.floor(i / columns) }));

const model = fakeModel();

test('every response lands in its cell, once', async () => {
	const { grid, unreadable } = await measureInThread.cells({ slide: slideOf(), model, tiles: allTiles() });
	expect(grid).toMatchObject({ originColumn: 0, originRow: 0, columns: 16, rows: 10, kernels: 2 });
	expect(unreadable).toEqual([]);
	let responses = 0;
	for (let i = 0; i < grid.data.length; i += 2 * STATISTICS_PER_KERNEL) responses += grid.data[i]!;
	expect(responses).toBe(200 * 120);
	const mean = (column: number) => grid.data[column * 12 + 3]! / grid.data[column * 12]!;
	expect(mean(1)).toBeCloseTo(2, 5);
	expect(mean(12)).toBeCloseTo(6, 5);
});

test('the grid covers the tiles asked for and no more', async () => {
	const { grid } = await measureInThread.cells({ slide: slideOf(), model, tiles: [{ column: 2, row: 1 }] });
	expect(grid).toMatchObject({ originColumn: 8, originRow: 4, columns: 4, rows: 4 });
	expect(grid.data.every((value, i) => i % 6 !== 0 || value > 0)).toBe(true);
});

test('tiles that do not line up with cells share them', () => {
	const level = slideOf({ tilePx: 240 }).levels[0]!;
	expect(gridUnder([{ column: 1, row: 1 }], level, 1)).toMatchObject({
		originColumn: 3,
		originRow: 3,
		columns: 5,
		rows: 5,
	});
	expect(gridUnder([], level, 1)).toMatchObject({ columns: 0, rows: 0 });
});

test('the same numbers whether tiles come at once or are waited for, and in any order', async () => {
	const straight = await measureInThread.cells({ slide: slideOf(), model, tiles: allTiles() });
	const waited = await measureInThread.cells({ slide: slideOf({ asynchronous: true }), model, tiles: allTiles() });
	const backwards = await measureInThread.cells({ slide: slideOf(), model, tiles: allTiles().reverse() });
	expect(waited.grid).toEqual(straight.grid);
	expect(backwards.grid).toEqual(straight.grid);
});

test.each([false, true])(
	'corrupt tiles are noted and the rest is measured (asynchronous: %s)',
	async (asynchronous) => {
		const slide = slideOf({ corrupt: ['1,1', '3,2'], asynchronous });
		const { grid, unreadable } = await measureInThread.cells({ slide, model, tiles: allTiles() });
		expect(unreadable).toEqual([
			{ column: 1, row: 1, message: 'Tile 1,1 is corrupt.' },
			{ column: 3, row: 2, message: 'Tile 3,2 is corrupt.' },
		]);
		const count = (column: number, row: number) => grid.data[(row * grid.columns + column) * 12];
		expect(count(5, 5)).toBe(0);
		expect(count(3, 5)).toBeGreaterThan(0);
	},
);

test('a slide that vanishes ends the measuring', async () => {
	const failure = new ReadError('a.svs', 'vanished', 'The file a.svs vanished while it was read.');
	const request = { slide: slideOf({ failure }), model, tiles: allTiles() };
	await expect(measureInThread.cells(request)).rejects.toBe(failure);
});

test('mistakes of our own are not taken for corrupt tiles', async () => {
	const failure = new TypeError('a bug');
	await expect(measureInThread.cells({ slide: slideOf({ failure }), model, tiles: allTiles() })).rejects.toBe(failure);
});

test('progress ends at the total, and never goes back', async () => {
	const seen: number[] = [];
	const onProgress = (done: number, total: number) => {
		expect(total).toBe(12);
		seen.push(done);
	};
	await measureInThread.cells({ slide: slideOf(), model, tiles: allTiles(), onProgress });
	expect(seen.at(-1)).toBe(12);
	expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('cancelling before and during rejects with the reason of the signal', async () => {
	const before = AbortSignal.abort(new Error('not today'));
	await expect(measureInThread.cells({ slide: slideOf(), model, tiles: allTiles(), signal: before })).rejects.toThrow(
		'not today',
	);

	const during = new AbortController();
	const slide = slideOf({
		asynchronous: true,
		pixel: (x, y) => {
			if (x > 600) during.abort(new Error('enough'));
			return tissuePixel(1, x, y);
		},
	});
	const request = { slide, model, tiles: allTiles(), signal: during.signal };
	await expect(measureInThread.cells(request)).rejects.toThrow('enough');
	expect(slide.tilesRead.length).toBeLessThan(12);
});

test('a model without a fast path is refused by name', async () => {
	const request = { slide: slideOf(), model: fakeModel({ fast: false }), tiles: allTiles() };
	await expect(measureInThread.cells(request)).rejects.toThrow(ModelError);
	await expect(measureInThread.cells(request)).rejects.toThrow(/fake has no fast path/);
});
