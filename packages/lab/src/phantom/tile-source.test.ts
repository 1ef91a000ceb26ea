import { expect, test } from 'vitest';
import { type PhantomOptions, resolvePhantomOptions } from './options.ts';
import { createPhantomRenderer } from './render.ts';
import { createTileSource } from './tile-source.ts';

function rendererOf(options: PhantomOptions) {
	return createPhantomRenderer(resolvePhantomOptions(options));
}

const rect = { x: 64, y: 32, widthPx: 48, heightPx: 40 };
const options = { widthPx: 300, heightPx: 300, tissue: 'everywhere' } as const;

test('other threads render the same tiles', async () => {
	const renderer = rendererOf(options);
	const expected = renderer.render(rect);
	await using here = createTileSource(renderer, 0);
	await using there = createTileSource(renderer, 1);
	expect(here.concurrency).toBe(1);
	expect(there.concurrency).toBeGreaterThan(1);
	for (const source of [here, there]) {
		const tile = await source.tile(rect);
		expect(Buffer.compare(tile.data, expected.data)).toBe(0);
		expect(tile.places).toEqual(expected.places);
	}
}, 60_000);

test('many tiles at a time, answered to whom they belong', async () => {
	const renderer = rendererOf(options);
	await using source = createTileSource(renderer, 2);
	const rects = Array.from({ length: 7 }, (_, i) => ({ ...rect, x: 16 * i, widthPx: 16 + i }));
	const tiles = await Promise.all(rects.map((each) => source.tile(each)));
	for (const [i, tile] of tiles.entries()) {
		expect(Buffer.compare(tile.data, renderer.render(rects[i]!).data)).toBe(0);
	}
}, 60_000);

test('closed, it renders no more', async () => {
	const source = createTileSource(rendererOf(options), 1);
	await source.tile(rect);
	await source[Symbol.asyncDispose]();
	await expect(source.tile(rect)).rejects.toThrow();
}, 60_000);
