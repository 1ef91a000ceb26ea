import { ArgumentError, FormatError, isParfocalError } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../../core/src/testing/shared.ts';
import { readList } from './dataset-files.ts';
import { parseDelimited } from './delimited-text.ts';
import type { DatasetFiles, ListFile } from './patch-set.ts';
import { looksLikeTcgaFocus, parseTcgaFocusList, readTcgaFocus, TCGA_FOCUS_LISTED } from './tcga-focus.ts';

const SLIDE = 'TCGA-OR-A5JB-01Z-00-DX3.A71196CF';
const sharp = (i: number, j: number, organ = 'Adrenal Gland'): string =>
	`In Focus/${organ}/${SLIDE}/patch_i_${i}_j_${j}.png`;
const blurry = (i: number, j: number): string => `Out of Focus/Breast/TCGA-A2/patch_i_${i}_j_${j}.png`;
const marked = (i: number, j: number): string => `Out of Focus (Marker)/Breast/TCGA-A2/patch_i_${i}_j_${j}.png`;
const inArchive = (path: string): string => `Image Patches Database/${path}`;

const files = (pictures: readonly string[], ...lists: ListFile[]): DatasetFiles => ({ root: '/set', pictures, lists });
const list = (text: string): ListFile => ({ path: 'TCGA@Focus.txt', rows: parseDelimited(text, 'TCGA@Focus.txt') });

describe('the list', () => {
	test('0 is in focus, 1 is out of focus; the third column is the marker', () => {
		const rows = parseTcgaFocusList(list(`${sharp(1, 2)},Adrenal Gland,0,0\n${marked(3, 4)},Breast,1,1\n`))!;
		expect(rows).toEqual([
			{ path: sharp(1, 2), organ: 'Adrenal Gland', marker: false, label: 0 },
			{ path: marked(3, 4), organ: 'Breast', marker: true, label: 1 },
		]);
	});

	test('commas and spaces in names, quoted or not', () => {
		const organ = 'Bronchus, Lung and other';
		const plain = parseTcgaFocusList(list(`${sharp(1, 2, organ)},${organ},0,0\n`))!;
		const quoted = parseTcgaFocusList(list(`"${sharp(1, 2, organ)}","${organ}",0,0\n`))!;
		expect(plain).toEqual([{ path: sharp(1, 2, organ), organ, marker: false, label: 0 }]);
		expect(quoted).toEqual(plain);
	});

	test('another list is none of it; a damaged one is refused with its row', () => {
		expect(parseTcgaFocusList(list('path,label\na.png,1\n'))).toBeUndefined();
		expect(parseTcgaFocusList(list(''))).toBeUndefined();
		const act = () => parseTcgaFocusList(list(`${sharp(1, 2)},x,0,0\n${sharp(1, 3)},x,0,2\n`));
		expect(act).toThrow(FormatError);
		expect(act).toThrow('TCGA@Focus.txt, row 2');
	});

	test('whatever follows a good row, the result is a list or an error of ours', () => {
		const good = `${sharp(1, 2)},x,0,0`.split(',');
		const cell = fc.oneof(fc.string(), fc.constantFrom(sharp(5, 6), '0', '1', 'x'));
		fc.assert(
			fc.property(fc.array(fc.array(cell)), (rows) => {
				try {
					expect(parseTcgaFocusList({ path: 'x', rows: [good, ...rows] })).toHaveLength(1 + rows.length);
				} catch (error) {
					expect(isParfocalError(error, 'format')).toBe(true);
				}
			}),
		);
	});

	test.skipIf(!hasShared)(
		'the published one: 14,371 rows, 11,328 in focus, 2,462 out, 581 with marker, 624 slides',
		async () => {
			const published = await readList(sharedPath('data/TCGA@Focus.txt'));
			const rows = parseTcgaFocusList(published)!;
			expect(rows).toHaveLength(TCGA_FOCUS_LISTED);
			const count = (holds: (row: (typeof rows)[number]) => boolean): number => rows.filter(holds).length;
			expect(count(({ label }) => label === 0)).toBe(11_328);
			expect(count(({ label, marker }) => label === 1 && !marker)).toBe(2462);
			expect(count(({ label, marker }) => label === 1 && marker)).toBe(581);
			expect(new Set(rows.map(({ organ }) => organ)).size).toBe(51);
			const set = readTcgaFocus(
				files(
					rows.map(({ path }) => inArchive(path)),
					published,
				),
			);
			expect(set.patches).toHaveLength(14_371);
			expect(new Set(set.patches.map(({ group }) => group.slide)).size).toBe(624);
			expect(set.notes).toHaveLength(2);
			// The two sample patches of the published code.
			expect(rows[0]).toMatchObject({ path: expect.stringContaining('patch_i_32381_j_37784'), label: 0 });
			expect(rows[11_499]).toMatchObject({ path: expect.stringContaining('patch_i_9651_j_81514'), label: 1 });
		},
	);
});

test("without a list the folders are the labels, and the archive's own count is asked for", () => {
	const paths = [sharp(0, 0), sharp(5000, 0), blurry(0, 0), marked(9000, 9000)].map(inArchive);
	const { kind, patches, notes, classes } = readTcgaFocus(files(paths));
	expect(kind).toBe('tcga-focus');
	expect(patches.map(({ label }) => classes[label])).toEqual(['in focus', 'in focus', 'out of focus', 'out of focus']);
	expect(patches.map(({ marker }) => marker === true)).toEqual([false, false, false, true]);
	expect(patches[0]).toMatchObject({ path: paths[0], group: { slide: SLIDE } });
	expect(notes[0]).toBe(
		'Taken for TCGA@Focus: 4 patches labelled by their folders, as no list lies with them; 2 patches out of focus, 1 of them with marker.',
	);
	expect(notes[1]).toBe('The published archive has 19,346, this one 4.');
});

test('with a list its patches only: what is missing and what is extra is said', () => {
	const rows = list(`${sharp(0, 0)},x,0,0\n${blurry(1, 1)},Breast,0,1\n`);
	const { patches, notes } = readTcgaFocus(files([sharp(0, 0), sharp(9999, 0)], rows));
	expect(patches).toHaveLength(1);
	expect(notes).toContain('The published list has 14,371, this one 2.');
	expect(notes).toContain('1 listed patch without a picture here.');
	expect(notes).toContain('1 picture not in the list left out.');
});

test('patches that overlap, directly or through others, share a position; others and other slides do not', () => {
	const chain = [sharp(0, 0), sharp(700, 700), sharp(1400, 1400), sharp(1024, 0), blurry(0, 0)];
	const { patches, notes } = readTcgaFocus(files(chain));
	const positions = patches.map(({ group }) => group.position);
	expect(positions[1]).toBe(positions[0]);
	expect(positions[2]).toBe(positions[0]);
	// It touches the first but overlaps the second.
	expect(positions[3]).toBe(positions[0]);
	expect(positions[4]).not.toBe(positions[0]);
	const apart = readTcgaFocus(files([sharp(0, 0), sharp(1024, 0), sharp(0, 1024)])).patches;
	expect(new Set(apart.map(({ group }) => group.position)).size).toBe(3);
	expect(notes.at(-1)).toMatch(/^3 patches overlap others/);
});

test('positions are what joining pairs by hand gives', () => {
	const place = fc.tuple(fc.nat(6000), fc.nat(6000));
	fc.assert(
		fc.property(fc.uniqueArray(place, { selector: String, minLength: 1, maxLength: 25 }), (places) => {
			const { patches } = readTcgaFocus(files(places.map(([i, j]) => sharp(i, j))));
			const owner = places.map((_, i) => i);
			for (let round = 0; round < places.length; round++) {
				places.forEach(([x, y], i) => {
					places.forEach(([u, v], j) => {
						if (Math.abs(x - u) < 1024 && Math.abs(y - v) < 1024) owner[i] = owner[j] = Math.min(owner[i]!, owner[j]!);
					});
				});
			}
			const at = new Map(patches.map(({ path, group }) => [path, group.position]));
			places.forEach(([i, j], a) => {
				places.forEach(([k, l], b) => {
					expect(at.get(sharp(i, j)) === at.get(sharp(k, l))).toBe(owner[a] === owner[b]);
				});
			});
		}),
	);
});

test('nothing there is refused with a way out; the layout is recognised', () => {
	expect(() => readTcgaFocus(files(['a.png']))).toThrow(ArgumentError);
	expect(() => readTcgaFocus(files([], list(`${sharp(0, 0)},x,0,0`)))).toThrow(
		/holds none of the pictures of TCGA@Focus/,
	);
	expect(looksLikeTcgaFocus(files([inArchive(marked(1, 1))]))).toBe(true);
	expect(looksLikeTcgaFocus(files(['In Focus/a.png']))).toBe(false);
	expect(looksLikeTcgaFocus(files([], list(`${sharp(0, 0)},x,0,0`)))).toBe(true);
});
