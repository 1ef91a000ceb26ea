import { expect, test } from 'vitest';
import { createTileEncoder } from './encode-tile.ts';
import { needsBigTiff } from './file-size.ts';
import { resolvePhantomOptions } from './options.ts';
import { createPhantomRenderer } from './render.ts';

const at = (sidePx: number, quality = 80, subsampling: '420' | '444' = '420') => ({
	widthPx: sidePx,
	heightPx: sidePx,
	quality,
	subsampling,
});

test('large slides need BigTIFF, better quality sooner', () => {
	expect(needsBigTiff(at(20_000))).toBe(false);
	expect(needsBigTiff(at(40_000))).toBe(false);
	expect(needsBigTiff(at(100_000))).toBe(true);
	expect(needsBigTiff(at(40_000, 95))).toBe(true);
	expect(needsBigTiff(at(30_000, 95))).toBe(false);
	expect(needsBigTiff(at(31_000, 100, '444'))).toBe(true);
});

test.each([
	[80, '420'],
	[90, '444'],
	[100, '420'],
	[100, '444'],
] as const)('the estimate holds for sharp tissue at quality %s, %s', async (quality, subsampling) => {
	const renderer = createPhantomRenderer(resolvePhantomOptions({ tissue: 'everywhere', seed: 2 }));
	const encoder = await createTileEncoder({ quality, subsampling });
	// The largest slide that is written as a classic TIFF has this many pixels.
	let px = 1e6;
	while (!needsBigTiff({ widthPx: px, heightPx: 1, quality, subsampling })) px *= 1.05;
	let most = 0;
	for (let i = 0; i < 6; i++) {
		const rect = { x: 900 + 1100 * i, y: 4000, widthPx: 256, heightPx: 256 };
		const { data } = renderer.render(rect);
		most = Math.max(most, (await encoder.encode({ data, widthPx: 256, heightPx: 256 })).length / 65_536);
	}
	expect((most * px * 4) / 3).toBeLessThan(2 ** 32);
});
