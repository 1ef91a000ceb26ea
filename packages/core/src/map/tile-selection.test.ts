import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Level } from '../slide/slide.ts';
import { VALIDITY } from './focus-map.ts';
import { cellPlaces, tilesWithTissue } from './tile-selection.ts';

const levelOf = (widthPx: number, heightPx: number, tilePx: number): Level => ({
	widthPx,
	heightPx,
	downsample: 1,
	tileWidthPx: tilePx,
	tileHeightPx: tilePx,
	columns: Math.ceil(widthPx / tilePx),
	rows: Math.ceil(heightPx / tilePx),
	compression: 'jpeg',
});

/** Only the given cells are assessable. */
function select(level: Level, ...wanted: readonly (readonly [number, number])[]) {
	const places = cellPlaces(level);
	const validity = new Uint8Array(places.columns * places.rows).fill(VALIDITY.background);
	for (const [column, row] of wanted) validity[row * places.columns + column] = VALIDITY.assessable;
	return tilesWithTissue({ validity, tissueFraction: new Float32Array(validity.length) }, places, level);
}

test('cells cover the slide to its last pixel', () => {
	expect(cellPlaces({ widthPx: 128, heightPx: 129 })).toMatchObject({ columns: 2, rows: 3, stepPx: 64, sizePx: 64 });
});

test('only tiles under an assessable cell are decoded', () => {
	const level = levelOf(1000, 1000, 256);
	expect(select(level)).toEqual([]);
	expect(select(level, [0, 0])).toEqual([{ column: 0, row: 0 }]);
	expect(select(level, [15, 15], [4, 3])).toEqual([
		{ column: 1, row: 0 },
		{ column: 3, row: 3 },
	]);
});

test('a cell over a tile border takes all its tiles', () => {
	// Tiles of 240 px as Aperio writes: cell 3 (192..255) lies on two of them.
	expect(select(levelOf(960, 960, 240), [3, 3])).toHaveLength(4);
});

test('little texture, pen and glass are not decoded', () => {
	const level = levelOf(512, 512, 256);
	const places = cellPlaces(level);
	for (const code of [VALIDITY.littleTexture, VALIDITY.penMark, VALIDITY.background]) {
		const validity = new Uint8Array(64).fill(code);
		expect(tilesWithTissue({ validity, tissueFraction: new Float32Array(64) }, places, level)).toEqual([]);
	}
});

test('a tile is chosen exactly when it shares a pixel with an assessable cell', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 700 }),
			fc.integer({ min: 1, max: 700 }),
			fc.integer({ min: 16, max: 300 }),
			fc.nat(),
			fc.nat(),
			(widthPx, heightPx, tilePx, a, b) => {
				const level = levelOf(widthPx, heightPx, tilePx);
				const { columns, rows } = cellPlaces(level);
				const [column, row] = [a % columns, b % rows];
				const chosen = new Set(select(level, [column, row]).map((tile) => `${tile.column},${tile.row}`));
				for (let y = 0; y < level.rows; y++) {
					for (let x = 0; x < level.columns; x++) {
						const shares = (cell: number, tile: number, sizePx: number) =>
							Math.min((cell + 1) * 64, (tile + 1) * tilePx, sizePx) > Math.max(cell * 64, tile * tilePx);
						expect(chosen.has(`${x},${y}`)).toBe(shares(column, x, widthPx) && shares(row, y, heightPx));
					}
				}
			},
		),
	);
});
