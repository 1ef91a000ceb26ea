import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeLzw } from './lzw.ts';
import { undoDifferencing } from './predictor.ts';
import { texture } from './testing/pictures.ts';
import { firstStrip } from './testing/tiff-strips.ts';

/** Differences of rows of samples, as TIFF 6.0 section 14 makes them. */
function differences(samples: readonly number[], samplesPerRow: number, channels: number): number[] {
	return samples.map((value, i) => (i % samplesPerRow < channels ? value : value - samples[i - channels]!));
}

describe('undoDifferencing', () => {
	test('adds each sample to the same channel at its left', () => {
		const bytes = Uint8Array.of(10, 100, 1, 2, 3, 254, 50, 60, 1, 1, 255, 0);
		undoDifferencing(bytes, 6, 2, 8, true);
		expect([...bytes]).toEqual([10, 100, 11, 102, 14, 100, 50, 60, 51, 61, 50, 61]);
	});

	test.each([true, false])('undoes differences of 16 bits, little-endian %s', (littleEndian) => {
		fc.assert(
			fc.property(fc.array(fc.nat({ max: 65535 }), { minLength: 24, maxLength: 24 }), (samples) => {
				// At an odd offset, as a slice of a file may be.
				const bytes = new Uint8Array(49).subarray(1);
				const view = new DataView(bytes.buffer, 1);
				for (const [i, value] of differences(samples, 12, 3).entries()) view.setUint16(2 * i, value, littleEndian);
				undoDifferencing(bytes, 12, 3, 16, littleEndian);
				expect(samples.map((_, i) => view.getUint16(2 * i, littleEndian))).toEqual(samples);
			}),
		);
	});

	test('reads what libtiff wrote', async () => {
		const picture = texture(70, 50, 3);
		const tiff = await sharp(picture, { raw: { width: 70, height: 50, channels: 3 } })
			.tiff({ compression: 'lzw', predictor: 'horizontal' })
			.toBuffer();
		const bytes = decodeLzw(firstStrip(tiff).bytes, picture.length);
		expect(bytes).not.toEqual(picture);
		undoDifferencing(bytes, 210, 3, 8, true);
		expect(bytes).toEqual(picture);
	});
});
