import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	createFocusModel,
	createTiffWriter,
	type FocusLiteNNDefinition,
	measureInThread,
	memorySink,
	type TileIndex,
} from '@parfocal/core';
import { afterAll, expect, test } from 'vitest';
import { openSlideFile } from '../open-file.ts';
import { createWorkerMeasurer, createWorkerPool } from './worker-pool.ts';

const WIDTH = 2500;
const HEIGHT = 2200;
const TILE = 256;
const COLUMNS = Math.ceil(WIDTH / TILE);
const ROWS = Math.ceil(HEIGHT / TILE);
const tiles: TileIndex[] = Array.from({ length: COLUMNS * ROWS }, (_, i) => ({
	column: i % COLUMNS,
	row: Math.floor(i / COLUMNS),
}));

const folder = mkdtempSync(join(tmpdir(), 'parfocal-pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An uncompressed slide of noise; tile `missing` is cut off at the file's end. */
async function writeSlide(name: string, seed: number, missing = false): Promise<string> {
	const sink = memorySink();
	const writer = createTiffWriter(sink);
	const directory = writer.directory({
		widthPx: WIDTH,
		heightPx: HEIGHT,
		layout: { tileWidthPx: TILE, tileHeightPx: TILE },
		compression: 1,
		photometric: 2,
		bitsPerSample: [8, 8, 8],
	});
	let state = seed;
	for (let i = 0; i < directory.tileCount; i++) {
		const bytes = new Uint8Array(TILE * TILE * 3);
		for (let k = 0; k < bytes.length; k++) {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			bytes[k] = state >>> 24;
		}
		// A tile shorter than its pixels need is corrupt.
		await directory.addTile(i, missing && i === 17 ? bytes.subarray(0, 100) : bytes);
	}
	await writer.close();
	const path = join(folder, name);
	writeFileSync(path, sink.bytes());
	return path;
}

const definition: FocusLiteNNDefinition = {
	kind: 'focuslitenn',
	name: 'ramp',
	sha256: 'f'.repeat(64),
	licence: 'none',
	origin: 'made by a test',
	planes: 'luma',
	pooling: 'min',
	kernels: 1,
	convWeight: Float32Array.from({ length: 49 }, (_, i) => (i - 24) / 49),
	convBias: Float32Array.of(0.1),
	head: [],
	paddingPx: 0,
	clampAtZero: false,
	unit: 'score',
};

test('workers give what this thread gives, bit for bit, slide after slide', async () => {
	const model = createFocusModel(definition);
	await using pool = createWorkerPool({ workers: 2 });
	for (const seed of [1, 2]) {
		const path = await writeSlide(`slide-${seed}.tif`, seed);
		const slide = await openSlideFile(path);
		const measurer = pool.measurer(path);
		const expected = await measureInThread.cells({ slide, model, tiles });
		const found = await measurer.cells({ slide, model, tiles });
		expect(found.unreadable).toEqual([]);
		expect(found.grid).toEqual(expected.grid);
		const windows = [
			{ x: 0, y: 0 },
			{ x: 1280, y: 512 },
			{ x: 2176, y: 1920 },
		];
		const exact = await measurer.windows({ slide, model, windows });
		expect(exact.scores).toEqual((await measureInThread.windows({ slide, model, windows })).scores);
		expect(await measurer.read({ slide, tiles })).toEqual([]);
		await slide.close();
	}
});

test('a corrupt tile is named, the rest is measured', async () => {
	const path = await writeSlide('corrupt.tif', 3, true);
	const slide = await openSlideFile(path);
	await using measurer = createWorkerMeasurer({ path, workers: 1 });
	const { unreadable } = await measurer.cells({ slide, model: createFocusModel(definition), tiles });
	expect(unreadable).toEqual([{ column: 7, row: 1, message: expect.stringMatching(/.{20}/) }]);
	await slide.close();
});

test('a slide that workers cannot open is refused with the error of the family', async () => {
	const path = await writeSlide('gone.tif', 4);
	const slide = await openSlideFile(path);
	rmSync(path);
	await using measurer = createWorkerMeasurer({ path, workers: 1 });
	const refused = measurer.read({ slide, tiles });
	await expect(refused).rejects.toMatchObject({ tag: 'read', reason: 'not-found', source: path });
	await slide.close();
});

test.each([0, -1, 1.5, 257, Number.NaN])('%d workers are refused', (workers) => {
	expect(() => createWorkerPool({ workers })).toThrow('whole number from 1 to 256');
});
