import { expect, test } from 'vitest';
import { counted, type PatchSet, planesFromFocus, sideNamed, stemOf, zClasses } from './patch-set.ts';

test('the published target is |z|, not cut at the last class; the class where there is no z', () => {
	const group = { slide: 's', position: 'p' };
	const patches = [
		{ path: 'a', label: 11, zLevel: -13, group },
		{ path: 'b', label: 0, zLevel: 0, group },
		{ path: 'c', label: 1, group },
	];
	const set: PatchSet = { kind: 'focuspath', root: '/', patches, classes: zClasses(12), notes: [] };
	expect([...planesFromFocus(set)]).toEqual([13, 0, 1]);
});

test('the last class by z is open', () => {
	expect(zClasses(3)).toEqual(['|z| = 0', '|z| = 1', '|z| >= 2']);
});

test('counts in words', () => {
	expect(counted(1, 'patch', 'patches')).toBe('1 patch');
	expect(counted(0, 'stack')).toBe('0 stacks');
	expect(counted(8640, 'patch', 'patches')).toBe('8,640 patches');
});

test('a stem is the name without folders and the last ending', () => {
	expect(stemOf('a/b.c/d.e.png')).toBe('d.e');
	expect(stemOf('plain')).toBe('plain');
	expect(stemOf('a.b/plain')).toBe('plain');
});

test('sides by their usual names', () => {
	expect(['Train', 'training', 'val', 'VALID', 'dev', 'validation', 'test', ' testing '].map(sideNamed)).toEqual([
		'train',
		'train',
		'validation',
		'validation',
		'validation',
		'validation',
		'test',
		'test',
	]);
	for (const word of ['', 'trainer', 'other', undefined]) expect(sideNamed(word)).toBeUndefined();
});
