import { CELL_COLUMNS, type CellsTable, cellsTables, VALIDITY, validityWord } from '@parfocal/core';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { exampleResult } from '../../core/src/export/testing/example.ts';
import { cellsParquet } from './parquet.ts';

const { assessment, map } = exampleResult();

function buffer(bytes: Uint8Array): ArrayBuffer {
	return bytes.slice().buffer;
}

async function rowsOf(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
	return parquetReadObjects({ file: buffer(bytes) });
}

describe('cellsParquet', () => {
	test('reads back as the table', async () => {
		const rows = await rowsOf(await cellsParquet(assessment, map));
		const [table] = [...cellsTables(assessment, map)] as [CellsTable];
		expect(rows).toHaveLength(table.length);
		for (const [i, row] of rows.entries()) {
			const value = table.value[i]!;
			expect(row).toEqual({
				column: table.column[i],
				row: table.row[i],
				x_px: table.xPx[i],
				y_px: table.yPx[i],
				width_px: table.widthPx[i],
				height_px: table.heightPx[i],
				x_um: table.xUm![i],
				y_um: table.yUm![i],
				value: Number.isNaN(value) ? null : value,
				unit: 'defocusUm',
				validity: validityWord(table.validity[i]!),
				tissue_fraction: table.tissueFraction[i],
			});
		}
	});

	test('has the columns of the text table, typed', async () => {
		const metadata = parquetMetadata(buffer(await cellsParquet(assessment, map)));
		const columns = parquetSchema(metadata).children.map(({ element }) => element);
		expect(columns.map(({ name }) => name)).toEqual([...CELL_COLUMNS]);
		expect(columns.map(({ type }) => type)).toEqual([
			...new Array(6).fill('INT32'),
			'DOUBLE',
			'DOUBLE',
			'FLOAT',
			'BYTE_ARRAY',
			'BYTE_ARRAY',
			'FLOAT',
		]);
	});

	test('has a column of certainty when the model says it, null where there is no value', async () => {
		const certainty = map.values.map((value) => value / 10);
		const bytes = await cellsParquet(assessment, { ...map, certainty });
		const columns = parquetSchema(parquetMetadata(buffer(bytes))).children.map(({ element }) => element);
		expect(columns.map(({ name }) => name)).toEqual([...CELL_COLUMNS, 'certainty']);
		const rows = await rowsOf(bytes);
		const known = rows.filter(({ value }) => value !== null);
		expect(known.length).toBeGreaterThan(10);
		for (const { value, certainty: sure } of known) expect(sure).toBeCloseTo((value as number) / 10, 5);
		expect(rows.filter(({ value }) => value === null).every((row) => row['certainty'] === null)).toBe(true);
	});

	test('says where the numbers come from', async () => {
		const { key_value_metadata, created_by } = parquetMetadata(buffer(await cellsParquet(assessment, map)));
		const pairs = Object.fromEntries(key_value_metadata!.map(({ key, value }) => [key, value]));
		expect(pairs).toMatchObject({
			'parfocal.schema': 'parfocal-cells-1',
			'parfocal.slide': 'example-slide.svs',
			'parfocal.unit': 'defocusUm',
			'parfocal.higher_means': 'blurrier',
			'parfocal.step_px': '64',
			'parfocal.window_px': '192',
			'parfocal.model_sha256': assessment.provenance.model.sha256,
		});
		expect(created_by).toBe('parfocal 0.1.0');
	});

	test('names the calibration where there is one, and only there', async () => {
		const calibration = { name: 'scanner 3', sha256: '12'.repeat(32) };
		const calibrated = { ...assessment, provenance: { ...assessment.provenance, calibration } };
		const valueIn = async (given: typeof assessment): Promise<string | undefined> =>
			parquetMetadata(buffer(await cellsParquet(given, map))).key_value_metadata!.find(
				({ key }) => key === 'parfocal.calibration_sha256',
			)?.value;
		expect(await valueIn(calibrated)).toBe(calibration.sha256);
		expect(await valueIn(assessment)).toBeUndefined();
	});

	test('unknown positions are null', async () => {
		const unknown = exampleResult({ mpp: false });
		const rows = await rowsOf(await cellsParquet(unknown.assessment, unknown.map));
		expect(rows.length).toBeGreaterThan(100);
		expect(rows.every((row) => row['x_um'] === null && row['y_um'] === null)).toBe(true);
	});

	test('a slide without tissue has the columns and no rows', async () => {
		const validity = map.validity.slice().fill(VALIDITY.background);
		const bytes = await cellsParquet(assessment, { ...map, validity });
		expect(await rowsOf(bytes)).toEqual([]);
		const names = parquetSchema(parquetMetadata(buffer(bytes))).children.map(({ element }) => element.name);
		expect(names).toEqual([...CELL_COLUMNS]);
	});

	test('large maps are cut into groups and lose no row', async () => {
		const columns = 500;
		const rows = 400;
		const values = Float32Array.from({ length: columns * rows }, (_, i) => i / 7);
		const large = {
			...map,
			columns,
			rows,
			values,
			validity: new Uint8Array(values.length),
			tissueFraction: new Float32Array(values.length).fill(1),
		};
		const bytes = await cellsParquet(
			{ ...assessment, slide: { ...assessment.slide, widthPx: 32000, heightPx: 25600 } },
			large,
		);
		const metadata = parquetMetadata(buffer(bytes));
		expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([131_072, 200_000 - 131_072]);
		const last = await parquetReadObjects({ file: buffer(bytes), rowStart: 199_999 });
		expect(last).toMatchObject([{ column: 499, row: 399, value: values.at(-1) }]);
	});

	test('the same map gives the same bytes', async () => {
		const one = await cellsParquet(assessment, map);
		expect(Buffer.compare(one, await cellsParquet(assessment, map))).toBe(0);
	});

	test('odd slide names are kept', async () => {
		const name = 'größe 病理 "2".svs';
		const bytes = await cellsParquet({ ...assessment, slide: { ...assessment.slide, name } }, map);
		const { key_value_metadata } = parquetMetadata(buffer(bytes));
		expect(key_value_metadata!.find(({ key }) => key === 'parfocal.slide')?.value).toBe(name);
	});
});
