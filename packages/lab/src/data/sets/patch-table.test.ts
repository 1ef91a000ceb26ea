import { join } from 'node:path';
import { ArgumentError, FormatError, isParfocalError } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDelimited } from './delimited-text.ts';
import type { DatasetFiles, ListFile } from './patch-set.ts';
import { looksLikePatchTable, readPatchTable } from './patch-table.ts';
import { pictures, writtenSet } from './testing/written-set.ts';

const list = (text: string): ListFile => ({ path: 'labels.csv', rows: parseDelimited(text, 'labels.csv') });
const files = (here: readonly string[], text: string): DatasetFiles => ({
	root: '/set',
	pictures: here,
	lists: [list(text)],
});
const read = (here: readonly string[], text: string) => readPatchTable(files(here, text));

test('path, label and group, quoted names included', () => {
	const set = read(['in, focus/a.png', 'b.png'], 'path,label,group\n"in, focus/a.png",0,s1\n./b.png,3,s2\n');
	expect(set.patches).toEqual([
		{ path: 'in, focus/a.png', label: 0, group: { slide: 's1', position: 'in, focus/a.png' } },
		{ path: 'b.png', label: 3, group: { slide: 's2', position: 'b.png' } },
	]);
	expect(set.classes).toEqual(['0', '1', '2', '3']);
	expect(set.notes).toEqual(['Taken for the table labels.csv: 2 patches of 4 classes.']);
});

describe('labels', () => {
	const labels = (...values: string[]) => {
		const here = values.map((_, i) => `${i}.png`);
		return read(here, `path,label\n${values.map((value, i) => `${i}.png,${value}`).join('\n')}\n`);
	};

	test('a negative one makes them z-levels', () => {
		const { patches, classes } = labels('-3', '+2', '0');
		expect(patches.map(({ label, zLevel }) => [label, zLevel])).toEqual([
			[3, -3],
			[2, 2],
			[0, 0],
		]);
		expect(classes).toEqual(['|z| = 0', '|z| = 1', '|z| = 2', '|z| >= 3']);
	});

	test('words are classes in the order of names, numbers in them by size', () => {
		const { patches, classes } = labels('grade 10', 'grade 2', 'sharp', 'grade 2');
		expect(classes).toEqual(['grade 2', 'grade 10', 'sharp']);
		expect(patches.map(({ label }) => label)).toEqual([1, 0, 2, 0]);
	});
});

test('columns go by other names too, in any order, with tabs', () => {
	const text = 'Slide\tSplit\tClass\tFile Name\tPosition\ns1\ttraining\t1\ta.png\tp7\ns1\tother\t0\tb.png\t\n';
	const { patches } = read(['a.png', 'b.png'], text);
	expect(patches).toEqual([
		{ path: 'a.png', label: 1, group: { slide: 's1', position: 'p7' }, split: 'train' },
		{ path: 'b.png', label: 0, group: { slide: 's1', position: 'b.png' } },
	]);
});

test('absolute paths and pictures outside the listing are looked for on disk', async () => {
	const root = await writtenSet(pictures(['a.png', 'deep/b.png']));
	const text = `path,label\n${join(root, 'a.png')},0\ndeep/b.png,1\nnone.png,1\n`;
	const { patches, notes } = readPatchTable({ root, pictures: [], lists: [list(text)] });
	expect(patches.map(({ path }) => path)).toEqual(['a.png', 'deep/b.png']);
	expect(notes).toContain('1 listed patch without a picture here.');
	expect(notes).toContain('The table has no column "group": only splits by patch are possible.');
});

test('no picture at all is refused and says what paths are relative to', () => {
	expect(() => read([], 'path,label\na.png,1\n')).toThrow(ArgumentError);
	expect(() => read([], 'path,label\na.png,1\n')).toThrow(
		/None of the 1 picture listed in labels.csv is there, e.g. \/set\/a.png/,
	);
	expect(() => read([], 'path,label\n')).toThrow(/none listed/);
	expect(() => read(['a.png'], 'a.png,1\n')).toThrow(/No table with a header/);
});

test.each(['path,label\na.png,\n', 'path,label\n,1\n', 'path,label\na.png\n'])(
	'a row that lacks something is refused: %j',
	(text) => {
		expect(() => read(['a.png'], text)).toThrow(FormatError);
		expect(() => read(['a.png'], text)).toThrow('labels.csv, row 2');
	},
);

test('recognised by its header', () => {
	expect(looksLikePatchTable(files([], 'path,label\n'))).toBe(true);
	expect(looksLikePatchTable(files([], 'image,z\n'))).toBe(true);
	expect(looksLikePatchTable(files([], 'path,size\n'))).toBe(false);
	expect(looksLikePatchTable({ root: '/', pictures: [], lists: [] })).toBe(false);
});

test('whatever the rows, the result is a set or an error of ours', () => {
	const cell = fc.oneof(fc.string(), fc.constantFrom('a.png', '1', '-2', 'sharp'));
	fc.assert(
		fc.property(fc.array(fc.array(cell, { maxLength: 4 })), (rows) => {
			try {
				readPatchTable({
					root: '/set',
					pictures: ['a.png'],
					lists: [{ path: 'x', rows: [['path', 'label'], ...rows] }],
				});
			} catch (error) {
				expect(isParfocalError(error, 'format', 'argument')).toBe(true);
			}
		}),
	);
});
