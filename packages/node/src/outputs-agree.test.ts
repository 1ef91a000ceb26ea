/** The files of a slide say the same thing: numbers read back from each are held against the others. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assessment, RegionCollection, Slide } from '@parfocal/core';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleResult } from '../../core/src/export/testing/example.ts';
import { writeAssessmentFiles } from './write-outputs.ts';

const result = exampleResult({ columns: 70, rows: 50 });
const folder = mkdtempSync(join(tmpdir(), 'parfocal-agree-'));

interface Row {
	readonly column: number;
	readonly row: number;
	readonly widthPx: number;
	readonly heightPx: number;
	readonly value: number | undefined;
	readonly validity: string;
	readonly tissue: number;
}

let assessment: Assessment;
let regions: RegionCollection;
let tsv: Row[];
let parquet: Record<string, unknown>[];
let tiff: { columns: number; rows: number; values: Float32Array };
let page: { stops: number[]; shares: number[]; assessableMm2: number; codes: string; columns: number };

beforeAll(async () => {
	const slide = {
		readRegion: (_level: number, { widthPx, heightPx }: { widthPx: number; heightPx: number }) => ({
			layout: 'rgb',
			widthPx,
			heightPx,
			data: new Uint8Array(widthPx * heightPx * 3),
		}),
	} as unknown as Slide;
	await writeAssessmentFiles(folder, slide, result);
	const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
	assessment = JSON.parse(await text('assessment.json')) as Assessment;
	regions = JSON.parse(await text('regions.geojson')) as RegionCollection;
	tsv = parseTsv(await text('cells.tsv'));
	parquet = await parquetReadObjects({
		file: new Uint8Array(await readFile(join(folder, 'cells.parquet'))).slice().buffer,
	});
	tiff = parseTiff(await readFile(join(folder, 'map.tif')));
	page = JSON.parse(/id="report-data">(.*?)<\/script>/s.exec(await text('report.html'))![1]!) as typeof page;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function parseTsv(text: string): Row[] {
	const [, ...lines] = text.trimEnd().split('\n');
	return lines.map((line) => {
		const fields = line.split('\t');
		return {
			column: Number(fields[0]),
			row: Number(fields[1]),
			widthPx: Number(fields[4]),
			heightPx: Number(fields[5]),
			value: fields[8] === '' ? undefined : Number(fields[8]),
			validity: fields[10]!,
			tissue: Number(fields[11]),
		};
	});
}

function parseTiff(bytes: Buffer): typeof tiff {
	const start = bytes.readUInt32LE(4);
	const tags = new Map<number, number>();
	for (let i = 0; i < bytes.readUInt16LE(start); i++) {
		const at = start + 2 + i * 12;
		const short = bytes.readUInt16LE(at + 2) === 3;
		tags.set(bytes.readUInt16LE(at), short ? bytes.readUInt16LE(at + 8) : bytes.readUInt32LE(at + 8));
	}
	const columns = tags.get(256)!;
	const rows = tags.get(257)!;
	const values = Float32Array.from({ length: columns * rows }, (_, i) => bytes.readFloatLE(tags.get(273)! + i * 4));
	return { columns, rows, values };
}

/** Shoelace area of a feature's rings. */
function areaOf(feature: RegionCollection['features'][number]): number {
	const { geometry } = feature;
	const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
	let twice = 0;
	for (const ring of rings) {
		for (let i = 1; i < ring.length; i++) twice += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
	}
	return twice / 2;
}

const classes = { slight: 'Slightly', clear: 'Clearly', strong: 'Strongly' } as const;

/** Bounds of a class by the assessment's own thresholds. */
function boundsOf(strength: keyof typeof classes): readonly [number, number] {
	const { slight, clear, strong } = assessment.map.thresholds!;
	return { slight: [slight, clear], clear: [clear, strong], strong: [strong, Number.POSITIVE_INFINITY] }[
		strength
	] as unknown as readonly [number, number];
}

describe('the files agree', () => {
	test('on the size of the map', () => {
		const { columns, rows } = assessment.map;
		expect([tiff.columns, tiff.rows]).toEqual([columns, rows]);
		expect(page.columns).toBe(columns);
		expect(Math.max(...tsv.map(({ column }) => column))).toBeLessThan(columns);
		expect(Math.max(...tsv.map(({ row }) => row))).toBeLessThan(rows);
	});

	test('on every value: text, Parquet, TIFF', () => {
		expect(parquet).toHaveLength(tsv.length);
		for (const [i, { column, row, value }] of tsv.entries()) {
			const inTiff = tiff.values[row * tiff.columns + column]!;
			const inParquet = parquet[i]!['value'] as number | null;
			expect([parquet[i]!['column'], parquet[i]!['row']]).toEqual([column, row]);
			expect(inParquet ?? Number.NaN).toEqual(inTiff);
			if (value === undefined) expect(inTiff).toBeNaN();
			else expect(value).toBeCloseTo(inTiff, 4);
		}
	});

	test('a place without a value in the TIFF has none anywhere', () => {
		const withValue = tiff.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
		expect(tsv.filter(({ value }) => value !== undefined)).toHaveLength(withValue);
		expect(tsv.filter(({ validity }) => validity === 'assessable')).toHaveLength(withValue);
	});

	test.each(['slight', 'clear', 'strong'] as const)('on the area that is out of focus: %s', (strength) => {
		const [low, high] = boundsOf(strength);
		const places = tsv.filter(({ value }) => value !== undefined && value >= low && value < high);
		const wanted = places.reduce((sum, { widthPx, heightPx }) => sum + widthPx * heightPx, 0);
		const features = regions.features.filter(({ properties }) =>
			properties.classification.name.startsWith(classes[strength]),
		);
		expect(wanted).toBeGreaterThan(0);
		expect(features.reduce((sum, feature) => sum + areaOf(feature), 0)).toBe(wanted);
		expect(features.reduce((sum, { properties }) => sum + properties.measurements['Map places']!, 0)).toBe(
			places.length,
		);
	});

	test.each(['slight', 'clear', 'strong'] as const)('on the share of tissue that is at least %s', (strength) => {
		const { slightFraction, clearFraction, strongFraction } = assessment.focus!;
		const wanted = {
			slight: slightFraction + clearFraction + strongFraction,
			clear: clearFraction + strongFraction,
			strong: strongFraction,
		}[strength];
		const threshold = assessment.map.thresholds![strength];
		expect(page.shares[page.stops.indexOf(threshold)]).toBeCloseTo(wanted, 5);
		const judged = tsv.filter(({ value }) => value !== undefined);
		const tissue = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.tissue, 0);
		expect(tissue(judged.filter(({ value }) => value! >= threshold)) / tissue(judged)).toBeCloseTo(wanted, 3);
	});

	test('on tissue areas: the report, the regions, the table', () => {
		const mm2 = (rows: readonly Row[]): number => (rows.reduce((sum, { tissue }) => sum + tissue, 0) * 16 * 16) / 1e6;
		expect(page.assessableMm2).toBeCloseTo(mm2(tsv.filter(({ value }) => value !== undefined)), 3);
		const blurry = regions.features.filter(({ properties }) => / out of focus$/.test(properties.classification.name));
		const inRegions = blurry.reduce((sum, { properties }) => sum + properties.measurements['Tissue area mm²']!, 0);
		const { slight } = assessment.map.thresholds!;
		expect(inRegions).toBeCloseTo(mm2(tsv.filter(({ value }) => value !== undefined && value >= slight)), 3);
	});

	test('on worst regions', () => {
		const rectangles = regions.features.filter(({ properties }) => properties.classification.name === 'Worst region');
		expect(rectangles).toHaveLength(assessment.worstRegions.length);
		for (const [i, { rank, rect, value }] of assessment.worstRegions.entries()) {
			const { properties } = rectangles[i]!;
			expect(properties.measurements['Rank']).toBe(rank);
			expect(properties.measurements['Mean defocus µm']).toBe(value);
			expect(areaOf(rectangles[i]!)).toBe(rect.widthPx * rect.heightPx);
		}
	});

	test('on what could not be judged', () => {
		for (const word of ['little-texture', 'unreadable', 'pen-mark']) {
			const places = tsv.filter(({ validity }) => validity === word).length;
			const name = `Not assessable: ${word.replace('-', ' ')}`;
			const [feature] = regions.features.filter(({ properties }) => properties.classification.name === name);
			expect(feature?.properties.measurements['Map places'], word).toBe(places);
		}
	});

	test('on what the page draws', () => {
		const codes = Buffer.from(page.codes, 'base64');
		const drawn = codes.reduce((sum, code) => sum + (code >= 4 ? 1 : 0), 0);
		expect(drawn).toBe(tsv.filter(({ value }) => value !== undefined).length);
	});
});
