/**
 * A table of patches: `path,label`, and if known `group`, `position`, `split`.
 * @module
 */
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { ArgumentError, FormatError } from '@parfocal/core';
import {
	counted,
	type DatasetFiles,
	type ListFile,
	type Patch,
	type PatchSet,
	sideNamed,
	zClasses,
} from './patch-set.ts';

/** Names that columns may have. */
const COLUMNS = {
	path: ['path', 'file', 'filename', 'image', 'picture'],
	label: ['label', 'class', 'target', 'z', 'zlevel'],
	group: ['group', 'slide', 'patient', 'case'],
	position: ['position', 'stack', 'field'],
	split: ['split', 'set', 'fold', 'side'],
} as const;

type Column = keyof typeof COLUMNS;

/** Where a list with a header of at least path and label has its columns, -1 for those it lacks; undefined for other lists. */
export function columnsOf({ rows }: ListFile): Record<Column, number> | undefined {
	const header =
		rows[0]?.map((name) =>
			name
				.trim()
				.toLowerCase()
				.replaceAll(/[\s_-]/g, ''),
		) ?? [];
	const at = (column: Column): number =>
		header.findIndex((name) => (COLUMNS[column] as readonly string[]).includes(name));
	const columns = {
		path: at('path'),
		label: at('label'),
		group: at('group'),
		position: at('position'),
		split: at('split'),
	};
	return columns.path >= 0 && columns.label >= 0 ? columns : undefined;
}

/** Whether a list has a header with a path and a label. */
export function looksLikePatchTable({ lists }: DatasetFiles): boolean {
	return lists.some((list) => columnsOf(list) !== undefined);
}

/**
 * Reads a table with a header. Paths are relative to the root, or absolute. Labels that are whole numbers are classes, or
 * z-levels when one is negative (then the class is |z|); other labels are classes in the order of their names. Without
 * `group` every patch is a slide of its own; without `position` every patch is a position of its own.
 * @throws {ArgumentError} when none of the pictures is there
 * @throws {FormatError} when a row lacks its path or label
 */
export function readPatchTable({ root, pictures, lists }: DatasetFiles): PatchSet {
	const list = lists.find((each) => columnsOf(each));
	if (!list) throw new ArgumentError('list', `No table with a header of path and label lies in ${root}.`);
	const columns = columnsOf(list)!;
	const field = (row: readonly string[], column: Column): string => row[columns[column]]?.trim() ?? '';
	const body = list.rows.slice(1);
	body.forEach((row, i) => {
		if (field(row, 'path') !== '' && field(row, 'label') !== '') return;
		throw new FormatError(
			'table',
			'corrupt',
			`${list.path}, row ${i + 2}: "${row.join(',')}" lacks its path or label.`,
		);
	});
	const { labelOf, classes } = labelling(body.map((row) => field(row, 'label')));
	const here = new Set(pictures);
	const patches = body.flatMap((row): Patch[] => {
		const stated = field(row, 'path');
		const path = isAbsolute(stated) ? relative(root, stated).split(sep).join('/') : stated.replace(/^\.\//, '');
		if (!here.has(path) && !existsSync(join(root, path))) return [];
		const split = sideNamed(field(row, 'split'));
		const group = { slide: field(row, 'group') || path, position: field(row, 'position') || path };
		return [{ path, ...labelOf(field(row, 'label')), group, ...(split && { split }) }];
	});
	if (patches.length === 0) {
		throw new ArgumentError(
			'data',
			`None of the ${counted(body.length, 'picture')} listed in ${list.path} is there, e.g. ${body[0] ? join(root, field(body[0], 'path')) : 'none listed'}. Paths are relative to ${root}.`,
		);
	}
	const missing = body.length - patches.length;
	return {
		kind: 'table',
		root,
		patches,
		classes,
		notes: [
			`Taken for the table ${list.path}: ${counted(patches.length, 'patch', 'patches')} of ${counted(classes.length, 'class', 'classes')}.`,
			...(missing > 0 ? [`${counted(missing, 'listed patch', 'listed patches')} without a picture here.`] : []),
			...(columns.group < 0 ? ['The table has no column "group": only splits by patch are possible.'] : []),
		],
	};
}

/** How words of a label column become labels. */
function labelling(words: readonly string[]): {
	labelOf: (word: string) => Pick<Patch, 'label' | 'zLevel'>;
	classes: string[];
} {
	if (!words.every((word) => /^[+-]?\d{1,3}$/.test(word))) {
		const classes = [...new Set(words)].sort(new Intl.Collator('en', { numeric: true }).compare);
		return { classes, labelOf: (word) => ({ label: classes.indexOf(word) }) };
	}
	const largest = words.reduce((most, word) => Math.max(most, Math.abs(Number(word))), 0);
	if (words.some((word) => Number(word) < 0)) {
		const labelOf = (word: string) => ({ label: Math.abs(Number(word)), zLevel: Number(word) });
		return { classes: zClasses(largest + 1), labelOf };
	}
	return {
		classes: Array.from({ length: largest + 1 }, (_, i) => String(i)),
		labelOf: (word) => ({ label: Number(word) }),
	};
}
