/**
 * Tile coordinates in a Parquet table.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { FormatError } from '@parfocal/core';
import { toReadError } from '../read-error.ts';
import { writeWholeFile } from '../whole-file.ts';
import { noTileSize, type TileFile, type TileFileOptions, tileColumns, tileOf } from './tile-file.ts';

/**
 * Opens a flat Parquet table with columns `x` and `y`.
 * @throws {ReadError | FormatError} as `openTileFile`
 */
export async function openParquetTiles(path: string, { tilePx }: TileFileOptions): Promise<TileFile> {
	const bytes = await readFile(path).catch((error: unknown) => {
		throw toReadError(path, error);
	});
	const { names, types, rows } = await tableOf(path, bytes);
	const columns = tileColumns(names);
	if (!columns) throw new FormatError('coordinates', 'corrupt', `${path} has no columns x and y.`);
	if (columns.width < 0 && tilePx === undefined) throw noTileSize(path);
	const tiles = rows.map((row, i) => {
		const number = (at: number): number => Number(row[names[at]!] ?? Number.NaN);
		const width = columns.width < 0 ? tilePx! : number(columns.width);
		return tileOf(
			path,
			i + 1,
			number(columns.x),
			number(columns.y),
			width,
			columns.height < 0 ? width : number(columns.height),
		);
	});
	return {
		tiles,
		async write(target, kept) {
			const { parquetWriteBuffer } = await import('hyparquet-writer');
			const columnData = names.map((name, i) => ({
				name,
				data: kept.map((row) => rows[row]![name] ?? null),
				...(types[i] !== undefined && { type: types[i] }),
			}));
			await writeWholeFile(target, new Uint8Array(parquetWriteBuffer({ columnData })));
		},
	};
}

type ColumnType = 'BOOLEAN' | 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE' | 'STRING';

interface ParquetTable {
	readonly names: readonly string[];
	/** As they were stored, where the writer has the same. */
	readonly types: readonly (ColumnType | undefined)[];
	readonly rows: readonly Readonly<Record<string, unknown>>[];
}

async function tableOf(path: string, bytes: Uint8Array): Promise<ParquetTable> {
	const { parquetMetadata, parquetReadObjects, parquetSchema } = await import('hyparquet');
	try {
		const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
		const children = parquetSchema(parquetMetadata(file)).children.map(({ element }) => element);
		const rows = (await parquetReadObjects({ file })) as Record<string, unknown>[];
		const plain = ['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'];
		const types = children.map(({ type, converted_type: converted, logical_type: logical }): ColumnType | undefined => {
			if (converted === 'UTF8') return 'STRING';
			return converted === undefined && logical === undefined && plain.includes(type ?? '')
				? (type as ColumnType)
				: undefined;
		});
		return { names: children.map(({ name }) => name), types, rows };
	} catch (cause) {
		const message = `${path} is no Parquet table that can be read (${(cause as Error).message}).`;
		throw new FormatError('coordinates', 'corrupt', message, { cause });
	}
}
