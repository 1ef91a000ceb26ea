import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';
import { CELL_COLUMNS, cellsTables } from './cells-table.ts';
import { exampleResult } from './testing/example.ts';
import { cellsTsv } from './tsv.ts';
import { validityWord } from './words.ts';

const { assessment, map } = exampleResult();

function parse(text: string): Record<string, string>[] {
	const lines = text.split('\n');
	expect(lines.pop()).toBe('');
	const names = lines.shift()!.split('\t');
	return lines.map((line) => {
		const fields = line.split('\t');
		expect(fields).toHaveLength(names.length);
		return Object.fromEntries(names.map((name, i) => [name, fields[i]!]));
	});
}

function decode(pieces: readonly Uint8Array[]): string {
	return pieces.map((piece) => new TextDecoder().decode(piece)).join('');
}

function textOf(given: Pick<typeof assessment, 'slide'>, focusMap: FocusMap): string {
	return decode([...cellsTsv(given, focusMap)]);
}

describe('cellsTsv', () => {
	test('has a header and a row a place, equal to the table', () => {
		const text = textOf(assessment, map);
		expect(text.startsWith(`${CELL_COLUMNS.join('\t')}\n`)).toBe(true);
		const rows = parse(text);
		const [table] = cellsTables(assessment, map);
		expect(rows).toHaveLength(table!.length);
		for (const [i, row] of rows.entries()) {
			expect(Number(row['column'])).toBe(table!.column[i]);
			expect(Number(row['row'])).toBe(table!.row[i]);
			expect(Number(row['x_px'])).toBe(table!.xPx[i]);
			expect(Number(row['y_px'])).toBe(table!.yPx[i]);
			expect(Number(row['width_px'])).toBe(table!.widthPx[i]);
			expect(Number(row['height_px'])).toBe(table!.heightPx[i]);
			expect(Number(row['x_um'])).toBeCloseTo(table!.xUm![i]!, 3);
			expect(row['unit']).toBe('defocusUm');
			expect(row['validity']).toBe(validityWord(table!.validity[i]!));
			expect(Number(row['tissue_fraction'])).toBeCloseTo(table!.tissueFraction[i]!, 3);
		}
	});

	test('leaves unknown values empty', () => {
		const rows = parse(textOf(assessment, map));
		const judged = rows.filter((row) => row['validity'] === 'assessable');
		const others = rows.filter((row) => row['validity'] !== 'assessable');
		expect(judged.every((row) => row['value'] !== '')).toBe(true);
		expect(others.length).toBeGreaterThan(10);
		expect(others.every((row) => row['value'] === '')).toBe(true);
		expect(new Set(others.map((row) => row['validity']))).toEqual(
			new Set(['little-texture', 'pen-mark', 'unreadable']),
		);
	});

	test('leaves micrometres empty when the pixel size is unknown', () => {
		const unknown = exampleResult({ mpp: false });
		const rows = parse(textOf(unknown.assessment, unknown.map));
		expect(rows.every((row) => row['x_um'] === '' && row['y_um'] === '')).toBe(true);
	});

	test('certainty is a last column when the model says it, empty where there is no value', () => {
		const certainty = map.values.map((value) => (Number.isNaN(value) ? value : Math.min(1, value / 7)));
		const text = textOf(assessment, { ...map, certainty });
		expect(text.startsWith(`${CELL_COLUMNS.join('\t')}\tcertainty\n`)).toBe(true);
		const rows = parse(text);
		const [table] = cellsTables(assessment, { ...map, certainty });
		for (const [i, row] of rows.entries()) {
			const sure = table!.certainty![i]!;
			expect(row['certainty'] === '').toBe(Number.isNaN(sure));
			if (row['certainty'] !== '') expect(Number(row['certainty'])).toBeCloseTo(sure, 3);
		}
		const without = textOf(assessment, map);
		expect(text.split('\n').map((line) => line.slice(0, line.lastIndexOf('\t')))).toEqual([
			...without.split('\n').slice(0, -1),
			'',
		]);
	});

	test('tissue fractions beyond their range, from rounding, stay in it', () => {
		const tissueFraction = map.tissueFraction.map((_, i) => (i % 2 ? 1.0000001 : -1e-9));
		const rows = parse(textOf(assessment, { ...map, tissueFraction }));
		expect(new Set(rows.map((row) => row['tissue_fraction']))).toEqual(new Set(['0', '1']));
	});

	test('a slide without tissue is a header alone', () => {
		const validity = map.validity.slice().fill(VALIDITY.background);
		expect(textOf(assessment, { ...map, validity })).toBe(`${CELL_COLUMNS.join('\t')}\n`);
	});

	test('keeps six significant digits of any value', () => {
		const float32 = fc.float({ min: Math.fround(-1e30), max: Math.fround(1e30), noNaN: true });
		fc.assert(
			fc.property(fc.array(float32, { minLength: 1, maxLength: 40 }), (numbers) => {
				const line: FocusMap = {
					...map,
					columns: numbers.length,
					rows: 1,
					values: Float32Array.from(numbers),
					validity: new Uint8Array(numbers.length),
					tissueFraction: new Float32Array(numbers.length).fill(1),
				};
				const rows = parse(textOf(assessment, line));
				for (const [i, value] of line.values.entries()) {
					const read = Number(rows[i]!['value']);
					expect(Number.isFinite(read)).toBe(true);
					expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 5.1e-6);
				}
			}),
			{ numRuns: 200 },
		);
	});

	test('comes in pieces that end with whole lines', () => {
		const columns = 300;
		const rows = 150;
		const validity = new Uint8Array(columns * rows);
		const values = Float32Array.from(validity, (_, i) => i / 9);
		const tissueFraction = new Float32Array(validity.length).fill(1);
		const pieces = [...cellsTsv(assessment, { ...map, columns, rows, values, validity, tissueFraction })];
		expect(pieces.length).toBeGreaterThan(2);
		for (const piece of pieces) {
			expect(piece.at(-1)).toBe(10);
			expect(piece.length).toBeLessThan(1.1 * 2 ** 20);
		}
		expect(decode(pieces).split('\n')).toHaveLength(columns * rows + 2);
		// Pieces are the caller's: none is written over by the next.
		expect(decode(pieces.slice(1, 2)).split('\n')[0]!.split('\t')).toHaveLength(CELL_COLUMNS.length);
	});
});
