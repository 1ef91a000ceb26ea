import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ArgumentError, FormatError, ReadError } from '@parfocal/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { findStack, type Stack } from './stack-files.ts';

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-stack-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function make(files: Readonly<Record<string, string>>): Promise<void> {
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

const shown = ({ planes }: Stack) => planes.map(({ path, z }) => [basename(path), z]);

describe('by names', () => {
	test('signed numbers at the end, in steps or µm, sorted by height', async () => {
		await make({ 'z-02.png': '', 'z+10.png': '', 'z+00.jpg': '', 'notes.txt': '', '.hidden-3.png': '' });
		expect(shown(await findStack(folder))).toEqual([
			['z-02.png', -2],
			['z+00.jpg', 0],
			['z+10.png', 10],
		]);
		expect((await findStack(folder)).unit).toBe('steps');
		const um = await findStack(folder, 0.5);
		expect(um.unit).toBe('um');
		expect(um.planes.map(({ z }) => z)).toEqual([-1, 0, 5]);
	});

	test('numbers without a sign, and with a fraction', async () => {
		await make({ 'plane_060.tif': '', 'plane_100.tif': '', 'plane_1.5.tif': '' });
		expect((await findStack(folder)).planes.map(({ z }) => z)).toEqual([1.5, 60, 100]);
	});

	test('a picture without a number says how to name it', async () => {
		await make({ 'z-02.png': '', 'overview.png': '' });
		await expect(findStack(folder)).rejects.toThrow(/overview\.png does not say its height.*z-03\.png.*series\.csv/);
		await expect(findStack(folder)).rejects.toThrow(FormatError);
	});

	test('two pictures of one height are two fields', async () => {
		await make({ 'a-01.png': '', 'b-01.png': '' });
		await expect(findStack(folder)).rejects.toThrow(/a-01\.png and .*b-01\.png have the same height, -1/);
	});
});

describe('by a table', () => {
	test('paths from its folder, heights in µm, whatever the names are', async () => {
		await make({ 'series.csv': 'zUm,path,note\n1.5,b.png,x\n-0.5,a.png,y\n', 'other.png': '' });
		const stack = await findStack(folder);
		expect(stack.unit).toBe('um');
		expect(shown(stack)).toEqual([
			['a.png', -0.5],
			['b.png', 1.5],
		]);
	});

	test.each([
		['path,z\na.png,1\n', /no header with the columns path and zUm/],
		['', /no header/],
		['path,zUm\na.png,\n', /row 2 lacks a path or a height/],
		['path,zUm\na.png,high\n', /row 2 lacks a path or a height in µm: "a\.png,high"/],
		['path,zUm\n,1\n', /row 2 lacks/],
		['path,zUm\n', /holds no pictures/],
		['path,zUm\na.png,1\nb.png,1\n', /have the same height/],
	])('%j is refused', async (text, message) => {
		await make({ 'series.csv': text });
		await expect(findStack(folder)).rejects.toThrow(message);
	});

	test('a step besides is one too many', async () => {
		await make({ 'series.csv': 'path,zUm\na.png,1\n' });
		await expect(findStack(folder, 0.5)).rejects.toThrow(/Leave --step-um out/);
	});
});

test('no folder, a file, an empty folder', async () => {
	await make({ 'slide.svs': 'x' });
	await expect(findStack(join(folder, 'none'))).rejects.toThrow(ReadError);
	await expect(findStack(join(folder, 'slide.svs'))).rejects.toThrow(ArgumentError);
	await expect(findStack(join(folder, 'slide.svs'))).rejects.toThrow(/is a file.*export the planes/);
	await expect(findStack(folder)).rejects.toThrow(/holds no pictures/);
});

test.skipIf(!hasShared)('real stacks are found', async () => {
	const smear = await findStack(sharedPath('data/defocus/smear_zstack'));
	expect(smear.planes.map(({ z }) => z)).toEqual(Array.from({ length: 19 }, (_, i) => i - 9));
	const onion = await findStack(sharedPath('data/defocus/onion_openflexure'));
	expect(onion.planes.length).toBe(18);
	expect(onion.planes[0]!.z).toBe(49);
});
