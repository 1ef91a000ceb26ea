import sharp from 'sharp';
import { expect, test } from 'vitest';
import { toRgb } from '../image/to-rgb.ts';
import { bytesFromBase64 } from '../kernels/base64.ts';
import { decodeJpeg } from './jpeg/decode-jpeg.ts';
import { testSameEverywhere } from './testing/same-everywhere.ts';
import { sequentialJpeg } from './testing/small-pictures.ts';

testSameEverywhere();

test('the fingerprinted JPEG is what libjpeg makes of it', async () => {
	const jpeg = bytesFromBase64(sequentialJpeg);
	expect(toRgb(decodeJpeg(jpeg)).data).toEqual(new Uint8Array(await sharp(jpeg).raw().toBuffer()));
});
