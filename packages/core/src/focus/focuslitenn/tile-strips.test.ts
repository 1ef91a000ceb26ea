import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourceTile } from './source-tile.ts';
import { noisePlanes } from './testing/synthetic.ts';
import { tileStrips } from './tile-strips.ts';

/** Level-0 rows of the windows wholly inside. */
function windowRows(yPx: number, heightPx: number): number[] {
	return Array.from({ length: heightPx }, (_, y) => yPx + y).filter((y) => y % 5 === 0 && y + 7 <= yPx + heightPx);
}

describe('strips of a tile', () => {
	test('one when it fits', () => {
		const source = sourceTile(noisePlanes('ycbcr', 64, 64, 2, 2), 'all');
		expect([...tileStrips(source, 7, 1e6)]).toEqual([{ source, yPx: 7 }]);
	});

	test('hold every row of windows exactly once, within the budget', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 300 }),
				fc.nat(1000),
				fc.constantFrom([1, 1] as const, [2, 2] as const, [4, 4] as const),
				fc.integer({ min: 1, max: 8000 }),
				(heightPx, yPx, [chromaX, chromaY], budget) => {
					const tile = noisePlanes('ycbcr', 16, heightPx, chromaX, chromaY);
					const source = sourceTile(tile, 'all');
					const bytesPerRow = 16 + 32 / (chromaX * chromaY);
					const rows: number[] = [];
					for (const strip of tileStrips(source, yPx, budget)) {
						rows.push(...windowRows(strip.yPx, strip.source.heightPx));
						const top = strip.yPx - yPx;
						expect(top % 4).toBe(0);
						expect(strip.source.heightPx).toBeLessThanOrEqual(Math.max(11, budget / bytesPerRow));
						strip.source.planes.forEach((plane, index) => {
							const from = plane.data.byteOffset;
							expect(from).toBe((top / (index === 0 ? 1 : chromaY)) * plane.strideBytes);
							const needed = Math.ceil(strip.source.heightPx / (index === 0 ? 1 : chromaY));
							expect(plane.heightPx).toBe(needed);
						});
					}
					expect(rows).toEqual(windowRows(yPx, heightPx));
				},
			),
		);
	});
});
