import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { lumaPlane } from '../../image/luma-plane.ts';
import type { Plane } from '../../image/pixels.ts';
import { toRgb } from '../../image/to-rgb.ts';
import { sharedKernels } from '../../kernels/kernels.ts';
import { encodeTestJpeg, type TestComponent, type TestJpeg } from '../testing/jpeg-encoder.ts';
import { hasTool, texture } from '../testing/pictures.ts';
import { decodeJpeg } from './decode-jpeg.ts';

const ycbcr = (h: number, v: number): TestComponent[] => [
	{ id: 1, h, v },
	{ id: 2, h: 1, v: 1 },
	{ id: 3, h: 1, v: 1 },
];

async function libjpegRgb(jpeg: Uint8Array): Promise<Uint8Array> {
	return sharp(jpeg).toColourspace('srgb').raw().toBuffer();
}

/** Samples without the padding. */
function samples({ data, widthPx, heightPx, strideBytes }: Plane): number[] {
	return Array.from({ length: heightPx }, (_, y) => [
		...data.subarray(y * strideBytes, y * strideBytes + widthPx),
	]).flat();
}

function firstDifference(ours: Uint8Array, theirs: Uint8Array): number {
	expect(ours.length).toBe(theirs.length);
	return ours.findIndex((value, i) => value !== theirs[i]);
}

describe('equals libjpeg-turbo to the bit', () => {
	const sizes = [
		[1, 1],
		[7, 9],
		[64, 48],
		[255, 33],
		[8191, 9],
	] as const;
	for (const [widthPx, heightPx] of sizes) {
		for (const chromaSubsampling of ['4:2:0', '4:4:4']) {
			test.each([1, 40, 80, 100])(`${widthPx} x ${heightPx}, ${chromaSubsampling}, quality %i`, async (quality) => {
				const raw = { width: widthPx, height: heightPx, channels: 3 } as const;
				const picture = sharp(texture(widthPx, heightPx, 3), { raw });
				const jpeg = await picture.jpeg({ quality, chromaSubsampling }).toBuffer();
				expect(firstDifference(toRgb(decodeJpeg(jpeg)).data, await libjpegRgb(jpeg))).toBe(-1);
			});
		}
	}

	test('grey', async () => {
		const raw = { width: 100, height: 41, channels: 1 } as const;
		const jpeg = await sharp(texture(100, 41, 1), { raw })
			.toColourspace('b-w')
			.jpeg()
			.toBuffer();
		const image = decodeJpeg(jpeg);
		expect(image.colour).toBe('grey');
		expect(samples(image.planes[0]!)).toEqual([...(await sharp(jpeg).toColourspace('b-w').raw().toBuffer())]);
	});

	test.skipIf(!hasTool('djpeg'))('as djpeg decodes it', () => {
		let state = 1;
		const block = (): number[] => {
			state = (Math.imul(state, 1103515245) + 12345) >>> 0;
			return [(state >>> 20) % 400, (state >>> 9) % 90, 0, (state >>> 5) % 50];
		};
		const jpeg = encodeTestJpeg({ widthPx: 150, heightPx: 70, components: ycbcr(2, 2), block });
		const theirs = execFileSync('djpeg', ['-pnm'], { input: jpeg });
		const ours = toRgb(decodeJpeg(jpeg)).data;
		expect(firstDifference(ours, theirs.subarray(theirs.length - ours.length))).toBe(-1);
	});

	test.each([1, 2, 9, 10, 11, 40])('blocks of %i coefficients', async (count) => {
		let state = 5;
		const next = (): number => {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			return (state >>> 16) % 2000;
		};
		// Up to the largest values, so that 16-bit lanes are put to the test.
		const block = (): number[] =>
			Array.from({ length: count }, (_, i) => (i === 0 ? next() - 1000 : (next() - 1000) >> 2));
		const jpeg = encodeTestJpeg({ widthPx: 200, heightPx: 160, components: ycbcr(1, 1), block });
		expect(firstDifference(toRgb(decodeJpeg(jpeg)).data, await libjpegRgb(jpeg))).toBe(-1);
	});

	test('any coefficients, sampling, restart interval and quantiser', async () => {
		const coefficient = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: -60, max: 60 }));
		const dc = fc.integer({ min: -120, max: 120 });
		const blocks = fc.array(fc.tuple(dc, fc.array(coefficient, { maxLength: 63 })), { minLength: 1, maxLength: 6 });
		const sampling = fc.constantFrom([1, 1], [2, 1], [1, 2], [2, 2], [4, 1], [1, 4], [4, 2], [2, 4]);
		const property = fc.asyncProperty(
			blocks,
			sampling,
			fc.record({
				widthPx: fc.integer({ min: 3, max: 70 }),
				heightPx: fc.integer({ min: 3, max: 70 }),
				restartInterval: fc.integer({ min: 0, max: 5 }),
				factor: fc.integer({ min: 1, max: 8 }),
				process: fc.constantFrom(0xc0, 0xc1),
			}),
			async (contents, [h, v], { factor, ...options }) => {
				let next = 0;
				const block = (): number[] => {
					const [first, others] = contents[next++ % contents.length]!;
					return [first, ...others];
				};
				const quantiser = Array(64).fill(factor);
				const jpeg = encodeTestJpeg({ ...options, quantiser, block, components: ycbcr(h!, v!) });
				expect(firstDifference(toRgb(decodeJpeg(jpeg)).data, await libjpegRgb(jpeg))).toBe(-1);
			},
		);
		await fc.assert(property, { numRuns: 150 });
	});
});

describe('the colour of three components', () => {
	const components = [0, 1, 2].map((id) => ({ id, h: 1, v: 1 }));
	const block = (component: number): number[] => [-512 + 300 * component, 20];
	const jpeg = encodeTestJpeg({ widthPx: 24, heightPx: 16, components, block });
	const withApp = (marker: number, body: number[], ids = [0, 1, 2]): Uint8Array => {
		const stream = encodeTestJpeg({ components: ids.map((id) => ({ id, h: 1, v: 1 })) });
		const app = [0xff, marker, 0, body.length + 2, ...body];
		return Uint8Array.from([0xff, 0xd8, ...app, ...stream.subarray(2)]);
	};
	const adobe = (transform: number): number[] => [...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform];
	const jfif = [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0];

	test('is what the caller says', () => {
		const stored = decodeJpeg(jpeg, { colour: 'rgb' });
		expect(stored.colour).toBe('rgb');
		const rgb = toRgb(stored).data;
		const planes = decodeJpeg(jpeg, { colour: 'ycbcr' });
		expect(planes.colour).toBe('ycbcr');
		expect(planes.planes.map((plane) => plane.data[0])).toEqual([...rgb.subarray(0, 3)]);
	});

	test.each([
		['an Adobe segment without transform', withApp(0xee, adobe(0)), 'rgb'],
		['an Adobe segment with transform', withApp(0xee, adobe(1), [82, 71, 66]), 'ycbcr'],
		['a JFIF segment', withApp(0xe0, jfif, [82, 71, 66]), 'ycbcr'],
		['ids R, G, B', withApp(0xef, [], [82, 71, 66]), 'rgb'],
		['nothing', withApp(0xef, []), 'ycbcr'],
		['an APP14 segment of another kind', withApp(0xee, [1, 2, 3]), 'ycbcr'],
	] as const)('is found from %s', (_, bytes, colour) => {
		expect(decodeJpeg(bytes).colour).toBe(colour);
	});

	test.skipIf(!hasTool('cjpeg'))('is RGB where cjpeg stored RGB', async () => {
		const ppm = Buffer.concat([Buffer.from('P6\n96 40\n255\n'), texture(96, 40, 3)]);
		const stored = execFileSync('cjpeg', ['-rgb', '-quality', '40'], { input: ppm });
		const image = decodeJpeg(stored);
		expect(image.colour).toBe('rgb');
		expect(firstDifference(toRgb(image).data, await libjpegRgb(stored))).toBe(-1);
	});

	test('an RGB image with small planes is left to others', () => {
		const subsampled = encodeTestJpeg({ components: ycbcr(2, 2) });
		expect(() => decodeJpeg(subsampled, { colour: 'rgb' })).toThrow(/sampling/);
	});
});

describe('luma only', () => {
	test.each(['4:2:0', '4:4:4'])('is the first plane of YCbCr, %s', async (chromaSubsampling) => {
		const raw = { width: 90, height: 70, channels: 3 } as const;
		const jpeg = await sharp(texture(90, 70, 3), { raw })
			.jpeg({ chromaSubsampling })
			.toBuffer();
		const all = samples(decodeJpeg(jpeg).planes[0]!);
		const luma = decodeJpeg(jpeg, { planes: 'luma' });
		expect(luma).toMatchObject({ colour: 'grey', widthPx: 90, heightPx: 70, planes: [{ widthPx: 90, heightPx: 70 }] });
		expect(samples(luma.planes[0]!)).toEqual(all);
	});

	test('is the brightness of RGB planes', () => {
		const components = [0, 1, 2].map((id) => ({ id, h: 1, v: 1 }));
		let next = 0;
		const block = (): number[] => [((next++ * 397) % 2000) - 1000, (next * 31) % 200];
		const jpeg = encodeTestJpeg({ widthPx: 50, heightPx: 33, components, block });
		const expected = samples(lumaPlane(decodeJpeg(jpeg, { colour: 'rgb' })));
		expect(new Set(expected).size).toBeGreaterThan(20);
		expect(samples(decodeJpeg(jpeg, { colour: 'rgb', planes: 'luma' }).planes[0]!)).toEqual(expected);
	});
});

describe('shared tables', () => {
	const options: TestJpeg = { widthPx: 40, heightPx: 40, block: () => [300, 40, -7] };
	const whole = encodeTestJpeg(options);
	const keep = (wanted: (marker: number) => boolean): Uint8Array =>
		encodeTestJpeg({ ...options, edit: (marker, bytes) => (wanted(marker) ? bytes : []) });
	const isTable = (marker: number): boolean => marker === 0xdb || marker === 0xc4;
	const tables = keep((marker) => isTable(marker) || marker === 0xd9);
	const abbreviated = keep((marker) => !isTable(marker));
	const expected = samples(decodeJpeg(whole).planes[0]!);

	test('complete an abbreviated stream', () => {
		expect(samples(decodeJpeg(abbreviated, { tables }).planes[0]!)).toEqual(expected);
		const withoutEnd = tables.subarray(0, -2);
		expect(samples(decodeJpeg(abbreviated, { tables: withoutEnd }).planes[0]!)).toEqual(expected);
	});

	test('give way to tables in the stream', () => {
		const others = encodeTestJpeg({
			quantiser: Array(64).fill(9),
			edit: (marker, bytes) => (marker === 0xdb || marker === 0xd9 ? bytes : []),
		});
		expect(samples(decodeJpeg(whole, { tables: others }).planes[0]!)).toEqual(expected);
		expect(
			samples(
				decodeJpeg(
					keep((m) => m !== 0xdb),
					{ tables: others },
				).planes[0]!,
			),
		).not.toEqual(expected);
	});

	test('are not remembered from the image before', () => {
		decodeJpeg(whole);
		expect(() => decodeJpeg(abbreviated)).toThrow(/does not define/);
		expect(() => decodeJpeg(keep((marker) => marker !== 0xc4))).toThrow(/Huffman table that it does not define/);
	});

	test('that hold a scan or no tables are refused', () => {
		expect(() => decodeJpeg(abbreviated, { tables: whole })).toThrow(/JPEG image/);
		expect(() => decodeJpeg(abbreviated, { tables: Uint8Array.of(1, 2, 3) })).toThrow(/JPEG marker/);
	});
});

describe('sizes', () => {
	test('10000 x 10000 decodes to the last corner', () => {
		// One flat block, then differences of 0: six bits a block, so the stream can be written at once.
		const blocks = 1250 * 1250;
		const head = encodeTestJpeg({
			widthPx: 10_000,
			heightPx: 10_000,
			edit: (m, b) => (m === 0 || m === 0xd9 ? [] : b),
		});
		const zeroBlock = encodeTestJpeg({ widthPx: 32, edit: (marker, bytes) => (marker === 0 ? bytes : []) });
		const period = zeroBlock.subarray(2); // four blocks of eight bits
		const scan = new Uint8Array(blocks).map((_, i) => period[i % period.length]!);
		expect(period.length).toBe(4);
		const jpeg = new Uint8Array(head.length + scan.length);
		jpeg.set(head);
		jpeg.set(scan, head.length);
		const plane = decodeJpeg(jpeg).planes[0]!;
		expect(plane.widthPx).toBe(10_000);
		expect(plane.data[9_999 * plane.strideBytes + 9_999]).toBe(128);
	});

	test('a few bytes that claim a huge image get no memory', () => {
		decodeJpeg(encodeTestJpeg());
		const before = sharedKernels().memory.buffer.byteLength;
		const huge = encodeTestJpeg({
			edit: (m, b) => (m === 0xc0 ? [...b.slice(0, 5), 0x80, 0, 0x80, 0, ...b.slice(9)] : b),
		});
		expect(() => decodeJpeg(huge)).toThrow(/ends before its last block/);
		expect(sharedKernels().memory.buffer.byteLength).toBe(before);
	});

	test('above the limit is refused', () => {
		const huge = encodeTestJpeg({
			edit: (m, b) => (m === 0xc0 ? [...b.slice(0, 5), 255, 255, 255, 255, ...b.slice(9)] : b),
		});
		expect(() => decodeJpeg(huge)).toThrow(/1.2 GB/);
	});
});
