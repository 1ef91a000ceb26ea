import { describe, expect, test } from 'vitest';
import { encodeTestJpeg } from '../testing/jpeg-encoder.ts';
import type { TileLayout } from '../tile-codec.ts';
import { decodeJpegTile } from './jpeg-tile.ts';

const layout: TileLayout = { widthPx: 32, heightPx: 32, colour: 'ycbcr', samplesPerPixel: 3, bitsPerSample: 8 };
const components = [
	{ id: 1, h: 2, v: 2 },
	{ id: 2, h: 1, v: 1 },
	{ id: 3, h: 1, v: 1 },
];
const jpeg = encodeTestJpeg({ widthPx: 40, heightPx: 32, components, block: (c) => [c * 100] });

describe('decodeJpegTile', () => {
	test('is cut to the size of the tile, chroma too', () => {
		const tile = decodeJpegTile(jpeg, { ...layout, widthPx: 31 }, {});
		expect(tile).toMatchObject({ widthPx: 31, heightPx: 32, colour: 'ycbcr' });
		const planes = tile.layout === 'planes' ? tile.planes : [];
		expect(planes.map((plane) => [plane.widthPx, plane.heightPx, plane.strideBytes])).toEqual([
			[31, 32, 48],
			[16, 16, 24],
			[16, 16, 24],
		]);
	});

	test('smaller than the tile is corrupt', () => {
		expect(() => decodeJpegTile(jpeg, { ...layout, widthPx: 48 }, {})).toThrow(/40 x 32 px in a tile of 48 x 32 px/);
	});

	test("takes the colour from the layout, and the stream's own where the layout has none", () => {
		const stored = encodeTestJpeg({ components: [82, 71, 66].map((id) => ({ id, h: 1, v: 1 })) });
		const small = { ...layout, widthPx: 8, heightPx: 8 };
		expect(decodeJpegTile(stored, small, {})).toMatchObject({ colour: 'ycbcr' });
		expect(decodeJpegTile(stored, { ...small, colour: 'grey' }, {})).toMatchObject({ colour: 'rgb' });
		expect(decodeJpegTile(stored, small, { planes: 'luma' })).toMatchObject({ colour: 'grey' });
	});
});
