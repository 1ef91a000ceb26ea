/**
 * Where rendered tiles come from: this thread, or several others.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { createThreads } from '@parfocal/node';
import type { PhantomRenderer, RenderedTile } from './render.ts';
import type { TileRequest } from './render-worker.ts';

/** Renders tiles, several at a time where there are threads. */
export interface TileSource extends AsyncDisposable {
	/** How many tiles to ask for at a time. */
	readonly concurrency: number;
	tile(rect: RectPx): Promise<RenderedTile>;
}

/** A tile takes a fraction of a second even on a busy machine. */
const SILENCE_MS = 120_000;

/** Renders in `threads` worker threads, or in this one for 0. */
export function createTileSource(renderer: PhantomRenderer, threads: number): TileSource {
	if (threads === 0) {
		return {
			concurrency: 1,
			tile: async (rect) => renderer.render(rect),
			[Symbol.asyncDispose]: async () => undefined,
		};
	}
	const file = import.meta.url.endsWith('.ts') ? './render-worker.ts' : './render-worker.js';
	const url = new URL(file, import.meta.url);
	const pool = createThreads({ url, count: threads, silenceMs: SILENCE_MS, heapMb: 512 });
	return {
		concurrency: 2 * threads,
		tile: (rect) => pool.call<RenderedTile>({ options: renderer.options, rect } satisfies TileRequest),
		[Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
	};
}
