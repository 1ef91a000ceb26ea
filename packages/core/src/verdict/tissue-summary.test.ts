import { expect, test } from 'vitest';
import { VALIDITY } from '../map/focus-map.ts';
import { fakeMap, maskFor } from '../map/testing/fake-map.ts';
import { summariseTissue } from './tissue-summary.ts';

test('areas from the mask, what can be judged from the map', () => {
	const map = fakeMap(10, 10, (x) => (x < 8 ? 1 : Number.NaN));
	for (let row = 0; row < 10; row++) {
		map.validity[row * 10] = VALIDITY.littleTexture;
		map.validity[row * 10 + 1] = VALIDITY.penMark;
		map.validity[row * 10 + 2] = VALIDITY.unreadable;
	}
	const summary = summariseTissue(maskFor(map), map, { widthPx: 640, heightPx: 640 });
	expect(summary).toEqual({
		tissueAreaPx: 70 * 64 ** 2,
		fraction: 0.7,
		assessableAreaPx: 50 * 64 ** 2,
		assessableFraction: 50 / 80,
		littleTextureFraction: 10 / 80,
		penMarkFraction: 10 / 80,
	});
});

test('mask pixels that reach beyond the slide count as far as it goes', () => {
	const map = fakeMap(2, 2, () => 1);
	const summary = summariseTissue(maskFor(map), map, { widthPx: 96, heightPx: 128 });
	expect(summary.tissueAreaPx).toBe(96 * 128);
	expect(summary.fraction).toBe(1);
});

test('glass only', () => {
	const map = fakeMap(4, 4, () => Number.NaN);
	expect(summariseTissue(maskFor(map), map, { widthPx: 256, heightPx: 256 })).toEqual({
		tissueAreaPx: 0,
		fraction: 0,
		assessableAreaPx: 0,
		assessableFraction: 0,
		littleTextureFraction: 0,
		penMarkFraction: 0,
	});
});
