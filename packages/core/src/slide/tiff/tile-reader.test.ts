import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { luma } from '../../image/luma-plane.ts';
import type { Pixels, RgbImage } from '../../image/pixels.ts';
import { toRgb } from '../../image/to-rgb.ts';
import { openSlide } from '../open-slide.ts';
import type { Slide } from '../slide.ts';
import { probeSource } from '../testing/sources.ts';
import { expectedRgb, makeTiff, type TestImage, testImage } from '../testing/tiff-fixtures.ts';

async function whole(slide: Slide, level = 0): Promise<RgbImage> {
	const { widthPx, heightPx } = slide.levels[level]!;
	return slide.readRegion(level, { x: 0, y: 0, widthPx, heightPx });
}

async function readAs(image: TestImage, file = {}): Promise<RgbImage> {
	return whole(await openSlide(await makeTiff([image], file)));
}

const compressions = ['uncompressed', 'lzw', 'deflate', 'packbits'] as const;
const layouts = {
	tiles: { tileWidthPx: 32, tileHeightPx: 32 },
	'wide tiles': { tileWidthPx: 48, tileHeightPx: 16 },
	'thin strips': { rowsPerStrip: 3 },
	'one strip': { rowsPerStrip: 80 },
};

describe.each(compressions)('%s', (compression) => {
	describe.each(Object.entries(layouts))('%s', (_, layout) => {
		test.each([
			['RGB', {}],
			['grey', { channels: 1 }],
			['grey with 0 white', { channels: 1, photometric: 0 }],
			['RGB and alpha', { channels: 4 }],
			['grey and alpha', { channels: 2 }],
			['RGB, plane by plane', { planar: true }],
			['grey and alpha, plane by plane', { planar: true, channels: 2 }],
		])('%s reads back to the bit', async (_name, image) => {
			const given = { ...image, compression, layout };
			expect(await readAs(given)).toEqual(expectedRgb(given));
		});

		test.each([true, false])('16 bits keep their upper byte, little-endian %s', async (littleEndian) => {
			const image = { compression, layout, bits: 16 } as const;
			const { samples } = testImage(image);
			const upper = samples.filter((_value, i) => i % 2 === (littleEndian ? 1 : 0));
			expect((await readAs(image, { littleEndian })).data).toEqual(upper);
		});
	});
});

describe.each(['lzw', 'deflate'] as const)('%s with the horizontal predictor', (compression) => {
	test.each([
		{ channels: 3 },
		{ channels: 1 },
		{ channels: 4 },
		{ channels: 3, planar: true },
		{ channels: 3, layout: { rowsPerStrip: 7 } },
	])('%j', async (image) => {
		const given = { ...image, compression, predictor: true };
		expect(await readAs(given)).toEqual(expectedRgb(given));
	});

	test.each([true, false])('16 bits, little-endian %s', async (littleEndian) => {
		const image = { compression, predictor: true, bits: 16 } as const;
		const upper = testImage(image).samples.filter((_, i) => i % 2 === (littleEndian ? 1 : 0));
		expect((await readAs(image, { littleEndian })).data).toEqual(upper);
	});
});

test('a predictor beside uncompressed data is ignored, as libtiff does', async () => {
	const tags = { 317: { type: 'short', values: [2] } } as const;
	expect(await readAs({ tags })).toEqual(expectedRgb({}));
});

test('a palette image reads as its colours', async () => {
	const map = Array.from({ length: 768 }, (_, i) => ((i * 7) % 256) * 257);
	const image = { channels: 1, photometric: 3, tags: { 320: { type: 'short', values: map } } } as const;
	const { samples } = testImage(image);
	const rgb = await readAs(image);
	for (let i = 0; i < samples.length; i += 37) {
		const colour = [0, 1, 2].map((channel) => map[channel * 256 + samples[i]!]! >> 8);
		expect([...rgb.data.subarray(3 * i, 3 * i + 3)]).toEqual(colour);
	}
});

describe('JPEG', () => {
	const jpeg = { compression: 'jpeg', widthPx: 100, heightPx: 80 } as const;

	test.each([{ tileWidthPx: 32, tileHeightPx: 32 }, { rowsPerStrip: 16 }, { rowsPerStrip: 80 }])(
		'pieces cut as %j are near what was encoded',
		async (layout) => {
			const samples = smooth(100, 80);
			const rgb = await readAs({ ...jpeg, layout, samples });
			expect(meanDifference(rgb.data, samples)).toBeLessThan(3);
		},
	);

	test('tiles come as planes as stored, clipped without copying', async () => {
		const slide = await openSlide(await makeTiff([jpeg]));
		const corner = (await slide.readTile(0, 3, 2)) as Extract<Pixels, { layout: 'planes' }>;
		expect(corner).toMatchObject({ layout: 'planes', colour: 'ycbcr', widthPx: 4, heightPx: 16 });
		expect(corner.planes.map(({ widthPx, heightPx }) => [widthPx, heightPx])).toEqual([
			[4, 16],
			[2, 8],
			[2, 8],
		]);
		expect(corner.planes[0]!.strideBytes).toBeGreaterThanOrEqual(32);
	});

	test('grey JPEG tiles are grey', async () => {
		const slide = await openSlide(await makeTiff([{ ...jpeg, channels: 1 }]));
		expect(await slide.readTile(0, 0, 0)).toMatchObject({ layout: 'planes', colour: 'grey' });
	});

	test('luma is the first plane of the whole', async () => {
		const slide = await openSlide(await makeTiff([jpeg]));
		const all = (await slide.readTile(0, 1, 1)) as Extract<Pixels, { layout: 'planes' }>;
		const expected = rowsOf(all);
		const luma = (await slide.readTile(0, 1, 1, { planes: 'luma' })) as typeof all;
		expect(luma).toMatchObject({ colour: 'grey', widthPx: 32, heightPx: 32 });
		expect(luma.planes).toHaveLength(1);
		expect(rowsOf(luma)).toEqual(expected);
	});
});

describe('luma of colours that are not stored as luma', () => {
	test.each([
		['tiles', {}],
		['strips', { layout: { rowsPerStrip: 9 } }],
		['planes', { planar: true }],
		['deflate', { compression: 'deflate' }],
	] as [string, TestImage][])('%s', async (_, image) => {
		const slide = await openSlide(await makeTiff([image]));
		const tile = (await slide.readTile(0, 0, 0, { planes: 'luma' })) as Extract<Pixels, { layout: 'planes' }>;
		expect(tile.colour).toBe('grey');
		const { samples } = testImage(image);
		for (const [x, y] of [
			[0, 0],
			[13, 7],
			[31, 31],
		] as const) {
			const at = 3 * (y * 100 + x);
			const plane = tile.planes[0]!;
			expect(plane.data[y * plane.strideBytes + x]).toBe(luma(samples[at]!, samples[at + 1]!, samples[at + 2]!));
		}
	});
});

describe('strips as tiles', () => {
	test.each([
		[{ rowsPerStrip: 16 }, 256],
		[{ rowsPerStrip: 100 }, 300],
		[{ rowsPerStrip: 256 }, 256],
		[{ rowsPerStrip: 700 }, 256],
	])('%j become bands of %i rows over the full width', async (layout, rows) => {
		const slide = await openSlide(await makeTiff([{ widthPx: 20, heightPx: 700, layout }]));
		expect(slide.levels[0]).toMatchObject({ tileWidthPx: 20, tileHeightPx: rows, columns: 1 });
		expect(slide.levels[0]!.rows).toBe(Math.ceil(700 / rows));
		const last = await slide.readTile(0, 0, slide.levels[0]!.rows - 1);
		expect(last.heightPx).toBe(700 - rows * (slide.levels[0]!.rows - 1));
	});

	test.each(compressions)('bands that cut strips are exact in any order: %s', async (compression) => {
		const image = { widthPx: 11, heightPx: 900, compression, layout: { rowsPerStrip: 410 } } as const;
		const expected = expectedRgb(image);
		const slide = await openSlide(await makeTiff([image]));
		for (const row of [3, 0, 1, 2, 1, 3]) {
			const band = toRgb(await slide.readTile(0, 0, row));
			const start = 3 * 11 * 256 * row;
			expect(band.data).toEqual(expected.data.subarray(start, start + band.data.length));
		}
	});

	test('of an uncompressed strip only the rows of the band are read', async () => {
		const probe = probeSource(await makeTiff([{ widthPx: 10, heightPx: 1000, layout: { rowsPerStrip: 1000 } }]));
		const slide = await openSlide(probe);
		probe.reads.length = 0;
		await slide.readTile(0, 0, 2);
		expect(probe.reads.map(({ length }) => length)).toEqual([256 * 30]);
	});

	test('a compressed strip is decoded once for all its bands', async () => {
		const image = { widthPx: 10, heightPx: 1000, compression: 'lzw', layout: { rowsPerStrip: 1000 } } as const;
		const probe = probeSource(await makeTiff([image]));
		const slide = await openSlide(probe);
		probe.reads.length = 0;
		for (let row = 0; row < 4; row++) await slide.readTile(0, 0, row);
		expect(probe.reads).toHaveLength(1);
	});

	test('uncompressed strips without byte counts are read by their sizes', async () => {
		const image = { layout: { rowsPerStrip: 30 } } as const;
		const bytes = await makeTiff([image]);
		// StripByteCounts (279) renamed to a private tag.
		expect(renameTag(bytes, 279, 65001)).toBe(1);
		expect(await whole(await openSlide(bytes))).toEqual(expectedRgb(image));
	});
});

describe('pieces that were never written are white', () => {
	test.each([
		['tiles', { missing: [0] }, 0],
		['strips', { missing: [0], layout: { rowsPerStrip: 20 } }, 0],
		['JPEG tiles', { missing: [0], compression: 'jpeg' }, 0],
	] as [string, TestImage, number][])('%s', async (_, image) => {
		const slide = await openSlide(await makeTiff([image]));
		const rgb = await slide.readRegion(0, { x: 0, y: 0, widthPx: 30, heightPx: 20 });
		expect(rgb.data.every((value) => value === 255)).toBe(true);
		const rest = await slide.readRegion(0, { x: 40, y: 40, widthPx: 30, heightPx: 20 });
		expect(rest.data.every((value) => value === 255)).toBe(false);
	});

	test('one missing plane is white alone', async () => {
		const rgb = await readAs({ planar: true, layout: { tileWidthPx: 112, tileHeightPx: 80 }, missing: [1] });
		const expected = expectedRgb({});
		for (let i = 0; i < 300; i++) expect(rgb.data[i]).toBe(i % 3 === 1 ? 255 : expected.data[i]);
	});
});

describe('when a tile comes', () => {
	const synchronous = ['uncompressed', 'lzw', 'packbits', 'jpeg'] as const;
	test.each(synchronous)('%s tiles of a source that answers at once come at once', async (compression) => {
		const slide = await openSlide(probeSource(await makeTiff([{ compression }]), { mode: 'reused' }));
		const tile = slide.readTile(0, 1, 1);
		expect(tile).not.toBeInstanceOf(Promise);
		expect(slide.readTile(0, 3, 2, { planes: 'luma' })).not.toBeInstanceOf(Promise);
	});

	test.each(['view', 'reused', 'late'] as const)('all is read right through a source of kind %s', async (mode) => {
		for (const compression of [...compressions, 'jpeg'] as const) {
			for (const layout of [{ tileWidthPx: 32, tileHeightPx: 16 }, { rowsPerStrip: 33 }]) {
				const bytes = await makeTiff([{ compression, layout }]);
				const expected = await whole(await openSlide(bytes));
				expect(await whole(await openSlide(probeSource(bytes, { mode })))).toEqual(expected);
			}
		}
	});

	test('tiles asked for at the same time from a late source do not disturb each other', async () => {
		const bytes = await makeTiff([{ compression: 'jpeg' }]);
		const calm = await openSlide(bytes);
		const slide = await openSlide(probeSource(bytes, { mode: 'late' }));
		const tiles = [0, 1, 2].map((column) => slide.readTile(0, column, 1));
		for (const [column, tile] of (await Promise.all(tiles)).entries()) {
			expect(toRgb(tile)).toEqual(toRgb(await calm.readTile(0, column, 1)));
		}
	});

	test('a tile is one read of the source', async () => {
		const probe = probeSource(await makeTiff([{ compression: 'jpeg' }]));
		const slide = await openSlide(probe);
		probe.reads.length = 0;
		slide.readTile(0, 0, 0);
		slide.readTile(0, 2, 1);
		expect(probe.reads).toHaveLength(2);
	});
});

test('any region of any cut is that part of the image, white outside', async () => {
	const image = { widthPx: 61, heightPx: 47 } as const;
	const expected = expectedRgb(image);
	const cuts = [{ tileWidthPx: 16, tileHeightPx: 32 }, { rowsPerStrip: 5 }];
	const slides = await Promise.all(cuts.map(async (layout) => openSlide(await makeTiff([{ ...image, layout }]))));
	const rect = fc.record({
		x: fc.integer({ min: -70, max: 70 }),
		y: fc.integer({ min: -70, max: 70 }),
		widthPx: fc.integer({ min: 1, max: 80 }),
		heightPx: fc.integer({ min: 1, max: 80 }),
	});
	await fc.assert(
		fc.asyncProperty(rect, fc.nat(1), async (region, which) => {
			const read = await slides[which]!.readRegion(0, region);
			for (let y = 0; y < region.heightPx; y++) {
				for (let x = 0; x < region.widthPx; x++) {
					const [fromX, fromY] = [region.x + x, region.y + y];
					const isInside = fromX >= 0 && fromY >= 0 && fromX < 61 && fromY < 47;
					const want = isInside ? expected.data[3 * (fromY * 61 + fromX) + 1] : 255;
					if (read.data[3 * (y * region.widthPx + x) + 1] !== want) return false;
				}
			}
			return true;
		}),
		{ numRuns: 60 },
	);
});

function smooth(width: number, height: number): Uint8Array {
	return Uint8Array.from({ length: 3 * width * height }, (_, i) => 128 + 90 * Math.sin(i / 3 / width / 20 + (i % 3)));
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
	return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

function rowsOf({ planes, widthPx, heightPx }: Extract<Pixels, { layout: 'planes' }>): number[][] {
	const { data, strideBytes } = planes[0]!;
	return Array.from({ length: heightPx }, (_, y) => [...data.subarray(y * strideBytes, y * strideBytes + widthPx)]);
}

/** Renames a tag in the first directory of a little-endian classic TIFF; answers how many were found. */
function renameTag(bytes: Uint8Array, from: number, to: number): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset);
	const directory = view.getUint32(4, true);
	let found = 0;
	for (let i = 0; i < view.getUint16(directory, true); i++) {
		const at = directory + 2 + 12 * i;
		if (view.getUint16(at, true) !== from) continue;
		view.setUint16(at, to, true);
		found++;
	}
	return found;
}
