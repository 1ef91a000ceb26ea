import { expect, test } from 'vitest';
import { toRgb } from '../../image/to-rgb.ts';
import { bytesFromBase64 } from '../../kernels/base64.ts';
import { createCodecs } from '../codecs.ts';
import { decodeDeflate } from '../deflate.ts';
import { decodeJpeg } from '../jpeg/decode-jpeg.ts';
import type { TileLayout } from '../tile-codec.ts';
import { encodeTestJpeg } from './jpeg-encoder.ts';
import { fingerprintOf, jpeg2000, sequentialJpeg } from './small-pictures.ts';

/** Tests with one expectation for Node and browsers. */
export function testSameEverywhere(): void {
	test('JPEG planes, luma and RGB have the fingerprints of libjpeg', () => {
		const jpeg = bytesFromBase64(sequentialJpeg);
		expect(fingerprintOf(...decodeJpeg(jpeg).planes.map((plane) => plane.data))).toBe('c0abc866');
		expect(fingerprintOf(decodeJpeg(jpeg, { planes: 'luma' }).planes[0]!.data)).toBe('b0869462');
		expect(fingerprintOf(toRgb(decodeJpeg(jpeg)).data)).toBe('de8d7917');
	});

	test('a JPEG of 1200 blocks with restart markers has its fingerprint', () => {
		let state = 7;
		const next = (range: number): number => {
			state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
			return (state >>> 16) % range;
		};
		const block = (): number[] => [next(800) - 400, ...Array.from({ length: 20 }, () => next(60) - 30)];
		const components = [1, 2, 3].map((id) => ({ id, h: id === 1 ? 2 : 1, v: id === 1 ? 2 : 1 }));
		const jpeg = encodeTestJpeg({ widthPx: 320, heightPx: 160, components, block, restartInterval: 3 });
		expect(fingerprintOf(toRgb(decodeJpeg(jpeg)).data)).toBe('f9f0dfd3');
	});

	test('JPEG 2000', async () => {
		const layout: TileLayout = { widthPx: 32, heightPx: 24, colour: 'rgb', samplesPerPixel: 3, bitsPerSample: 8 };
		const image = await createCodecs().decode('jpeg2000', bytesFromBase64(jpeg2000), layout);
		expect(fingerprintOf(toRgb(image).data)).toBe('c5d34595');
	});

	test('deflate', async () => {
		const packed = bytesFromBase64('eJxLTEpOSU1LzwAADgADJQ==');
		expect(new TextDecoder().decode(await decodeDeflate(packed, 8))).toBe('abcdefgh');
		await expect(decodeDeflate(packed.subarray(0, 9), 8)).rejects.toMatchObject({ tag: 'format' });
		await expect(decodeDeflate(packed, 9)).rejects.toMatchObject({ reason: 'truncated' });
	});
}
