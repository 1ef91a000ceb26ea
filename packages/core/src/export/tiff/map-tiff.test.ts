import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleResult } from '../testing/example.ts';
import { type MapTiffDescription, mapTiff } from './map-tiff.ts';

const { assessment, map } = exampleResult();
const hasTiffinfo = spawnSync('tiffinfo', ['-h']).error === undefined;
if (!hasTiffinfo) console.warn('skipped: reading map.tif with libtiff, because tiffinfo is not installed');

interface Entry {
	readonly type: number;
	readonly count: number;
	readonly at: number;
}

/** Just enough of a TIFF reader to look inside (TIFF 6.0 §2). */
function directoryOf(bytes: Uint8Array): { view: DataView; entries: Map<number, Entry> } {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	expect(String.fromCharCode(bytes[0]!, bytes[1]!)).toBe('II');
	expect(view.getUint16(2, true)).toBe(42);
	const start = view.getUint32(4, true);
	const entries = new Map<number, Entry>();
	for (let i = 0; i < view.getUint16(start, true); i++) {
		const at = start + 2 + i * 12;
		entries.set(view.getUint16(at, true), {
			type: view.getUint16(at + 2, true),
			count: view.getUint32(at + 4, true),
			at: at + 8,
		});
	}
	return { view, entries };
}

function text(bytes: Uint8Array, tag: number): string {
	const { view, entries } = directoryOf(bytes);
	const { count, at } = entries.get(tag)!;
	const from = count > 4 ? view.getUint32(at, true) : at;
	return String.fromCharCode(...bytes.subarray(from, from + count - 1));
}

function rational(bytes: Uint8Array, tag: number): number {
	const { view, entries } = directoryOf(bytes);
	const from = view.getUint32(entries.get(tag)!.at, true);
	return view.getUint32(from, true) / view.getUint32(from + 4, true);
}

function short(bytes: Uint8Array, tag: number): number {
	const { view, entries } = directoryOf(bytes);
	return view.getUint16(entries.get(tag)!.at, true);
}

function descriptionOf(bytes: Uint8Array): MapTiffDescription {
	return JSON.parse(text(bytes, 270)) as MapTiffDescription;
}

describe('mapTiff', () => {
	test('holds the values as 32-bit floats, NaN where there is none', async () => {
		const bytes = await mapTiff(assessment, map);
		const { view, entries } = directoryOf(bytes);
		expect(short(bytes, 256)).toBe(map.columns);
		expect(short(bytes, 257)).toBe(map.rows);
		expect(short(bytes, 258)).toBe(32);
		expect(short(bytes, 259)).toBe(1);
		expect(short(bytes, 339)).toBe(3);
		const from = view.getUint32(entries.get(273)!.at, true);
		expect(view.getUint32(entries.get(279)!.at, true)).toBe(map.values.length * 4);
		const read = Array.from(map.values, (_, i) => view.getFloat32(from + i * 4, true));
		expect(read).toEqual([...map.values]);
		expect(read.some(Number.isNaN)).toBe(true);
	});

	test('says what no value is, in the words of GDAL', async () => {
		expect(text(await mapTiff(assessment, map), 42113)).toBe('nan');
	});

	test('knows its resolution: pixels per centimetre of the slide', async () => {
		const bytes = await mapTiff(assessment, map);
		expect(rational(bytes, 282)).toBeCloseTo(10_000 / (0.25 * 64), 3);
		expect(rational(bytes, 283)).toBeCloseTo(10_000 / (0.25 * 64), 3);
		expect(short(bytes, 296)).toBe(3);
	});

	test('claims no length when the pixel size is unknown', async () => {
		const unknown = exampleResult({ mpp: false });
		const bytes = await mapTiff(unknown.assessment, unknown.map);
		expect(short(bytes, 296)).toBe(1);
		expect(rational(bytes, 282)).toBe(1);
		expect(descriptionOf(bytes)).not.toHaveProperty('mpp');
	});

	test('describes its geometry', async () => {
		const bytes = await mapTiff(assessment, { ...map, originXPx: 128, originYPx: 64 });
		expect(descriptionOf(bytes)).toEqual({
			software: 'parfocal 0.1.0',
			slide: 'example-slide.svs',
			originPx: [128, 64],
			stepPx: 64,
			windowPx: 192,
			unit: 'defocusUm',
			higherMeans: 'blurrier',
			mpp: [0.25, 0.25],
		});
	});

	test('any name stays readable in 7-bit text', async () => {
		const name = 'größe 病理 𝒳 "quoted".svs';
		const bytes = await mapTiff({ ...assessment, slide: { ...assessment.slide, name } }, map);
		expect(text(bytes, 270)).toMatch(/^[\x20-\x7e]*$/);
		expect(descriptionOf(bytes).slide).toBe(name);
	});

	test('the same map gives the same bytes', async () => {
		expect(await mapTiff(assessment, map)).toEqual(await mapTiff(assessment, map));
	});

	test.skipIf(!hasTiffinfo)('libtiff reads it', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'parfocal-map-'));
		try {
			const path = join(folder, 'map.tif');
			writeFileSync(path, await mapTiff(assessment, map));
			const { stdout, status } = spawnSync('tiffinfo', ['-d', path], { encoding: 'utf8', maxBuffer: 1e8 });
			expect(status).toBe(0);
			expect(stdout).toContain('Image Width: 60 Image Length: 40');
			expect(stdout).toContain('Sample Format: IEEE floating point');
			expect(stdout).toContain('GDAL NoDataValue: nan');
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
