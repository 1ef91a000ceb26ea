/**
 * A lab's labels: a table of tiles, `path,label` and, where tiles resemble each other, `group`.
 * @module
 */
import { dirname, isAbsolute, resolve } from 'node:path';
import { FormatError } from '@parfocal/core';
import { readList } from '../data/sets/dataset-files.ts';
import { columnsOf } from '../data/sets/patch-table.ts';

/** A tile as the table names it. */
export interface LabelledTile {
	/** Absolute. */
	readonly path: string;
	readonly label: number;
	readonly group?: string;
}

/** Words for two classes. */
const CLASSES: Readonly<Record<string, number>> = {
	...{ sharp: 0, 'in focus': 0, 'in-focus': 0 },
	...{ blurry: 1, blurred: 1, 'out of focus': 1, 'out-of-focus': 1 },
};

/**
 * Reads a table with a header; paths are relative to the table, labels are numbers or words such as `sharp` and `blurry`.
 * Signed labels (z-levels below and above focus) count by their size.
 * @throws {ReadError} when the table is not there
 * @throws {FormatError} when it has no such header or no rows, or a row has no path, no label, or one that is no number
 */
export async function readLabelTable(path: string): Promise<LabelledTile[]> {
	const list = await readList(path);
	const columns = columnsOf(list);
	if (columns === undefined) {
		throw corrupt(`${path} has no header with the columns path and label (and, if known, group).`);
	}
	const tiles = list.rows.slice(1).map((row, i): LabelledTile => {
		const at = `${path}, row ${i + 2}`;
		const stated = row[columns.path]?.trim() ?? '';
		if (stated === '') throw corrupt(`${at} names no picture.`);
		const group = row[columns.group]?.trim() ?? '';
		return {
			path: isAbsolute(stated) ? stated : resolve(dirname(path), stated),
			label: labelIn(row[columns.label]?.trim() ?? '', at),
			...(group !== '' && { group }),
		};
	});
	if (tiles.length === 0) throw corrupt(`${path} lists no tiles.`);
	return tiles;
}

function labelIn(word: string, at: string): number {
	const label = CLASSES[word.toLowerCase()] ?? (word === '' ? Number.NaN : Math.abs(Number(word)));
	if (Number.isFinite(label)) return label;
	throw corrupt(
		`${at} has the label "${word}": give a number that grows with blur (0 is in focus), or sharp and blurry.`,
	);
}

function corrupt(message: string): FormatError {
	return new FormatError('table', 'corrupt', message);
}
