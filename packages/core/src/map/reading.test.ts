import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { asUnreadable, overlaps, tileRect, tilesUnder, turns } from './reading.ts';
import { fakeSlide, tissuePixel } from './testing/fake-slide.ts';

const level = fakeSlide({ widthPx: 1000, heightPx: 600, pixel: (x, y) => tissuePixel(0, x, y) }).levels[0]!;

test('the last tiles of a level are cut to it', () => {
	expect(tileRect({ column: 3, row: 2 }, level)).toEqual({ x: 768, y: 512, widthPx: 232, heightPx: 88 });
});

test('rectangles that only touch do not overlap', () => {
	const a = { x: 0, y: 0, widthPx: 10, heightPx: 10 };
	expect(overlaps(a, { x: 10, y: 0, widthPx: 5, heightPx: 5 })).toBe(false);
	expect(overlaps(a, { x: 9, y: 9, widthPx: 5, heightPx: 5 })).toBe(true);
});

test('a rectangle touches exactly the tiles it overlaps', () => {
	fc.assert(
		fc.property(
			fc.nat(999),
			fc.nat(599),
			fc.integer({ min: 1, max: 900 }),
			fc.integer({ min: 1, max: 900 }),
			(x, y, widthPx, heightPx) => {
				const rect = { x, y, widthPx, heightPx };
				const under = new Set(tilesUnder(rect, level).map((tile) => JSON.stringify(tile)));
				for (let row = 0; row < level.rows; row++) {
					for (let column = 0; column < level.columns; column++) {
						const touched = overlaps(rect, tileRect({ column, row }, level));
						expect(under.has(JSON.stringify({ column, row }))).toBe(touched);
					}
				}
			},
		),
	);
});

test('only corrupt tiles are noted', () => {
	const tile = { column: 1, row: 2 };
	const corrupt = new FormatError('tile', 'corrupt', 'Broken.');
	expect(asUnreadable(corrupt, tile, undefined)).toEqual({ ...tile, message: 'Broken.' });
	const bug = new RangeError('oops');
	expect(() => asUnreadable(bug, tile, undefined)).toThrow(bug);
	expect(() => asUnreadable(corrupt, tile, AbortSignal.abort(new Error('cancelled')))).toThrow('cancelled');
});

test('cancelling is heard at every turn', async () => {
	const controller = new AbortController();
	const turn = turns(controller.signal);
	expect(turn()).toBeUndefined();
	controller.abort(new Error('cancelled'));
	expect(turn).toThrow('cancelled');
});
