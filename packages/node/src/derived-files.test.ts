import { cellsTsv, type OutputFile, regionsGeoJsonText } from '@parfocal/core';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { exampleResult } from '../../core/src/export/testing/example.ts';
import { type DerivedFileRequest, deriveFile } from './derived-files.ts';
import { createWorkerPool } from './worker-pool/worker-pool.ts';

const { assessment, map, thumbnail } = exampleResult();
const requests: DerivedFileRequest[] = [
	{ file: 'map.png', assessment, map, thumbnail },
	{ file: 'map.tif', assessment, map },
	{ file: 'regions.geojson', assessment, map },
	{ file: 'cells.tsv', assessment, map },
	{ file: 'cells.parquet', assessment, map },
];
const bytesOf = async (pieces: Promise<Iterable<Uint8Array>>): Promise<Buffer> => Buffer.concat([...(await pieces)]);
const requestFor = (file: OutputFile): DerivedFileRequest => requests.find((request) => request.file === file)!;

describe('deriveFile', () => {
	test('text files hold the text of the library', async () => {
		const geoJson = await bytesOf(deriveFile(requestFor('regions.geojson')));
		expect(geoJson.toString()).toBe(regionsGeoJsonText(assessment, map));
		const tsv = await bytesOf(deriveFile(requestFor('cells.tsv')));
		expect(tsv.equals(Buffer.concat([...cellsTsv(assessment, map)]))).toBe(true);
	});

	test('the picture, compressed by Node, is read by others', async () => {
		const { width, channels } = await sharp(await bytesOf(deriveFile(requestFor('map.png')))).metadata();
		expect({ width, channels }).toEqual({ width: 1446, channels: 3 });
	});

	test.each(requests)('$file: pieces have buffers of their own, so that they can be handed over', async (request) => {
		const pieces = [...(await deriveFile(request))];
		const buffers = pieces.map(({ buffer }) => buffer as ArrayBuffer);
		expect(new Set(buffers).size).toBe(buffers.length);
		expect(() => structuredClone(pieces, { transfer: buffers })).not.toThrow();
	});
});

describe('a worker pool', () => {
	const pool = createWorkerPool({ workers: 2 });
	afterAll(() => pool[Symbol.asyncDispose]());

	test('makes the same bytes, all at once and again', async () => {
		for (let round = 0; round < 2; round++) {
			const here = await Promise.all(requests.map((request) => bytesOf(deriveFile(request))));
			const there = await Promise.all(requests.map((request) => bytesOf(pool.deriveFile(request))));
			requests.forEach(({ file }, i) => {
				expect(there[i]!.equals(here[i]!), file).toBe(true);
			});
		}
	});

	test('what the caller gave is still the caller’s', async () => {
		await pool.deriveFile(requestFor('map.png'));
		expect(thumbnail.data.length).toBeGreaterThan(0);
		expect(map.values.length).toBe(map.columns * map.rows);
	});

	test('stops waiting when aborted, and serves the next', async () => {
		const controller = new AbortController();
		const reason = new Error('stopped');
		const pending = pool.deriveFile(requestFor('cells.parquet'), controller.signal);
		controller.abort(reason);
		await expect(pending).rejects.toBe(reason);
		await expect(pool.deriveFile(requestFor('map.tif'), controller.signal)).rejects.toBe(reason);
		expect((await bytesOf(pool.deriveFile(requestFor('map.tif')))).subarray(0, 2).toString()).toBe('II');
	});

	test('what goes wrong in a thread goes wrong here too', async () => {
		const torn = { ...requestFor('map.tif'), map: { ...map, values: undefined } } as unknown as DerivedFileRequest;
		await expect(pool.deriveFile(torn)).rejects.toThrow(/undefined/);
	});

	test('a thread lost over a file costs time, not the file', async () => {
		// No thread starts within a millisecond: each is taken for hung.
		const dying = createWorkerPool({ workers: 1, silenceMs: 1 });
		await using _ = { [Symbol.asyncDispose]: () => dying[Symbol.asyncDispose]() };
		const pieces = bytesOf(dying.deriveFile(requestFor('cells.tsv')));
		expect((await pieces).equals(await bytesOf(deriveFile(requestFor('cells.tsv'))))).toBe(true);
	});

	test('once closed, makes nothing', async () => {
		const closed = createWorkerPool({ workers: 1 });
		await closed[Symbol.asyncDispose]();
		await expect(closed.deriveFile(requestFor('map.tif'))).rejects.toThrow('closed');
	});
});
