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
		const strips = [...tileStrips(source, 0, 1e6)];
		expect(strips.map(({ yPx, source: { heightPx } }) => [yPx, heightPx])).toEqual([[0, 62]]);
	});

	test('none when no window fits', () => {
		const source = sourceTile(noisePlanes('grey', 64, 6), 'all');
		expect([...tileStrips(source, 0, 1e6)]).toEqual([]);
	});

	test('hold every row of windows exactly once, whole cells, within the budget', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 500 }),
				fc.nat(1000),
				fc.constantFrom([1, 1] as const, [2, 2] as const, [4, 4] as const),
				fc.integer({ min: 1, max: 9000 }),
				(heightPx, yPx, [chromaX, chromaY], budget) => {
					const source = sourceTile(noisePlanes('ycbcr', 16, heightPx, chromaX, chromaY), 'all');
					const bytes = source.planes.reduce((sum, plane) => sum + plane.widthBytes * plane.heightPx, 0);
					const rows: number[] = [];
					const cells: number[] = [];
					for (const strip of tileStrips(source, yPx, budget)) {
						const own = windowRows(strip.yPx, strip.source.heightPx);
						rows.push(...own);
						cells.push(...new Set(own.map((y) => Math.floor((y + 3) / 64))));
						const top = strip.yPx - yPx;
						expect(top % 4).toBe(0);
						const limit = Math.max(64 + 7 + 4, (budget * heightPx) / bytes);
						expect(strip.source.heightPx).toBeLessThanOrEqual(limit);
						for (const [index, plane] of strip.source.planes.entries()) {
							const factor = index === 0 ? 1 : chromaY;
							expect(plane.data.byteOffset).toBe((top / factor) * plane.strideBytes);
							expect(plane.heightPx).toBe(Math.ceil(strip.source.heightPx / factor));
							expect(plane.data.length).toBeGreaterThanOrEqual(plane.heightPx * plane.strideBytes);
						}
					}
					expect(rows).toEqual(windowRows(yPx, heightPx));
					expect(new Set(cells).size).toBe(cells.length);
				},
			),
		);
	});

	test('of planes in the kernels’ memory move their offset, not their view', () => {
		const source = sourceTile(noisePlanes('grey', 16, 300), 'all');
		const shared = { ...source, planes: [{ ...source.planes[0]!, offset: 5000 }] };
		const offsets = [...tileStrips(shared, 0, 1)].map(({ yPx, source: { planes } }) => [yPx, planes[0]!.offset]);
		expect(offsets.length).toBeGreaterThan(3);
		for (const [y, offset] of offsets) expect(offset).toBe(5000 + 16 * y!);
	});
});
