import { FormatError, isParfocalError } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDelimited } from './delimited-text.ts';

const parse = (text: string): string[][] => parseDelimited(text, 'list.csv');

describe('as RFC 4180 says', () => {
	test.each([
		[
			'lines end in LF, CRLF or CR',
			'a,b\nc,d\r\ne,f\rg,h',
			[
				['a', 'b'],
				['c', 'd'],
				['e', 'f'],
				['g', 'h'],
			],
		],
		['the last line may end or not', 'a,b\n', [['a', 'b']]],
		['quotes hold separators', '"In Focus, really",1', [['In Focus, really', '1']]],
		[
			'quotes hold line breaks',
			'"two\nlines",1\nx,2',
			[
				['two\nlines', '1'],
				['x', '2'],
			],
		],
		['a doubled quote is a quote', '"say ""sharp""",1', [['say "sharp"', '1']]],
		['spaces belong to the field', ' a , b', [[' a ', ' b']]],
		[
			'fields may be empty',
			'a,,b\n,,\n',
			[
				['a', '', 'b'],
				['', '', ''],
			],
		],
		['a separator at the end begins an empty field', 'a,', [['a', '']]],
		['empty quotes are an empty field', '"",x', [['', 'x']]],
	])('%s', (_, text, rows) => {
		expect(parse(text)).toEqual(rows);
	});
});

test('tabs separate where the first line has one, and commas are then letters', () => {
	expect(parse('path\tlabel\na, b.png\t3\n')).toEqual([
		['path', 'label'],
		['a, b.png', '3'],
	]);
});

test('a byte-order mark and empty lines are passed over', () => {
	expect(parse('\uFEFFpath,label\n\n\na,1\n\n')).toEqual([
		['path', 'label'],
		['a', '1'],
	]);
	expect(parse('')).toEqual([]);
	expect(parse('\n\r\n')).toEqual([]);
});

test.each([
	['a,b\n"open,1\nmore', 2],
	['a"b,1', 1],
	['x,y\nu,v\n"a"b,1', 3],
])('%j is refused with its line', (text, line) => {
	expect(() => parse(text)).toThrow(FormatError);
	expect(() => parse(text)).toThrow(`list.csv, line ${line}`);
});

test('what is written with quotes is read back', () => {
	const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\t', ' ', 'é') });
	fc.assert(
		fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
			// A tab in the first line would make it a table of tabs.
			fc.pre(!rows[0]!.some((field) => field.split(/[\r\n]/, 1)[0]!.includes('\t')));
			const text = rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join('\r\n');
			expect(parse(text)).toEqual(rows);
		}),
	);
});

test('whatever the text, the result is a table or an error of ours', () => {
	const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\t', ' ', '\uFEFF'), maxLength: 60 });
	fc.assert(
		fc.property(text, (bytes) => {
			try {
				for (const row of parse(bytes)) expect(row.length).toBeGreaterThan(0);
			} catch (error) {
				expect(isParfocalError(error, 'format')).toBe(true);
			}
		}),
		{ numRuns: 2000 },
	);
});

test('a quoted field of a megabyte is read without trouble', () => {
	const long = 'x""'.repeat(400_000);
	expect(parse(`"${long}",1`)[0]![0]).toHaveLength(800_000);
});
