import { createTiffWriter, memorySink, type TiffDirectoryOptions, type TiffWriter } from '@parfocal/core';
import { expect, test } from 'vitest';
import { openDirectories, overviewLevel, type PhantomDirectories } from './directories.ts';
import { labelImage } from './label.ts';
import { type PhantomOptions, resolvePhantomOptions } from './options.ts';
import { pyramidSizes } from './pyramid.ts';

const tables = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

/** Opens the directories of a slide on a writer that notes what it is asked for. */
function open(given: PhantomOptions): { asked: TiffDirectoryOptions[]; directories: PhantomDirectories } {
	const options = resolvePhantomOptions(given);
	const asked: TiffDirectoryOptions[] = [];
	const writer = createTiffWriter(memorySink());
	const noting: TiffWriter = {
		big: false,
		size: 0,
		close: () => writer.close(),
		directory(directory) {
			asked.push(directory);
			return writer.directory(directory);
		},
	};
	const sizes = pyramidSizes(options.widthPx, options.heightPx, options.tileSizePx);
	return { asked, directories: openDirectories(noting, options, sizes, tables, labelImage(options)) };
}

function text(directory: TiffDirectoryOptions, tag: number): string {
	return String(directory.tags?.[tag]?.values ?? '');
}

function numbers(directory: TiffDirectoryOptions, tag: number): number[] {
	return [...((directory.tags?.[tag]?.values ?? []) as number[])];
}

const generic = { widthPx: 8192, heightPx: 4096 } as const;
const svs = { ...generic, layout: 'svs' } as const;

test('generic: every halving, largest first, reduced ones marked', () => {
	const { asked, directories } = open(generic);
	expect(asked.map(({ widthPx, heightPx }) => [widthPx, heightPx])).toEqual([
		[8192, 4096],
		[4096, 2048],
		[2048, 1024],
		[1024, 512],
		[512, 256],
		[256, 128],
	]);
	expect(asked.map((directory) => numbers(directory, 254)[0])).toEqual([0, 1, 1, 1, 1, 1]);
	expect(directories.levels.every((level) => level !== undefined)).toBe(true);
	expect([directories.thumbnail, directories.label, directories.macro]).toEqual([undefined, undefined, undefined]);
});

test('generic: the resolution of each level gives its pixel size', () => {
	for (const directory of open({ ...generic, mpp: 0.4 }).asked) {
		const downsample = 8192 / directory.widthPx;
		expect(numbers(directory, 296)).toEqual([3]);
		expect(10_000 / numbers(directory, 282)[0]!).toBeCloseTo(0.4 * downsample, 10);
		expect(10_000 / numbers(directory, 283)[0]!).toBeCloseTo(0.4 * downsample, 10);
		expect(text(directory, 305)).toBe('Parfocal phantom');
	}
});

test('every tiled level is YCbCr JPEG with shared tables', () => {
	for (const options of [generic, svs]) {
		const tiled = open(options).asked.filter(({ layout }) => 'tileWidthPx' in layout);
		expect(tiled.length).toBeGreaterThan(1);
		for (const directory of tiled) {
			expect(directory).toMatchObject({ compression: 7, photometric: 6, bitsPerSample: [8, 8, 8] });
			expect(numbers(directory, 347)).toEqual([...tables]);
			expect(numbers(directory, 530)).toEqual([2, 2]);
		}
	}
	for (const directory of open({ ...generic, subsampling: '444' }).asked)
		expect(numbers(directory, 530)).toEqual([1, 1]);
});

test('Aperio: level 0, thumbnail, levels by fours, label, macro', () => {
	const { asked, directories } = open(svs);
	expect(asked.map(({ widthPx, heightPx, layout }) => [widthPx, heightPx, 'tileWidthPx' in layout])).toEqual([
		[8192, 4096, true],
		[1024, 512, false],
		[2048, 1024, true],
		[512, 256, true],
		[360, 360, false],
		[1200, 400, false],
	]);
	expect(asked.map((directory) => numbers(directory, 254)[0])).toEqual([0, 0, 0, 0, 1, 9]);
	expect(directories.levels.map((level) => level !== undefined)).toEqual(
		[true, false, true, false, true, false, false].slice(0, directories.levels.length),
	);
	expect(asked[4]).toMatchObject({ compression: 1, photometric: 2 });
});

test('Aperio: the description names the slide, and says that it is a phantom', () => {
	const { asked } = open({ ...svs, mpp: 0.2523, quality: 65 });
	for (const directory of asked) expect(text(directory, 270)).toMatch(/^Aperio Image Library \(Parfocal phantom\)\r\n/);
	const first = text(asked[0]!, 270);
	expect(first).toContain('8192x4096 [0,0 8192x4096] (240x240) JPEG/YCC Q=65|');
	expect(first).toContain('|AppMag = 40|');
	expect(first).toContain('|MPP = 0.2523|');
	expect(text(asked[2]!, 270)).toContain('-> 2048x1024');
	expect(text(asked[4]!, 270)).toMatch(/\r\nlabel 360x360$/);
	expect(text(asked[5]!, 270)).toMatch(/\r\nmacro 1200x400$/);
	// No resolution tags: they would contradict nothing, but real files have none either.
	expect(numbers(asked[0]!, 282)).toEqual([]);
});

test.each([
	[0.25, 40],
	[0.5, 20],
	[1, 10],
	[0.125, 80],
])('%s µm is %sx', (mpp, power) => {
	expect(text(open({ ...svs, mpp }).asked[0]!, 270)).toContain(`|AppMag = ${power}|`);
});

test('a small slide has its own pixels for a thumbnail', () => {
	const { asked } = open({ widthPx: 500, heightPx: 300, layout: 'svs' });
	expect(asked.map(({ widthPx }) => widthPx)).toEqual([500, 500, 360, 1200]);
});

test('the thumbnail is the first level of at most 1024 px', () => {
	expect(overviewLevel(pyramidSizes(1024, 900, 240))).toBe(0);
	expect(overviewLevel(pyramidSizes(1025, 900, 240))).toBe(1);
	expect(overviewLevel(pyramidSizes(100_000, 64, 240))).toBe(7);
	expect(overviewLevel(pyramidSizes(100_000, 100_000, 240))).toBe(7);
});
