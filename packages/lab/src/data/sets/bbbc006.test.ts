import { ArgumentError } from '@parfocal/core';
import { expect, test } from 'vitest';
import { looksLikeBbbc006, readBbbc006 } from './bbbc006.ts';
import type { DatasetFiles } from './patch-set.ts';

const files = (pictures: readonly string[]): DatasetFiles => ({ root: '/set', pictures, lists: [] });
const name = (plane: number, well = 'a01', site = 1, stain = 1): string =>
	`BBBC006_v1_images_z_${String(plane).padStart(2, '0')}/mcf-z-stacks-03212011_${well}_s${site}_w${stain}5722e317-4cc7.tif`;

test('planes 11 to 23 are in focus, the others are as far out as they lie beyond; z counts from plane 16', () => {
	const planes = [0, 1, 10, 11, 16, 23, 24, 33];
	const { patches, classes } = readBbbc006(files(planes.map((plane) => name(plane))));
	expect(patches.map(({ label }) => label)).toEqual([11, 10, 1, 0, 0, 0, 1, 10]);
	expect(patches.map(({ zLevel }) => zLevel)).toEqual([-16, -15, -6, -5, 0, 7, 8, 17]);
	expect(classes).toHaveLength(12);
});

test('a well is a slide; both stains of a place share its position', () => {
	const { patches } = readBbbc006(files([name(3), name(3, 'a01', 1, 2), name(4), name(3, 'a01', 2), name(3, 'p24')]));
	expect(patches.map(({ group }) => group.position)).toEqual(['a01_s1', 'a01_s1', 'a01_s1', 'a01_s2', 'p24_s1']);
	expect(new Set(patches.map(({ group }) => group.slide))).toEqual(new Set(['a01', 'p24']));
});

test('archives unpacked into folders of their own name are found too, other pictures are not', () => {
	const nested = `BBBC006_v1_images_z_05/${name(5)}`;
	const { patches, notes } = readBbbc006(files([nested, 'BBBC006_v1_labels/mcf-z-stacks-03212011_a01_s1.png']));
	expect(patches.map(({ path }) => path)).toEqual([nested]);
	expect(notes[0]).toBe('Taken for BBBC006: 1 picture of 52,224; 52,223 are missing.');
});

test('the whole set has no missing pictures', () => {
	const whole: string[] = [];
	for (let plane = 0; plane < 34; plane++) {
		for (const row of 'abcdefghijklmnop') {
			for (let column = 1; column <= 24; column++) {
				for (const [site, stain] of [
					[1, 1],
					[1, 2],
					[2, 1],
					[2, 2],
				] as const) {
					whole.push(name(plane, `${row}${String(column).padStart(2, '0')}`, site, stain));
				}
			}
		}
	}
	const { patches, notes } = readBbbc006(files(whole));
	expect(patches).toHaveLength(52_224);
	expect(notes[0]).toBe('Taken for BBBC006: 52,224 pictures of 52,224.');
});

test('recognised by its folders; nothing there is refused', () => {
	expect(looksLikeBbbc006(files([name(3)]))).toBe(true);
	expect(looksLikeBbbc006(files(['z_03/a.tif']))).toBe(false);
	expect(() => readBbbc006(files(['a.png']))).toThrow(ArgumentError);
});
