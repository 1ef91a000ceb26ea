import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pictureKindOf } from './picture-kind.ts';

const pixel = sharp(new Uint8Array(3), { raw: { width: 1, height: 1, channels: 3 } });

test.each(['jpeg', 'png', 'webp'] as const)('%s is known by its first bytes', async (kind) => {
	const bytes = await pixel.clone().toFormat(kind).toBuffer();
	expect(pictureKindOf(bytes)).toBe(kind);
	expect(pictureKindOf(bytes.subarray(1))).toBeUndefined();
	expect(pictureKindOf(bytes.subarray(0, 2))).toBeUndefined();
});

test('other files are of no kind', async () => {
	expect(pictureKindOf(new Uint8Array(0))).toBeUndefined();
	expect(pictureKindOf(await pixel.clone().tiff().toBuffer())).toBeUndefined();
	expect(pictureKindOf(new TextEncoder().encode('RIFF0000WAVE'))).toBeUndefined();
});
