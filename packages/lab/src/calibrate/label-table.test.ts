import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError, isParfocalError, ReadError } from '@parfocal/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLabelTable } from './label-table.ts';

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-labels-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
	const path = join(folder, 'tiles.csv');
	await writeFile(path, text);
	return readLabelTable(path);
}

test('paths are relative to the table or absolute, groups may be there', async () => {
	expect(await read('path,label,group\na.png,0,slide 1\nsub/b.png,1.5,\n/elsewhere/c.png,3,slide 2\n')).toEqual([
		{ path: join(folder, 'a.png'), label: 0, group: 'slide 1' },
		{ path: join(folder, 'sub/b.png'), label: 1.5 },
		{ path: '/elsewhere/c.png', label: 3, group: 'slide 2' },
	]);
});

test('columns in any order, by the names that tables of patches have; tabs; other columns are passed over', async () => {
	expect(await read('Slide\tnote\tClass\tFile\ns1\tx\t2\ta.png\n')).toEqual([
		{ path: join(folder, 'a.png'), label: 2, group: 's1' },
	]);
});

test.each([
	['-3', 3],
	['+2', 2],
	['0.25', 0.25],
	['1e1', 10],
	['sharp', 0],
	['In focus', 0],
	['out-of-focus', 1],
	['Blurry', 1],
])('the label %s is %d', async (word, label) => {
	expect((await read(`path,label\na.png,${word}\n`))[0]!.label).toBe(label);
});

describe('what is no table of labels is refused, with its row', () => {
	test.each([
		['', /no header/],
		['file names\na.png\n', /no header with the columns path and label/],
		['path,label\n', /lists no tiles/],
		['path,label\n,3\n', /row 2 names no picture/],
		['path,label\na.png,1\nb.png,\n', /row 3 has the label ""/],
		['path,label\na.png,NaN\n', /row 2 has the label "NaN": give a number that grows with blur/],
		['path,label\na.png,Infinity\n', /has the label "Infinity"/],
		['path,label\na.png,rather sharp\n', /has the label "rather sharp"/],
		['path,label\na.png\n', /row 2 has the label ""/],
		['path,label\n"a.png,1\n', /line 2: a double quote/],
	])('%j', async (text, message) => {
		await expect(read(text)).rejects.toThrow(FormatError);
		await expect(read(text)).rejects.toThrow(message);
	});

	test('a table that is not there', async () => {
		await expect(readLabelTable(join(folder, 'none.csv'))).rejects.toThrow(ReadError);
	});
});

test('any text is a table with finite labels or an error of ours', async () => {
	const word = fc.oneof(fc.string(), fc.constantFrom('path', 'label', 'a.png', '1', '-2', 'NaN', '"', ',', '\n', '\t'));
	await fc.assert(
		fc.asyncProperty(fc.array(word, { maxLength: 20 }), fc.boolean(), async (words, headed) => {
			try {
				const tiles = await read(`${headed ? 'path,label\n' : ''}${words.join('')}`);
				for (const { label, path } of tiles) {
					expect(label).toBeGreaterThanOrEqual(0);
					expect(label).toBeLessThan(Number.POSITIVE_INFINITY);
					expect(path).not.toBe('');
				}
			} catch (error) {
				if (!isParfocalError(error, 'format')) throw error;
			}
		}),
		{ numRuns: 200 },
	);
});
