/**
 * Lists of FocusPath and of sets laid out like it.
 * @module
 */
import { FormatError } from '@parfocal/core';
import { type FocusPathPlace, parseFocusPathName } from './focuspath-structure.ts';
import { type ListFile, type SplitSide, sideNamed, stemOf } from './patch-set.ts';

/** A row of a list. */
export interface FocusPathRow {
	readonly stem: string;
	readonly place: FocusPathPlace;
	/** Slices from the sharpest, signed. */
	readonly zLevel: number;
	/** From a column `split`, where there is one. */
	readonly split?: SplitSide | undefined;
}

/**
 * The rows of a list; undefined when it is none of FocusPath's. Two formats:
 * - without header, as published for the training split: file, slide, strip, slice, position, a sharpness figure, signed z;
 * - with header, as `DatabaseInfo` of the archive saved as CSV: columns `Name` and `Subjective Score`; also `path` or `file`,
 *   `z` or `zLevel`, and `split`.
 * @throws {FormatError} when a row of such a list is not as the first ones are
 */
export function parseFocusPathList({ path, rows }: ListFile): FocusPathRow[] | undefined {
	const header = rows[0]?.map((name) => name.toLowerCase().replaceAll(/[\s_-]/g, '')) ?? [];
	const nameColumn = header.findIndex((name) => ['name', 'path', 'file', 'filename', 'image'].includes(name));
	const zColumn = header.findIndex((name) => ['subjectivescore', 'z', 'zlevel', 'zvalue'].includes(name));
	const splitColumn = header.indexOf('split');
	const headed = nameColumn >= 0 && zColumn >= 0;
	const body = headed ? rows.slice(1) : rows;
	const columns = headed ? { name: nameColumn, z: zColumn } : { name: 0, z: -1 };
	if (!parseFocusPathName(stemOf(body[0]?.[columns.name] ?? ''))) return undefined;
	return body.map((row, i) => {
		const stem = stemOf(row[columns.name] ?? '');
		const place = parseFocusPathName(stem);
		const z = row.at(columns.z) ?? '';
		if (!place || !/^[+-]?\d+(\.0*)?$/.test(z)) {
			const line = i + (headed ? 2 : 1);
			throw new FormatError(
				'list',
				'corrupt',
				`${path}, row ${line}: "${row.join(',')}" is not a patch of FocusPath and its z.`,
			);
		}
		return { stem, place, zLevel: Number(z), split: sideNamed(row[splitColumn]) };
	});
}
