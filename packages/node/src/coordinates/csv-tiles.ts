/**
 * Tile coordinates in a table as text. Rows are kept as they are written.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { FormatError } from '@parfocal/core';
import { toReadError } from '../read-error.ts';
import { writeWholeFile } from '../whole-file.ts';
import { noTileSize, type TileFile, type TileFileOptions, tileColumns, tileOf } from './tile-file.ts';

/**
 * Opens a CSV or TSV file with a header that has `x` and `y`.
 * @throws {ReadError | FormatError} as `openTileFile`
 */
export async function openCsvTiles(path: string, { tilePx }: TileFileOptions): Promise<TileFile> {
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw toReadError(path, error);
	});
	const [head, ...rows] = recordsOf(text.replace(/^\uFEFF/, ''));
	const separator = head?.includes('\t') ? '\t' : ',';
	const columns = tileColumns(fieldsOf(head ?? '', separator));
	if (head === undefined || !columns) {
		throw new FormatError('coordinates', 'corrupt', `${path} has no header with columns x and y.`);
	}
	if (columns.width < 0 && tilePx === undefined) throw noTileSize(path);
	const tiles = rows.map((row, i) => {
		const fields = fieldsOf(row, separator);
		const number = (at: number): number => (fields[at]?.trim() ? Number(fields[at]) : Number.NaN);
		const width = columns.width < 0 ? tilePx! : number(columns.width);
		const height = columns.height < 0 ? width : number(columns.height);
		return tileOf(path, i + 2, number(columns.x), number(columns.y), width, height);
	});
	const end = /\r\n/.test(text) ? '\r\n' : '\n';
	return {
		tiles,
		write: (target, kept) =>
			writeWholeFile(target, new TextEncoder().encode([head, ...kept.map((i) => rows[i]!), ''].join(end))),
	};
}

/** Lines, but for line breaks within quotes; empty ones are left out. */
function recordsOf(text: string): string[] {
	const records: string[] = [];
	let start = 0;
	let quoted = false;
	for (let i = 0; i <= text.length; i++) {
		if (text[i] === '"') quoted = !quoted;
		if (i < text.length && (text[i] !== '\n' || quoted)) continue;
		const record = text.slice(start, i).replace(/\r$/, '');
		if (record.trim() !== '') records.push(record);
		start = i + 1;
	}
	return records;
}

/** The fields of a record, without their quotes. */
function fieldsOf(record: string, separator: string): string[] {
	const fields: string[] = [];
	let field = '';
	let quoted = false;
	for (let i = 0; i <= record.length; i++) {
		const c = record[i];
		if (c === '"' && quoted && record[i + 1] === '"') {
			field += '"';
			i++;
		} else if (c === '"') quoted = !quoted;
		else if (i === record.length || (c === separator && !quoted)) {
			fields.push(field);
			field = '';
		} else field += c;
	}
	return fields;
}
