import { describe, expect, test } from 'vitest';
import { sampleBytes, samplesToPixels } from './samples.ts';
import type { TileLayout } from './tile-codec.ts';

const layout = (changes: Partial<TileLayout>): TileLayout => ({
	widthPx: 2,
	heightPx: 1,
	colour: 'rgb',
	samplesPerPixel: 3,
	bitsPerSample: 8,
	...changes,
});

describe('sampleBytes', () => {
	test('counts every sample', () => {
		expect(sampleBytes(layout({}))).toBe(6);
		expect(sampleBytes(layout({ samplesPerPixel: 4, bitsPerSample: 16 }))).toBe(16);
	});

	test.each([
		['one bit a sample', { bitsPerSample: 1 }, 'unsupported'],
		['32 bits a sample', { bitsPerSample: 32 }, 'unsupported'],
		['YCbCr samples', { colour: 'ycbcr' }, 'unsupported'],
		['two samples for RGB', { samplesPerPixel: 2 }, 'unsupported'],
		['a palette that is missing', { colour: 'palette', samplesPerPixel: 1 }, 'unsupported'],
		['a gigantic tile', { widthPx: 1e6, heightPx: 1e6 }, 'too-large'],
		['a size that is no number', { widthPx: Number.NaN }, 'too-large'],
	] as const)('refuses %s', (_, changes, reason) => {
		expect(() => sampleBytes(layout(changes))).toThrow(expect.objectContaining({ tag: 'format', reason }));
	});
});

describe('samplesToPixels', () => {
	test('RGB, and RGB without its alpha', () => {
		const rgb = { layout: 'rgb', widthPx: 2, heightPx: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
		expect(samplesToPixels(Uint8Array.of(1, 2, 3, 4, 5, 6), layout({}))).toEqual(rgb);
		const rgba = Uint8Array.of(1, 2, 3, 99, 4, 5, 6, 99);
		expect(samplesToPixels(rgba, layout({ samplesPerPixel: 4 }))).toEqual(rgb);
	});

	test('grey, either way up', () => {
		const grey = (colour: 'grey' | 'white-is-zero'): unknown =>
			samplesToPixels(Uint8Array.of(0, 200), layout({ colour, samplesPerPixel: 1 }));
		expect(grey('grey')).toMatchObject({ colour: 'grey', planes: [{ data: Uint8Array.of(0, 200), strideBytes: 2 }] });
		expect(grey('white-is-zero')).toMatchObject({ planes: [{ data: Uint8Array.of(255, 55) }] });
	});

	test.each([
		[true, [0xff, 0x12, 0xff, 0x34]],
		[false, [0x12, 0xff, 0x34, 0xff]],
	])('16 bits keep the upper byte, little-endian %s', (littleEndian, bytes) => {
		const sixteen = layout({ colour: 'grey', samplesPerPixel: 1, bitsPerSample: 16, littleEndian });
		expect(samplesToPixels(Uint8Array.from(bytes), sixteen)).toMatchObject({
			planes: [{ data: Uint8Array.of(0x12, 0x34) }],
		});
	});

	test('a palette', () => {
		const palette = Uint8Array.from({ length: 768 }, (_, i) => (i >> 8) * 50 + (i & 255));
		const image = samplesToPixels(Uint8Array.of(3, 1), layout({ colour: 'palette', samplesPerPixel: 1, palette }));
		expect(image).toMatchObject({ layout: 'rgb', data: Uint8Array.of(3, 53, 103, 1, 51, 101) });
	});

	test('differences are undone first', () => {
		const image = samplesToPixels(Uint8Array.of(1, 2, 3, 1, 1, 1), layout({ predictor: 'horizontal' }));
		expect(image).toMatchObject({ data: Uint8Array.of(1, 2, 3, 2, 3, 4) });
	});
});
