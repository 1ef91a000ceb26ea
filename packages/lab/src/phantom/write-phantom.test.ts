import { execFileSync } from 'node:child_process';
import * as nodeFs from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, memorySink, openSlide, type RgbImage, type Slide, WriteError } from '@parfocal/core';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resolvePhantomOptions } from './options.ts';
import { createPhantomRenderer } from './render.ts';
import { truthPathOf, type WritePhantomOptions, writePhantom } from './write-phantom.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-phantom-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const small = { widthPx: 700, heightPx: 500, threads: 0 } as const;

async function inMemory(options: WritePhantomOptions): Promise<Uint8Array> {
	const sink = memorySink();
	await writePhantom(sink, options);
	return sink.bytes();
}

async function levelOf(slide: Slide, level: number): Promise<RgbImage> {
	const { widthPx, heightPx } = slide.levels[level]!;
	return slide.readRegion(level, { x: 0, y: 0, widthPx, heightPx });
}

function meanDifference(a: RgbImage, b: { readonly data: Uint8Array }): number {
	return a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]!), 0) / a.data.length;
}

/** Whether a program is installed; says why a test skips when it is not. */
function has(program: string, ...args: string[]): boolean {
	try {
		execFileSync(program, args, { stdio: 'ignore' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return true;
		console.warn(`skipped: phantoms against ${program}, which is not installed`);
		return false;
	}
}
const hasTiffinfo = has('tiffinfo', '-h');
const hasOpenSlide = has('openslide-show-properties', '--version');

test('the same options give the same bytes, in this thread or in others', async () => {
	const bytes = await inMemory(small);
	expect(Buffer.compare(await inMemory(small), bytes)).toBe(0);
	expect(Buffer.compare(await inMemory({ ...small, threads: 2 }), bytes)).toBe(0);
	expect(Buffer.compare(await inMemory({ ...small, seed: 2 }), bytes)).not.toBe(0);
}, 120_000);

test('a generic pyramid opens with the pixels that were rendered', async () => {
	const slide = await openSlide(await inMemory({ ...small, quality: 95, subsampling: '444' }));
	expect(slide.format).toBe('generic-tiff');
	expect(slide.mpp).toEqual({ x: 0.25, y: 0.25, source: 'tag' });
	expect(slide.levels.map(({ widthPx, heightPx }) => [widthPx, heightPx])).toEqual([
		[700, 500],
		[350, 250],
		[175, 125],
	]);
	expect(slide.levels.map(({ compression }) => compression)).toEqual(['jpeg', 'jpeg', 'jpeg']);
	expect(slide.associated).toEqual([]);
	expect(slide.warnings).toEqual([]);
	const renderer = createPhantomRenderer(resolvePhantomOptions(small));
	const rendered = renderer.render({ x: 0, y: 0, widthPx: 700, heightPx: 500 });
	expect(meanDifference(await levelOf(slide, 0), rendered)).toBeLessThan(1.5);
	await slide.close();
});

test('each level is the one above, halved', async () => {
	const slide = await openSlide(await inMemory({ ...small, quality: 95, subsampling: '444' }));
	for (const level of [1, 2]) {
		const above = await levelOf(slide, level - 1);
		const image = await levelOf(slide, level);
		let difference = 0;
		for (let y = 0; y < image.heightPx - 1; y++) {
			for (let x = 0; x < image.widthPx - 1; x++) {
				const from = 3 * (2 * y * above.widthPx + 2 * x) + 1;
				const down = from + 3 * above.widthPx;
				const mean = (above.data[from]! + above.data[from + 3]! + above.data[down]! + above.data[down + 3]!) / 4;
				difference += Math.abs(mean - image.data[3 * (y * image.widthPx + x) + 1]!);
			}
		}
		expect(difference / (image.widthPx * image.heightPx)).toBeLessThan(2);
	}
});

test('the Aperio layout opens as such, with thumbnail, label and macro beside the levels', async () => {
	const slide = await openSlide(await inMemory({ ...small, widthPx: 2500, heightPx: 600, layout: 'svs', mpp: 0.5 }));
	expect(slide.format).toBe('aperio-svs');
	expect(slide.mpp).toEqual({ x: 0.5, y: 0.5, source: 'tag' });
	expect(slide.objectivePower).toBe(20);
	expect(slide.levels.map(({ widthPx, tileWidthPx }) => [widthPx, tileWidthPx])).toEqual([
		[2500, 240],
		[625, 240],
	]);
	expect(slide.associated.map(({ name }) => name).toSorted()).toEqual(['label', 'macro', 'thumbnail']);
	const thumbnail = await slide.associated.find(({ name }) => name === 'thumbnail')!.read();
	expect([thumbnail.widthPx, thumbnail.heightPx]).toEqual([625, 150]);
	expect(meanDifference(thumbnail, await levelOf(slide, 1))).toBeLessThan(4);
	const label = await slide.associated.find(({ name }) => name === 'label')!.read();
	expect(label.data.filter((value) => value < 100).length).toBeGreaterThan(2000);
	const macro = await slide.associated.find(({ name }) => name === 'macro')!.read();
	expect([macro.widthPx, macro.heightPx]).toEqual([1200, 400]);
	expect(JSON.stringify(slide.properties)).toContain('Parfocal phantom');
});

test('a file, and the truth beside it', async () => {
	const path = join(folder, 'slide.tif');
	const progress: [number, number][] = [];
	const written = await writePhantom(path, { ...small, onProgress: (done, total) => progress.push([done, total]) });
	expect((await readdir(folder)).toSorted()).toEqual(['slide.tif', 'slide.truth.json']);
	expect((await readFile(path)).length).toBe(written.bytes);
	expect(Buffer.compare(await readFile(path), await inMemory(small))).toBe(0);
	const truth = JSON.parse(await readFile(truthPathOf(path), 'utf8'));
	expect(truth).toMatchObject({ schema: 'parfocal-phantom-truth/1', options: { widthPx: 700, seed: 1 } });
	expect(truth.grid.defocusUm).toHaveLength(11 * 8);
	expect(written.levels).toHaveLength(3);
	expect(progress).toEqual(Array.from({ length: 6 }, (_, i) => [i + 1, 6]));
});

test.each([
	['a.tif', 'a.truth.json'],
	['a.TIFF', 'a.truth.json'],
	['dir.tif/a.svs', 'dir.tif/a.truth.json'],
	['a', 'a.truth.json'],
	['a.b.btf', 'a.b.truth.json'],
])('the truth of %s is %s', (slide, truth) => {
	expect(truthPathOf(slide)).toBe(truth);
});

test('options are checked before anything is written', async () => {
	await expect(writePhantom(join(folder, 'a.tif'), { widthPx: 3 })).rejects.toThrow(ArgumentError);
	expect(await readdir(folder)).toEqual([]);
});

test('an aborted run leaves nothing and throws the reason', async () => {
	const controller = new AbortController();
	const reason = new Error('enough');
	const onProgress = (done: number): void => {
		if (done === 2) controller.abort(reason);
	};
	const attempt = writePhantom(join(folder, 'a.tif'), { ...small, signal: controller.signal, onProgress });
	await expect(attempt).rejects.toBe(reason);
	expect(await readdir(folder)).toEqual([]);
	await expect(writePhantom(memorySink(), { ...small, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('aborted while other threads render, they end too', async () => {
	const controller = new AbortController();
	const onProgress = (): void => controller.abort();
	const attempt = writePhantom(memorySink(), { ...small, threads: 2, signal: controller.signal, onProgress });
	await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
});

test.each([1, 3, 8])('a disk that is full at write %s', async (fullAt) => {
	const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
	let writes = 0;
	const sink = {
		write: async () => {
			if (++writes >= fullAt) throw full;
		},
	};
	const attempt = writePhantom(sink, small);
	await expect(attempt).rejects.toThrow(WriteError);
	await expect(attempt).rejects.toMatchObject({ reason: 'disk-full', cause: full });
});

test('a full disk leaves no partial file', async () => {
	const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
	let writes = 0;
	const fs = {
		...nodeFs,
		open: async (...given: Parameters<typeof nodeFs.open>) => {
			const handle = await nodeFs.open(...given);
			const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
			handle.write = ((...args: unknown[]) =>
				++writes > 5 ? Promise.reject(full) : write(...args)) as typeof handle.write;
			return handle;
		},
	};
	await expect(writePhantom(join(folder, 'a.tif'), { ...small, fs })).rejects.toMatchObject({ reason: 'disk-full' });
	expect(await readdir(folder)).toEqual([]);
});

test('tiles are written while others are still to be rendered', async () => {
	let writes = 0;
	let rendered = 0;
	const sink = {
		write() {
			writes++;
		},
	};
	const onProgress = (done: number): void => {
		rendered = done;
		// At most the pending writes are held back, whatever the size of the slide.
		expect(writes).toBeGreaterThanOrEqual(done - 20);
	};
	await writePhantom(sink, { widthPx: 320, heightPx: 2000, tileSizePx: 64, tissue: 'half', threads: 0, onProgress });
	expect(rendered).toBe(5 * 32);
});

test('a very wide slide needs little memory', async () => {
	const before = process.memoryUsage().rss;
	let most = 0;
	const onProgress = (): void => {
		most = Math.max(most, process.memoryUsage().rss);
	};
	const sink = { write: () => undefined };
	const wide = { widthPx: 100_000, heightPx: 64, tileSizePx: 64, tissue: 'half' } as const;
	const written = await writePhantom(sink, { ...wide, threads: 0, onProgress });
	expect(written.levels).toHaveLength(12);
	expect((most - before) / 1e6).toBeLessThan(250);
}, 120_000);

test.skipIf(!hasTiffinfo)('libtiff reads it without complaint', async () => {
	for (const layout of ['generic', 'svs'] as const) {
		const path = join(folder, `${layout}.tif`);
		await writePhantom(path, { ...small, layout });
		const text = execFileSync('tiffinfo', ['-D', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
		expect(text).toContain('Compression Scheme: JPEG');
		expect(text).toContain('YCbCr');
		expect(text.match(/=== TIFF directory/g)).toHaveLength(layout === 'svs' ? 4 : 3);
	}
});

test.skipIf(!hasOpenSlide)('OpenSlide takes it for what it is', async () => {
	for (const [layout, vendor] of [
		['svs', 'aperio'],
		['generic', 'generic-tiff'],
	] as const) {
		const path = join(folder, `${layout}.tif`);
		await writePhantom(path, { ...small, layout });
		const text = execFileSync('openslide-show-properties', [path], { encoding: 'utf8' });
		expect(text).toContain(`openslide.vendor: '${vendor}'`);
		expect(text).toContain("openslide.level[0].width: '700'");
		if (layout === 'svs') expect(text).toContain("openslide.mpp-x: '0.25'");
	}
});

test('whatever the options, our reader finds a sound slide', async () => {
	const options = fc.record({
		widthPx: fc.integer({ min: 64, max: 400 }),
		heightPx: fc.integer({ min: 64, max: 400 }),
		mpp: fc.constantFrom(0.1, 0.25, 0.5, 2),
		seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
		quality: fc.integer({ min: 1, max: 100 }),
		subsampling: fc.constantFrom('420', '444'),
		layout: fc.constantFrom('svs', 'generic'),
		tileSizePx: fc.constantFrom(64, 112, 256),
		tissue: fc.constantFrom('islands', 'everywhere', 'half'),
	});
	await fc.assert(
		fc.asyncProperty(options, async (given) => {
			const sink = memorySink();
			const written = await writePhantom(sink, { ...given, threads: 0 });
			const slide = await openSlide(sink.bytes());
			expect(slide.warnings).toEqual([]);
			expect(slide.levels.map(({ widthPx, heightPx }) => ({ widthPx, heightPx }))).toEqual(written.levels);
			expect(slide.levels[0]).toMatchObject({ widthPx: given.widthPx, heightPx: given.heightPx });
			expect(slide.levels[0]!.tileWidthPx).toBe(given.tileSizePx);
			expect(slide.mpp).toMatchObject({ x: given.mpp, y: given.mpp });
			for (const level of slide.levels.keys()) {
				const { data } = await levelOf(slide, level);
				expect(data.some((value) => value < 254)).toBe(true);
			}
			await slide.close();
		}),
		{ numRuns: 6 },
	);
}, 120_000);
