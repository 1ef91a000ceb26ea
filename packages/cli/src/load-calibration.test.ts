import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError } from '@parfocal/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleCalibration } from '../../core/src/calibration/testing/example.ts';
import { fakeModel } from '../../core/src/map/testing/fake-slide.ts';
import { loadCalibration } from './load-calibration.ts';

const calibration = await exampleCalibration();
const model = fakeModel();

let cwd = '';
beforeAll(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-load-calibration-'));
	await mkdir(join(cwd, 'folder.json'));
	await writeFile(join(cwd, 'scanner.json'), JSON.stringify(calibration));
	await writeFile(join(cwd, 'empty.json'), '');
	await writeFile(join(cwd, 'cut.json'), JSON.stringify(calibration).slice(0, 300));
	await writeFile(join(cwd, 'bytes.json'), Uint8Array.of(0xff, 0xfe, 0, 1, 2));
	await writeFile(join(cwd, 'edited.json'), JSON.stringify({ ...calibration, mpp: 0.5 }));
	await writeFile(join(cwd, 'huge.json'), ' '.repeat(300_000));
});
afterAll(() => rm(cwd, { recursive: true }));

test('the calibration of a file, by a relative or an absolute path', async () => {
	expect(await loadCalibration('scanner.json', model, 'fast', cwd)).toEqual(calibration);
	expect(await loadCalibration(join(cwd, 'scanner.json'), model, 'fast', '/')).toEqual(calibration);
});

test('none where none is named', async () => {
	expect(await loadCalibration(undefined, model, 'fast', cwd)).toBeUndefined();
});

test.each([
	['none.json', /--calibration none\.json cannot be read: there is no such file/],
	['folder.json', /it is a folder/],
	['empty.json', /In the calibration empty\.json, the file is not JSON/],
	['cut.json', /the file is not JSON/],
	['bytes.json', /the file is not JSON/],
	['edited.json', /edited\.json, sha256 does not fit the rest/],
	['huge.json', /larger than 200000 bytes/],
])('%s is a fault of the command line, in words', async (path, message) => {
	const loading = loadCalibration(path, model, 'fast', cwd);
	await expect(loading).rejects.toThrow(ArgumentError);
	await expect(loading).rejects.toThrow(message);
});

test('another model and the other mode are refused', async () => {
	const other = { ...model, name: 'other', sha256: '1'.repeat(64) };
	await expect(loadCalibration('scanner.json', other, 'fast', cwd)).rejects.toThrow(/made with fake .*those of other/);
	await expect(loadCalibration('scanner.json', model, 'exact', cwd)).rejects.toThrow(/made in fast mode/);
});
