import type { RgbImage } from '@parfocal/core';
import { expect, test } from 'vitest';
import { createPictureCache } from './picture-cache.ts';

const picture = (bytes: number): RgbImage => ({
	layout: 'rgb',
	widthPx: bytes / 3,
	heightPx: 1,
	data: new Uint8Array(bytes),
});

test('keeps pictures up to its budget and gives them back as they are', () => {
	const cache = createPictureCache(30);
	const [a, b] = [picture(12), picture(15)];
	cache.add(1, a);
	cache.add(2, b);
	expect(cache.get(1)).toBe(a);
	expect(cache.get(2)).toBe(b);
	expect(cache.bytes).toBe(27);
	expect(cache.get(3)).toBeUndefined();
});

test('what came first stays; what does not fit is not kept, but what fits later is', () => {
	const cache = createPictureCache(30);
	cache.add(1, picture(24));
	cache.add(2, picture(9));
	expect(cache.get(2)).toBeUndefined();
	cache.add(3, picture(6));
	expect(cache.get(3)).toBeDefined();
	expect(cache.get(1)).toBeDefined();
	expect(cache.bytes).toBe(30);
});

test('a picture that is kept already counts once', () => {
	const cache = createPictureCache(100);
	const first = picture(12);
	cache.add(1, first);
	cache.add(1, picture(12));
	expect(cache.bytes).toBe(12);
	expect(cache.get(1)).toBe(first);
});

test('no budget, nothing kept', () => {
	const cache = createPictureCache(0);
	cache.add(1, picture(3));
	expect(cache.get(1)).toBeUndefined();
});
