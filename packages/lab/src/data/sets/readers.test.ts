/** What all readers owe: whatever lies in a folder, a set that holds together or an error of the family. */
import { isParfocalError } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksLikeBbbc006, readBbbc006 } from './bbbc006.ts';
import { looksLikeClassFolders, readClassFolders } from './class-folders.ts';
import { looksLikeDeepFocus, readDeepFocus } from './deepfocus.ts';
import { looksLikeFocusPath, readFocusPath } from './focuspath.ts';
import type { DatasetFiles, PatchSet } from './patch-set.ts';
import { looksLikePatchTable, readPatchTable } from './patch-table.ts';
import { looksLikeTcgaFocus, readTcgaFocus } from './tcga-focus.ts';
import { focusPathName } from './testing/written-set.ts';

const READERS = {
	FocusPath: { looksLike: looksLikeFocusPath, read: readFocusPath },
	'TCGA@Focus': { looksLike: looksLikeTcgaFocus, read: readTcgaFocus },
	BBBC006: { looksLike: looksLikeBbbc006, read: readBbbc006 },
	DeepFocus: { looksLike: looksLikeDeepFocus, read: readDeepFocus },
	'a table': { looksLike: looksLikePatchTable, read: readPatchTable },
	'class folders': { looksLike: looksLikeClassFolders, read: readClassFolders },
} as const;

const small = fc.integer({ min: 0, max: 12 });
const folder = fc.constantFrom(
	'',
	'a/',
	'a/b/',
	'0/',
	'11/',
	'-2um/',
	'z_3/',
	'train/',
	'test/',
	'é ö/',
	'Image Patches Database/',
);
const organ = fc.constantFrom('Lung', 'Bones, joints', 'Eye (left)');
const side = fc.constantFrom('In Focus', 'Out of Focus', 'Out of Focus (Marker)');
const name = fc.oneof(
	fc.tuple(small, small, small, small).map(([a, b, c, d]) => focusPathName(a, b % 3, c, d)),
	fc.tuple(side, organ, small, small).map(([a, b, c, d]) => `${a}/${b}/S${c}/patch_i_${400 * c}_j_${400 * d}`),
	fc.tuple(small, small).map(([a, b]) => `BBBC006_v1_images_z_0${a}/mcf-z-stacks-03212011_c0${b % 9}_s1_w2x`),
	small.map((a) => `patch_${a}`),
	fc.string({ unit: fc.constantFrom('a', '.', ' ', ',', '1', '_'), minLength: 1, maxLength: 6 }),
);
const picture = fc.tuple(folder, name, fc.constantFrom('.png', '.tif')).map((parts) => parts.join(''));
const cell = fc.oneof(
	picture,
	fc.constantFrom('path', 'label', 'z', 'name', 'group', 'split', 'train', '0', '1', '5', '-3', '11', 'sharp', ''),
);
const list = fc.record({
	path: fc.constantFrom('labels.csv', 'FocusPath_split1.txt', 'TCGA@Focus.txt'),
	rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
});
const files: fc.Arbitrary<DatasetFiles> = fc.record({
	root: fc.constant('/nowhere'),
	pictures: fc.uniqueArray(picture, { maxLength: 25 }).map((paths) => paths.sort()),
	lists: fc.array(list, { maxLength: 2 }),
});

function holdsTogether(set: PatchSet, { pictures }: DatasetFiles): void {
	expect(set.patches.length).toBeGreaterThan(0);
	expect(set.classes.length).toBeGreaterThan(0);
	expect(new Set(set.classes).size).toBe(set.classes.length);
	expect(set.notes[0]).toMatch(/^Taken for /);
	for (const note of set.notes) expect(note).toMatch(/^[A-Z0-9].*\.$/s);
	for (const { path, label, zLevel, group, split } of set.patches) {
		expect(pictures).toContain(path);
		expect(Number.isInteger(label) && label >= 0 && label < set.classes.length).toBe(true);
		expect(zLevel === undefined || Number.isFinite(zLevel)).toBe(true);
		expect(group.slide).not.toBe('');
		expect(group.position).not.toBe('');
		expect([undefined, 'train', 'validation', 'test']).toContain(split);
	}
}

describe.each(Object.entries(READERS))('%s', (_, { looksLike, read }) => {
	test('gives a set that holds together, or an error of ours', () => {
		fc.assert(
			fc.property(files, (own) => {
				try {
					holdsTogether(read(own), own);
				} catch (error) {
					if (!isParfocalError(error, 'argument', 'format')) throw error;
					expect(error.message).toMatch(/\.$/);
				}
			}),
			{ numRuns: 400 },
		);
	});

	test('reads the same whatever else lies in the folder that is not its own', () => {
		fc.assert(
			fc.property(files, (own) => {
				const extra = { ...own, lists: [...own.lists, { path: 'other.txt', rows: [['free', 'words']] }] };
				const outcome = (each: DatasetFiles): unknown => {
					try {
						return looksLike(each) ? read(each) : undefined;
					} catch (error) {
						return String(error);
					}
				};
				expect(outcome(extra)).toEqual(outcome(own));
			}),
			{ numRuns: 100 },
		);
	});

	test('no patch is there twice', () => {
		fc.assert(
			fc.property(files, (own) => {
				const unlisted = { ...own, lists: [] };
				if (!looksLike(unlisted)) return;
				try {
					const paths = read(unlisted).patches.map(({ path }) => path);
					expect(new Set(paths).size).toBe(paths.length);
				} catch (error) {
					if (!isParfocalError(error, 'argument')) throw error;
				}
			}),
			{ numRuns: 200 },
		);
	});
});
