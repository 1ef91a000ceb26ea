import { ArgumentError, FormatError } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { looksLikeDeepFocus, readDeepFocus } from './deepfocus.ts';
import type { DatasetFiles, ListFile } from './patch-set.ts';

const files = (pictures: readonly string[], ...lists: ListFile[]): DatasetFiles => ({ root: '/set', pictures, lists });
const list = (...rows: string[]): ListFile => ({ path: 'levels.csv', rows: rows.map((row) => row.split(',')) });

describe('a list of levels', () => {
	test('classes are the distance from level 5, z is signed', () => {
		const set = readDeepFocus(
			files(
				['a/patch_1.png', 'a/patch_2.png', 'b/patch_3.png'],
				list('patch_1.png,5', 'patch_2.png,0', 'patch_3.png,10'),
			),
		);
		expect(set.kind).toBe('deepfocus');
		expect(set.patches.map(({ label, zLevel }) => [label, zLevel])).toEqual([
			[0, 0],
			[5, -5],
			[5, 5],
		]);
		expect(set.classes).toHaveLength(6);
		expect(set.notes).toEqual([
			'Taken for DeepFocus, levels from levels.csv: 3 patches.',
			'The list does not say which slide a patch is of: only splits by patch are possible.',
		]);
	});

	test('missing pictures are counted, wrong levels refused with their row', () => {
		expect(readDeepFocus(files(['patch_1.png'], list('patch_1.png,5', 'patch_2.png,0'))).notes).toContain(
			'1 listed patch without a picture here.',
		);
		for (const row of ['patch_2.png,11', 'patch_2.png,-1', 'patch_2.png', 'patch_2.png,x']) {
			const act = () => readDeepFocus(files(['patch_1.png'], list('patch_1.png,5', row)));
			expect(act).toThrow(FormatError);
			expect(act).toThrow('levels.csv, row 2');
		}
	});
});

describe('one folder a focal plane', () => {
	const planes = [
		'-2.5um/s1/a.png',
		'-2.5um/s1/b.png',
		'0um/s1/a.png',
		'0um/s1/b.png',
		'2.5um/s1/a.png',
		'5um/s2/a.png',
	];

	test('classes are the distances that occur; one name in several planes is one position', () => {
		const { patches, classes } = readDeepFocus(files(planes));
		expect(patches.map(({ label }) => label)).toEqual([1, 1, 0, 0, 1, 2]);
		expect(patches.map(({ zLevel }) => zLevel)).toEqual([-2.5, -2.5, 0, 0, 2.5, 5]);
		expect(classes).toEqual(['0 from focus', '2.5 from focus', '5 from focus']);
		expect(patches.map(({ group }) => group.position)).toEqual(['s1/a', 's1/b', 's1/a', 's1/b', 's1/a', 's2/a']);
		expect(patches.map(({ group }) => group.slide)).toEqual(['s1', 's1', 's1', 's1', 's1', 's2']);
	});

	test('the plane may be any of the folders, and named in several ways', () => {
		const { patches } = readDeepFocus(files(['s1/z_-3/a.png', 's1/+3/a.png', 's1/defocus0µm/a.png', 's1/notes/a.png']));
		expect(patches.map(({ zLevel }) => zLevel)).toEqual([-3, 3, 0]);
		expect(new Set(patches.map(({ group }) => group.position))).toEqual(new Set(['s1/a']));
	});

	test('without other folders each position is its own slide', () => {
		const { patches } = readDeepFocus(files(['-1/a.png', '0/a.png', '0/b.png']));
		expect(patches.map(({ group }) => group.slide)).toEqual(['a', 'a', 'b']);
	});
});

test('recognised by a list of levels, or a plane on the other side of focus; class folders 0, 1, 2 are not', () => {
	expect(looksLikeDeepFocus(files([], list('patch_1.png,5')))).toBe(true);
	expect(looksLikeDeepFocus(files(['-1/a.png', '0/a.png']))).toBe(true);
	expect(looksLikeDeepFocus(files(['0/a.png', '1/a.png']))).toBe(false);
	expect(looksLikeDeepFocus(files(['a.png'], list('a.png,1')))).toBe(false);
});

test('nothing there is refused with a way out', () => {
	expect(() => readDeepFocus(files(['x/a.png']))).toThrow(ArgumentError);
	expect(() => readDeepFocus(files(['x/a.png']))).toThrow(/named by their distance from focus/);
});
