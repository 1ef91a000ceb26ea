import { expect, test } from 'vitest';
import { CROP_PX, cropSet, LUMA_BYTES, lumaOfCrop, RGB_BYTES, rgbOf } from './crops.ts';

test('crops lie side by side, numbered by view, with their luma', () => {
	const crop = (value: number, blurRadiusPx: number) => ({ rgb: new Uint8Array(RGB_BYTES).fill(value), blurRadiusPx });
	const set = cropSet([
		{ source: 'a', mpp: 0.25, crops: [crop(10, 0), crop(20, 3)] },
		{ source: 'b', mpp: 0.5, crops: [crop(30, 1)] },
	]);
	expect(set.count).toBe(3);
	expect([...set.view]).toEqual([0, 0, 1]);
	expect([...set.blurRadiusPx]).toEqual([0, 3, 1]);
	expect(set.sources).toEqual(['a', 'b']);
	expect(set.mpp).toEqual([0.25, 0.5]);
	expect(rgbOf(set, 2)).toEqual(new Uint8Array(RGB_BYTES).fill(30));
	expect(lumaOfCrop(set, 1)).toEqual(new Uint8Array(LUMA_BYTES).fill(20));
	expect(LUMA_BYTES).toBe(CROP_PX * CROP_PX);
});

test('no views, no crops', () => {
	expect(cropSet([]).count).toBe(0);
});
