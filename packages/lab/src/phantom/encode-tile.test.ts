import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createTileEncoder } from './encode-tile.ts';

const tile = {
	widthPx: 64,
	heightPx: 64,
	data: Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => 128 + 100 * Math.sin(i / 50)),
};

test.each([
	['420', 0x22],
	['444', 0x11],
] as const)('baseline, %s', async (subsampling, sampling) => {
	const encoder = await createTileEncoder({ quality: 80, subsampling });
	const image = await encoder.encode(tile);
	// SOF0 comes first: FFC0, length, precision, height, width, 3 components, id 1, sampling.
	expect([...image.subarray(2, 4)]).toEqual([0xff, 0xc0]);
	expect(image[6]).toBe(8);
	expect(image[13]).toBe(sampling);
	const whole = Buffer.concat([encoder.tables.subarray(0, -2), image.subarray(2)]);
	const decoded = await sharp(whole).raw().toBuffer();
	const difference = decoded.reduce((sum, value, i) => sum + Math.abs(value - tile.data[i]!), 0) / decoded.length;
	expect(difference).toBeLessThan(12);
});

test('better quality, more bytes; the same tile, the same bytes', async () => {
	const low = await createTileEncoder({ quality: 30, subsampling: '420' });
	const high = await createTileEncoder({ quality: 95, subsampling: '420' });
	const bytes = await low.encode(tile);
	expect((await high.encode(tile)).length).toBeGreaterThan(bytes.length);
	expect(await low.encode(tile)).toEqual(bytes);
	expect(low.tables).not.toEqual(high.tables);
});
