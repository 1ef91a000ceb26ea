/**
 * What runs in a rendering thread: answers every rectangle with its pixels.
 * @module
 */
import { parentPort } from 'node:worker_threads';
import type { RectPx } from '@parfocal/core';
import type { ResolvedPhantomOptions } from './options.ts';
import { createPhantomRenderer, type PhantomRenderer } from './render.ts';

/** Asks for a tile of a phantom. */
export interface TileRequest {
	readonly options: ResolvedPhantomOptions;
	readonly rect: RectPx;
}

let current: { readonly key: string; readonly renderer: PhantomRenderer } | undefined;

parentPort?.on('message', ({ options, rect }: TileRequest) => {
	const key = JSON.stringify(options);
	if (current?.key !== key) current = { key, renderer: createPhantomRenderer(options) };
	const tile = current.renderer.render(rect);
	parentPort?.postMessage(tile, [tile.data.buffer as ArrayBuffer]);
});
