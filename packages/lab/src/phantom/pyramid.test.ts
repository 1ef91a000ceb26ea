import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FinishedTile, Pyramid, pyramidSizes } from './pyramid.ts';

const TILE = 16;

test('halves until a tile holds everything', () => {
	expect(pyramidSizes(1000, 300, 256)).toEqual([
		{ widthPx: 1000, heightPx: 300, columns: 4, rows: 2 },
		{ widthPx: 500, heightPx: 150, columns: 2, rows: 1 },
		{ widthPx: 250, heightPx: 75, columns: 1, rows: 1 },
	]);
	expect(pyramidSizes(100, 256, 256)).toHaveLength(1);
	expect(pyramidSizes(100_000, 100_000, 256)).toHaveLength(10);
});

async function build(widthPx: number, heightPx: number, value: (x: number, y: number, c: number) => number) {
	const sizes = pyramidSizes(widthPx, heightPx, TILE);
	const tiles: FinishedTile[] = [];
	const pyramid = new Pyramid(sizes, TILE, async (tile) => {
		tiles.push({ ...tile, data: tile.data.slice() });
	});
	for (let row = 0; row < sizes[0]!.rows; row++) {
		for (let column = 0; column < sizes[0]!.columns; column++) {
			const data = Uint8Array.from({ length: 3 * TILE * TILE }, (_, i) => {
				const pixel = Math.floor(i / 3);
				return value(column * TILE + (pixel % TILE), row * TILE + Math.floor(pixel / TILE), i % 3);
			});
			await pyramid.add({ level: 0, column, row, data });
		}
	}
	return { sizes, tiles };
}

test('every tile of every level once, those of a level in order', async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), async (widthPx, heightPx) => {
			const { sizes, tiles } = await build(widthPx, heightPx, () => 7);
			for (const [level, { columns, rows }] of sizes.entries()) {
				const order = tiles.filter((tile) => tile.level === level).map((tile) => tile.row * columns + tile.column);
				expect(order).toEqual(Array.from({ length: columns * rows }, (_, i) => i));
			}
		}),
		{ numRuns: 30 },
	);
});

test('a level holds means of 2 x 2 pixels, rounded', async () => {
	const value = (x: number, y: number, c: number): number => (x * 5 + y * 11 + c * 3 + x * y) % 256;
	const { tiles } = await build(75, 52, value);
	for (const tile of tiles.filter(({ level }) => level === 1)) {
		for (let y = 0; y < TILE; y++) {
			for (let x = 0; x < TILE; x++) {
				const left = 2 * (tile.column * TILE + x);
				const top = 2 * (tile.row * TILE + y);
				if (left >= 74 || top >= 52) continue;
				for (let c = 0; c < 3; c++) {
					const sum =
						value(left, top, c) + value(left + 1, top, c) + value(left, top + 1, c) + value(left + 1, top + 1, c);
					expect(tile.data[3 * (y * TILE + x) + c]).toBe((sum + 2) >> 2);
				}
			}
		}
	}
});

test('padding beyond the tiles of the level above is glass', async () => {
	const { tiles } = await build(33, 16, () => 10);
	const small = tiles.find(({ level }) => level === 2)!;
	expect(small.data[0]).toBe(10);
	expect(small.data.at(-1)).toBe(243);
});

test('a failure of the taker reaches the giver', async () => {
	const pyramid = new Pyramid(pyramidSizes(16, 16, TILE), TILE, async () => {
		throw new Error('full');
	});
	const tile = { level: 0, column: 0, row: 0, data: new Uint8Array(3 * TILE * TILE) };
	await expect(pyramid.add(tile)).rejects.toThrow('full');
});
