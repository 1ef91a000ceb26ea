import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VALIDITY } from '../map/focus-map.ts';
import { CELL_COLUMNS, type CellsTable, cellsTables } from './cells-table.ts';
import { exampleResult } from './testing/example.ts';

const { assessment, map } = exampleResult();

function only(tables: Iterable<CellsTable>): CellsTable {
	const all = [...tables];
	expect(all).toHaveLength(1);
	return all[0]!;
}

describe('cellsTables', () => {
	test('lists every place that is not background, row by row', () => {
		const table = only(cellsTables(assessment, map));
		const wanted = [...map.validity.keys()].filter((place) => map.validity[place] !== VALIDITY.background);
		expect(table.length).toBe(wanted.length);
		expect([...table.row].map((row, i) => row * map.columns + table.column[i]!)).toEqual(wanted);
		for (const [i, place] of wanted.entries()) {
			expect(table.validity[i]).toBe(map.validity[place]);
			expect(table.tissueFraction[i]).toBe(map.tissueFraction[place]);
			expect(table.value[i]).toBe(map.values[place]);
		}
	});

	test('gives corners in pixels and micrometres', () => {
		const shifted = { ...map, originXPx: 32, originYPx: 16 };
		const table = only(cellsTables(assessment, shifted));
		for (const i of [0, 7, table.length - 1]) {
			expect(table.xPx[i]).toBe(32 + 64 * table.column[i]!);
			expect(table.yPx[i]).toBe(16 + 64 * table.row[i]!);
			expect(table.xUm![i]).toBeCloseTo(table.xPx[i]! * 0.25, 9);
			expect(table.yUm![i]).toBeCloseTo(table.yPx[i]! * 0.25, 9);
		}
	});

	test('has no micrometres when the pixel size is unknown', () => {
		const unknown = exampleResult({ mpp: false });
		const table = only(cellsTables(unknown.assessment, unknown.map));
		expect(table.xUm).toBeUndefined();
		expect(table.yUm).toBeUndefined();
	});

	test('clips the last places to the slide', () => {
		const everywhere = { ...map, validity: new Uint8Array(map.validity.length) };
		const table = only(cellsTables(assessment, everywhere));
		const last = table.length - 1;
		expect(table.xPx[last]! + table.widthPx[last]!).toBe(assessment.slide.widthPx);
		expect(table.yPx[last]! + table.heightPx[last]!).toBe(assessment.slide.heightPx);
		expect(table.widthPx[0]).toBe(64);
		const area = table.widthPx.reduce((sum, width, i) => sum + width * table.heightPx[i]!, 0);
		expect(area).toBe(assessment.slide.widthPx * assessment.slide.heightPx);
	});

	test('a place wholly outside the slide has no size rather than a negative one', () => {
		const small = { slide: { ...assessment.slide, widthPx: 640 } };
		const everywhere = { ...map, validity: new Uint8Array(map.validity.length) };
		const table = only(cellsTables(small, everywhere));
		expect(Math.min(...table.widthPx)).toBe(0);
	});

	test('shows no value where the map has none, even if a number is stored there', () => {
		const validity = map.validity.slice().fill(VALIDITY.littleTexture);
		const values = map.values.slice().fill(3);
		const table = only(cellsTables(assessment, { ...map, validity, values }));
		expect(table.value.every(Number.isNaN)).toBe(true);
	});

	test('a slide without tissue has no table', () => {
		const validity = map.validity.slice().fill(VALIDITY.background);
		expect([...cellsTables(assessment, { ...map, validity })]).toEqual([]);
	});

	test('tables of any size add up to the whole', () => {
		const whole = only(cellsTables(assessment, map));
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 2000 }), (rows) => {
				const parts = [...cellsTables(assessment, map, rows)];
				expect(parts.every(({ length }, i) => length === rows || i === parts.length - 1)).toBe(true);
				expect(parts.flatMap(({ value }) => [...value])).toEqual([...whole.value]);
				expect(parts.flatMap(({ xPx }) => [...xPx])).toEqual([...whole.xPx]);
			}),
			{ numRuns: 20 },
		);
	});

	test('column names are distinct and fit SQL', () => {
		expect(new Set(CELL_COLUMNS).size).toBe(CELL_COLUMNS.length);
		for (const name of CELL_COLUMNS) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
	});
});
