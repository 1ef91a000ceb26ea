import { describe, expect, test } from 'vitest';
import { toRgb } from '../image/to-rgb.ts';
import { bytesFromBase64 } from '../kernels/base64.ts';
import { browserDecoder } from './browser-decoder.ts';
import { createCodecs } from './codecs.ts';
import { decodeJpeg } from './jpeg/decode-jpeg.ts';
import { testSameEverywhere } from './testing/same-everywhere.ts';
import { progressiveJpeg, sequentialJpeg } from './testing/small-pictures.ts';

testSameEverywhere();

describe('browserDecoder', () => {
	const decode = browserDecoder();
	const largestDifference = (a: Uint8Array, b: Uint8Array): number =>
		a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);

	test('reads a progressive JPEG behind the codecs, close to our own sequential one', async () => {
		const layout = { widthPx: 32, heightPx: 24, colour: 'ycbcr', samplesPerPixel: 3, bitsPerSample: 8 } as const;
		const codecs = createCodecs({ fallback: decode });
		const image = await codecs.decode('jpeg', bytesFromBase64(progressiveJpeg), layout);
		const ours = toRgb(decodeJpeg(bytesFromBase64(sequentialJpeg)));
		expect(image).toMatchObject({ layout: 'rgb', widthPx: 32, heightPx: 24 });
		expect(largestDifference(toRgb(image).data, ours.data)).toBeLessThanOrEqual(4);
	});

	test('refuses other bytes than announced, and broken ones', async () => {
		await expect(decode(bytesFromBase64(progressiveJpeg), 'png')).rejects.toMatchObject({ reason: 'unrecognised' });
		const broken = bytesFromBase64(progressiveJpeg).subarray(0, 40);
		await expect(decode(broken, 'jpeg')).rejects.toMatchObject({ tag: 'format', reason: 'corrupt' });
	});
});
