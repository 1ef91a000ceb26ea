import { expect, test } from 'vitest';
import { createRaster, grow, reduce, reducedRect } from './raster.ts';

test('growing a rectangle', () => {
	expect(grow({ x: 5, y: -2, widthPx: 10, heightPx: 4 }, 3)).toEqual({ x: 2, y: -5, widthPx: 16, heightPx: 10 });
});

test('the reduced rectangle covers the whole one', () => {
	expect(reducedRect({ x: 5, y: -2, widthPx: 10, heightPx: 4 }, 4)).toEqual({ x: 1, y: -1, widthPx: 3, heightPx: 2 });
	expect(reducedRect({ x: 8, y: 8, widthPx: 8, heightPx: 4 }, 4)).toEqual({ x: 2, y: 2, widthPx: 2, heightPx: 1 });
});

test('reducing takes means on the grid of the slide', () => {
	const source = createRaster({ x: -3, y: 1, widthPx: 9, heightPx: 7 });
	for (let y = 0; y < 7; y++) {
		for (let x = 0; x < 9; x++) source.data.set([x - 3, y + 1, 1], 3 * (y * 9 + x));
	}
	const reduced = reduce(source, { x: -1, y: 1, widthPx: 3, heightPx: 2 }, 2);
	expect([...reduced.data]).toEqual([
		...[-1.5, 2.5, 1, 0.5, 2.5, 1, 2.5, 2.5, 1],
		...[-1.5, 4.5, 1, 0.5, 4.5, 1, 2.5, 4.5, 1],
	]);
});
