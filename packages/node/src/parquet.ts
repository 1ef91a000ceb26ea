/**
 * `cells.parquet`: the map as a typed, compressed table.
 * @module
 */

import {
	type Assessment,
	type CellColumn,
	type CellsTable,
	cellColumns,
	cellsTables,
	type FocusMap,
	validityWord,
} from '@parfocal/core';
import type { ColumnSource } from 'hyparquet-writer';

/** Places in a row group; what readers load at a time. */
const ROWS_PER_GROUP = 131_072;

/**
 * How each column is stored. Only what can be unknown may be null, and whole numbers that run along the map's rows and
 * columns are stored as differences: a quarter of the time and of the size of the writer's own choice.
 */
const COLUMNS = {
	column: { type: 'INT32', nullable: false, encoding: 'DELTA_BINARY_PACKED', statistics: false },
	row: { type: 'INT32', nullable: false, encoding: 'DELTA_BINARY_PACKED', statistics: false },
	x_px: { type: 'INT32', nullable: false, encoding: 'DELTA_BINARY_PACKED', statistics: false },
	y_px: { type: 'INT32', nullable: false, encoding: 'DELTA_BINARY_PACKED', statistics: false },
	width_px: { type: 'INT32', nullable: false, encoding: 'DELTA_BINARY_PACKED', statistics: false },
	height_px: { type: 'INT32', nullable: false, encoding: 'DELTA_BINARY_PACKED', statistics: false },
	x_um: { type: 'DOUBLE', nullable: true, statistics: false },
	y_um: { type: 'DOUBLE', nullable: true, statistics: false },
	value: { type: 'FLOAT', nullable: true, encoding: 'PLAIN' },
	unit: { type: 'STRING', nullable: false, statistics: false },
	validity: { type: 'STRING', nullable: false, statistics: false },
	tissue_fraction: { type: 'FLOAT', nullable: false, statistics: false },
	certainty: { type: 'FLOAT', nullable: true, statistics: false },
} as const satisfies Readonly<Record<CellColumn, Omit<ColumnSource, 'name' | 'data'>>>;

/**
 * The places of the map that are not background as a Parquet file, with the columns of `cells.tsv`; what is unknown is
 * null. The file's key-value metadata holds geometry, unit and provenance under `parfocal.*`.
 */
export async function cellsParquet(assessment: Assessment, map: FocusMap): Promise<Uint8Array> {
	const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer');
	const writer = new ByteWriter();
	const names = cellColumns(map);
	const empty = columnsOf(undefined, names);
	const parquet = new ParquetWriter({
		writer,
		schema: schemaFromColumnData({ columnData: empty }),
		kvMetadata: Object.entries(metadata(assessment)).map(([key, value]) => ({ key: `parfocal.${key}`, value })),
		createdBy: assessment.provenance.software,
	});
	for (const table of cellsTables(assessment, map, ROWS_PER_GROUP)) {
		await parquet.write({ columnData: columnsOf(table, names), rowGroupSize: ROWS_PER_GROUP });
	}
	await parquet.finish();
	return new Uint8Array(writer.getBuffer());
}

function metadata({ slide, map, provenance }: Assessment): Record<string, string> {
	return {
		schema: 'parfocal-cells-1',
		slide: slide.name,
		unit: map.unit,
		higher_means: map.higherMeans,
		step_px: String(map.stepPx),
		window_px: String(map.windowPx),
		software: provenance.software,
		model: provenance.model.name,
		model_sha256: provenance.model.sha256,
		...(provenance.calibration && { calibration_sha256: provenance.calibration.sha256 }),
		settings_sha256: provenance.settingsSha256,
	};
}

function columnsOf(table: CellsTable | undefined, names: readonly CellColumn[]) {
	const data: Readonly<Record<CellColumn, ArrayLike<unknown>>> = {
		column: table?.column ?? [],
		row: table?.row ?? [],
		x_px: table?.xPx ?? [],
		y_px: table?.yPx ?? [],
		width_px: table?.widthPx ?? [],
		height_px: table?.heightPx ?? [],
		x_um: table?.xUm ?? new Array(table?.length ?? 0).fill(null),
		y_um: table?.yUm ?? new Array(table?.length ?? 0).fill(null),
		value: nullable(table?.value ?? new Float32Array(0)),
		unit: new Array(table?.length ?? 0).fill(table?.unit),
		validity: Array.from(table?.validity ?? [], validityWord),
		tissue_fraction: table?.tissueFraction ?? [],
		certainty: nullable(table?.certainty ?? new Float32Array(0)),
	};
	return names.map((name) => ({ name, data: data[name] as unknown[], ...COLUMNS[name] }));
}

/** Null instead of NaN. */
function nullable(values: Float32Array): (number | null)[] {
	const out: (number | null)[] = new Array(values.length);
	for (let i = 0; i < values.length; i++) out[i] = Number.isNaN(values[i]!) ? null : values[i]!;
	return out;
}
