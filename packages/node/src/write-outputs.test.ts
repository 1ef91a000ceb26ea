import { spawnSync } from 'node:child_process';
import * as nodeFs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	type Assessment,
	assessmentJson,
	OUTPUT_FILES,
	ReadError,
	type RectPx,
	type RgbImage,
	type Slide,
	WriteError,
} from '@parfocal/core';
import { parquetReadObjects } from 'hyparquet';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exampleResult } from '../../core/src/export/testing/example.ts';
import type { FolderFs } from './atomic-write.ts';
import { writeAssessmentFiles } from './write-outputs.ts';

const NAMES = Object.keys(OUTPUT_FILES).sort();
let parent: string;
let folder: string;
beforeEach(async () => {
	parent = await nodeFs.mkdtemp(join(tmpdir(), 'parfocal-outputs-'));
	folder = join(parent, 'example-slide.svs');
});
afterEach(() => nodeFs.rm(parent, { recursive: true, force: true }));

interface Read {
	readonly level: number;
	readonly rect: RectPx;
}

/** A slide whose pixels say where they come from, and that remembers what was read of it. */
function exampleSlide(read: (rect: RectPx) => void = () => undefined): { slide: Slide; reads: Read[] } {
	const reads: Read[] = [];
	const slide: Slide = {
		name: 'example-slide.svs',
		format: 'aperio-svs',
		vendor: 'aperio',
		levels: [],
		mpp: { x: 0.25, y: 0.25, source: 'tag' },
		objectivePower: 40,
		associated: [],
		properties: {},
		warnings: [],
		readTile: () => {
			throw new Error('Only regions are read for the report.');
		},
		async readRegion(level, rect): Promise<RgbImage> {
			reads.push({ level, rect });
			read(rect);
			const { widthPx, heightPx } = rect;
			const data = Uint8Array.from({ length: widthPx * heightPx * 3 }, (_, i) => (i % 3 === 0 ? rect.x / 16 : 128));
			return { layout: 'rgb', widthPx, heightPx, data };
		},
		close: () => undefined,
	};
	return { slide, reads };
}

const result = exampleResult();

describe('writeAssessmentFiles', () => {
	test('writes every file, each readable by others', async () => {
		const { slide } = exampleSlide();
		await writeAssessmentFiles(folder, slide, result);
		expect((await nodeFs.readdir(folder)).sort()).toEqual(NAMES);
		expect(await nodeFs.readdir(parent)).toEqual(['example-slide.svs']);
		const text = (name: string): Promise<string> => nodeFs.readFile(join(folder, name), 'utf8');
		expect(await text('assessment.json')).toBe(assessmentJson(result.assessment));
		expect(JSON.parse(await text('regions.geojson'))).toMatchObject({ type: 'FeatureCollection' });
		const lines = (await text('cells.tsv')).trimEnd().split('\n');
		const parquet = await nodeFs.readFile(join(folder, 'cells.parquet'));
		const rows = await parquetReadObjects({ file: new Uint8Array(parquet).slice().buffer });
		expect(rows).toHaveLength(lines.length - 1);
		expect((await sharp(join(folder, 'map.png')).metadata()).width).toBe(1446);
		expect((await nodeFs.readFile(join(folder, 'map.tif'))).subarray(0, 2).toString()).toBe('II');
		expect(await text('report.html')).toContain('<!doctype html>');
	});

	test('reads the middle of each worst region and of its neighbour at full resolution', async () => {
		const { slide, reads } = exampleSlide();
		const large: Assessment = {
			...result.assessment,
			worstRegions: [
				{
					...result.assessment.worstRegions[0]!,
					rect: { x: 1000, y: 500, widthPx: 1024, heightPx: 300 },
					sharpNeighbour: { x: 0, y: 0, widthPx: 64, heightPx: 64 },
				},
				{ ...result.assessment.worstRegions[1]!, rect: { x: 8, y: 8, widthPx: 512, heightPx: 512 } },
			],
		};
		await writeAssessmentFiles(folder, slide, { ...result, assessment: large });
		expect(reads).toEqual([
			{ level: 0, rect: { x: 1256, y: 500, widthPx: 512, heightPx: 300 } },
			{ level: 0, rect: { x: 0, y: 0, widthPx: 64, heightPx: 64 } },
			{ level: 0, rect: { x: 8, y: 8, widthPx: 512, heightPx: 512 } },
		]);
		const page = await nodeFs.readFile(join(folder, 'report.html'), 'utf8');
		// The thumbnail and the three crops.
		expect(page.match(/data:image\/jpeg/g)).toHaveLength(4);
	});

	test('shows at most eight regions, so that the report can be mailed', async () => {
		const { slide, reads } = exampleSlide();
		const worstRegions = Array.from({ length: 40 }, (_, i) => ({ ...result.assessment.worstRegions[1]!, rank: i + 1 }));
		await writeAssessmentFiles(folder, slide, { ...result, assessment: { ...result.assessment, worstRegions } });
		expect(reads).toHaveLength(8);
		const page = await nodeFs.readFile(join(folder, 'report.html'), 'utf8');
		expect(page).toContain('id="region-40"');
	});

	test('crops are asked for so that unreadable tiles leave holes instead of ending the run', async () => {
		const { slide } = exampleSlide();
		const holes: unknown[] = [];
		const torn: Slide = {
			...slide,
			readRegion: (level, rect, options) => {
				options?.onUnreadable?.(new Error('corrupt tile'));
				holes.push(rect);
				return slide.readRegion(level, rect);
			},
		};
		await writeAssessmentFiles(folder, torn, result);
		expect(holes).toHaveLength(3);
		expect((await nodeFs.readdir(folder)).sort()).toEqual(NAMES);
	});

	test('the same result gives the same bytes', async () => {
		const { slide } = exampleSlide();
		const other = join(parent, 'again');
		await writeAssessmentFiles(folder, slide, result);
		await writeAssessmentFiles(other, slide, exampleResult());
		for (const name of NAMES) {
			const [one, two] = await Promise.all([nodeFs.readFile(join(folder, name)), nodeFs.readFile(join(other, name))]);
			expect(one.equals(two), name).toBe(true);
		}
	});

	test('replaces an older folder and keeps what the user put there', async () => {
		const { slide } = exampleSlide();
		await writeAssessmentFiles(folder, slide, result);
		await nodeFs.writeFile(join(folder, 'notes.txt'), 'rescanned on Monday');
		const sharp = exampleResult({ outcome: 'pass', worst: 0 });
		await writeAssessmentFiles(folder, slide, sharp);
		expect(await nodeFs.readFile(join(folder, 'notes.txt'), 'utf8')).toBe('rescanned on Monday');
		expect(await nodeFs.readFile(join(folder, 'assessment.json'), 'utf8')).toContain('"outcome": "pass"');
		expect((await nodeFs.readdir(folder)).sort()).toEqual([...NAMES, 'notes.txt'].sort());
	});

	test('a slide without tissue has all files too', async () => {
		const { slide, reads } = exampleSlide();
		const { focus, ...rest } = result.assessment;
		expect(focus).toBeDefined();
		const assessment: Assessment = { ...rest, outcome: 'not-assessable', worstRegions: [] };
		const map = { ...result.map, validity: result.map.validity.slice().fill(1) };
		await writeAssessmentFiles(folder, slide, { ...result, assessment, map });
		expect(reads).toEqual([]);
		expect((await nodeFs.readdir(folder)).sort()).toEqual(NAMES);
	});
});

describe('failures', () => {
	/** Every write of the file fails so, after the others have begun. */
	function failing(name: string, code: string): FolderFs {
		return {
			...nodeFs,
			writeFile: (async (path: string, ...rest: [string]) => {
				if (path.endsWith(name)) throw Object.assign(new Error(code), { code });
				return nodeFs.writeFile(path, ...rest);
			}) as typeof nodeFs.writeFile,
		};
	}

	test.each(NAMES)('a full disk at %s leaves no trace', async (name) => {
		const { slide } = exampleSlide();
		const error = await writeAssessmentFiles(folder, slide, result, { fs: failing(name, 'ENOSPC') }).catch(
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(WriteError);
		expect((error as WriteError).reason).toBe('disk-full');
		expect((error as Error).message).toContain(folder);
		expect(await nodeFs.readdir(parent)).toEqual([]);
	});

	test('a full disk keeps the older results', async () => {
		const { slide } = exampleSlide();
		await writeAssessmentFiles(folder, slide, result);
		const before = await nodeFs.readFile(join(folder, 'assessment.json'), 'utf8');
		const other = exampleResult({ outcome: 'pass', worst: 0 });
		await expect(writeAssessmentFiles(folder, slide, other, { fs: failing('map.tif', 'ENOSPC') })).rejects.toThrow();
		expect(await nodeFs.readFile(join(folder, 'assessment.json'), 'utf8')).toBe(before);
		expect((await nodeFs.readdir(folder)).sort()).toEqual(NAMES);
	});

	test('a slide that vanishes is a failure to read, not to write', async () => {
		const gone = new ReadError('example-slide.svs', 'vanished', 'example-slide.svs vanished while being read.');
		const { slide } = exampleSlide(() => {
			throw gone;
		});
		await expect(writeAssessmentFiles(folder, slide, result)).rejects.toBe(gone);
		expect(await nodeFs.readdir(parent)).toEqual([]);
	});

	test('cancelling while reading crops leaves nothing', async () => {
		const controller = new AbortController();
		const reason = new Error('stopped');
		const { slide } = exampleSlide(() => controller.abort(reason));
		const { signal } = controller;
		await expect(writeAssessmentFiles(folder, slide, result, { signal })).rejects.toBe(reason);
		expect(await nodeFs.readdir(parent)).toEqual([]);
	});

	test('a folder nobody may write to', async (context) => {
		if (process.getuid?.() === 0) return context.skip('the superuser may write anywhere');
		await nodeFs.chmod(parent, 0o500);
		const { slide } = exampleSlide();
		const error = await writeAssessmentFiles(folder, slide, result).catch((thrown: unknown) => thrown);
		await nodeFs.chmod(parent, 0o700);
		expect((error as WriteError).reason).toBe('permission');
	});

	test('a disk that is really full', async (context) => {
		const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', parent]).status === 0;
		if (!mounted) return context.skip('mounting a small disk is not allowed here');
		try {
			const { slide } = exampleSlide();
			const error = await writeAssessmentFiles(folder, slide, result).catch((thrown: unknown) => thrown);
			expect(error).toBeInstanceOf(WriteError);
			expect((error as WriteError).reason).toBe('disk-full');
			expect(await nodeFs.readdir(parent)).toEqual([]);
		} finally {
			spawnSync('umount', [parent]);
		}
	});
});
