import { ArgumentError } from '@parfocal/core';
import { expect, test } from 'vitest';
import { looksLikeClassFolders, readClassFolders } from './class-folders.ts';
import type { DatasetFiles } from './patch-set.ts';

const files = (pictures: readonly string[]): DatasetFiles => ({ root: '/set', pictures, lists: [] });

test('names are classes in the order of their names', () => {
	const { kind, patches, classes, notes } = readClassFolders(
		files(['blurry/b.png', 'sharp/a.png', 'very blurry/c.png']),
	);
	expect(kind).toBe('folders');
	expect(classes).toEqual(['blurry', 'sharp', 'very blurry']);
	expect(patches.map(({ label }) => label)).toEqual([0, 1, 2]);
	expect(notes).toEqual([
		'Taken for one folder a class: 3 patches of 3 classes (blurry, sharp, very blurry).',
		'Nothing says which slide a patch is of: only splits by patch are possible.',
	]);
	expect(patches[0]!.group).toEqual({ slide: 'blurry/b.png', position: 'blurry/b.png' });
});

test('whole numbers are labels as they are, in the order of numbers; gaps stay', () => {
	const { patches, classes } = readClassFolders(files(['0/a.png', '10/a.png', '2/a.png', '02/b.png']));
	expect(patches.map(({ label, path }) => [path, label])).toEqual([
		['0/a.png', 0],
		['10/a.png', 10],
		['2/a.png', 2],
		['02/b.png', 2],
	]);
	expect(classes).toHaveLength(11);
	expect(classes[5]).toBe('5');
});

test('a folder below the class is the slide', () => {
	const { patches, notes } = readClassFolders(files(['sharp/s1/a.png', 'sharp/s2/a.png', 'blurry/s1/a.png']));
	expect(patches.map(({ group }) => group.slide)).toEqual(['s1', 's2', 's1']);
	expect(new Set(patches.map(({ group }) => group.position)).size).toBe(3);
	expect(notes).toHaveLength(1);
});

test('train, validation and test above the classes are sides', () => {
	const { patches, classes } = readClassFolders(
		files(['train/a/1.png', 'val/a/2.png', 'test/b/3.png', 'test/a/s/4.png']),
	);
	expect(classes).toEqual(['a', 'b']);
	expect(patches.map(({ split }) => split)).toEqual(['train', 'validation', 'test', 'test']);
	expect(patches.map(({ label }) => label)).toEqual([0, 0, 1, 0]);
});

test('folders that all pictures share are passed over', () => {
	const { classes } = readClassFolders(files(['set/pictures/0/a.png', 'set/pictures/1/b.png']));
	expect(classes).toEqual(['0', '1']);
	expect(readClassFolders(files(['only/a.png', 'only/b.png'])).classes).toEqual(['only']);
	expect(readClassFolders(files(['only/a.png'])).classes).toEqual(['only']);
});

test('pictures outside the folders are left out and counted', () => {
	const { patches, notes } = readClassFolders(files(['overview.png', 'a/1.png', 'b/2.png']));
	expect(patches).toHaveLength(2);
	expect(notes).toContain('1 picture outside the folders left out.');
});

test('no folder, no classes; recognised by at least two folders', () => {
	expect(() => readClassFolders(files(['a.png']))).toThrow(ArgumentError);
	expect(looksLikeClassFolders(files(['a/1.png', 'b/2.png']))).toBe(true);
	expect(looksLikeClassFolders(files(['a/1.png', 'a/2.png']))).toBe(false);
	expect(looksLikeClassFolders(files(['1.png']))).toBe(false);
});
