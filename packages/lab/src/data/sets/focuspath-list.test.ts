import { FormatError, isParfocalError } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../../core/src/testing/shared.ts';
import { readList } from './dataset-files.ts';
import { parseDelimited } from './delimited-text.ts';
import { parseFocusPathList } from './focuspath-list.ts';
import { publishedBestSlice } from './focuspath-structure.ts';

const parse = (text: string) => parseFocusPathList({ path: 'list.csv', rows: parseDelimited(text, 'list.csv') });

test('the published format: no header, seven columns, the last is z', () => {
	expect(parse('Slide01_Strip00_Slice02_Position03.tif,1,0,2,3,87.98,-7\n')).toEqual([
		{
			stem: 'Slide01_Strip00_Slice02_Position03',
			place: { slide: 1, strip: 0, slice: 2, position: 3 },
			zLevel: -7,
			split: undefined,
		},
	]);
});

test("the archive's table saved as CSV: columns by name, whatever their order", () => {
	const rows = parse(
		'Subjective Score,Slide,Name\n4,1,Slide01_Strip00_Slice02_Position03.tif\n-2.0,1,Slide01_Strip00_Slice03_Position03.tif\n',
	);
	expect(rows!.map(({ zLevel }) => zLevel)).toEqual([4, -2]);
});

test('a list of paths with sides, by commas or tabs', () => {
	const rows = parse(
		'path\tz\tsplit\npictures/Slide01_Strip00_Slice02_Position03.png\t+1\ttest\nSlide02_Strip00_Slice02_Position03.png\t0\tval\n',
	);
	expect(rows!.map(({ split }) => split)).toEqual(['test', 'validation']);
	expect(rows![0]!.stem).toBe('Slide01_Strip00_Slice02_Position03');
});

test("other lists are none of FocusPath's", () => {
	for (const text of ['', 'path,label\na.png,1\n', 'In Focus/x/y/patch_i_1_j_2.png,x,0,0\n', 'name,z\n']) {
		expect(parse(text)).toBeUndefined();
	}
});

test.each([
	['Slide01_Strip00_Slice02_Position03.tif,-7\nreadme.txt,1', 2],
	['Slide01_Strip00_Slice02_Position03.tif,-7\nSlide01_Strip00_Slice02_Position04.tif,near', 2],
	['name,z\nSlide01_Strip00_Slice02_Position03.tif,', 2],
])('a damaged row is refused with its number: %j', (text, row) => {
	expect(() => parse(text)).toThrow(FormatError);
	expect(() => parse(text)).toThrow(`list.csv, row ${row}`);
});

test('whatever follows a good row, the result is a list or an error of ours', () => {
	const cell = fc.oneof(fc.string(), fc.constantFrom('Slide01_Strip00_Slice02_Position03.tif', '3', '-1', ''));
	fc.assert(
		fc.property(fc.array(fc.array(cell)), (rows) => {
			try {
				parseFocusPathList({ path: 'x', rows: [['Slide01_Strip00_Slice02_Position03.tif', '1'], ...rows] });
			} catch (error) {
				expect(isParfocalError(error, 'format')).toBe(true);
			}
		}),
	);
});

test.skipIf(!hasShared)('the published training list: every count, and every z as the structure has it', async () => {
	const rows = parseFocusPathList(await readList(sharedPath('data/FocusPath_full_split1.txt')))!;
	expect(rows).toHaveLength(5200);
	const histogram = new Array<number>(14).fill(0);
	for (const { zLevel } of rows) histogram[Math.abs(zLevel)]!++;
	expect(histogram).toEqual([336, 625, 638, 632, 675, 629, 622, 517, 327, 126, 50, 9, 10, 4]);
	for (const { place, zLevel } of rows) expect(place.slice - zLevel).toBe(publishedBestSlice(place));
	expect(new Set(rows.map(({ place }) => `${place.slide} ${place.strip} ${place.position}`)).size).toBe(540);
	expect(Math.min(...rows.map(({ zLevel }) => zLevel))).toBe(-10);
	expect(Math.max(...rows.map(({ zLevel }) => zLevel))).toBe(13);
});
