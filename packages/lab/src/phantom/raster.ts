/**
 * Interleaved RGB in floating point with a place on the slide.
 * @module
 */
import type { RectPx } from '@parfocal/core';

/** Three values a pixel over a rectangle, row-major. */
export interface Raster {
	readonly rect: RectPx;
	readonly data: Float32Array;
}

/** A rectangle grown by `margin` on every side. */
export function grow(rect: RectPx, margin: number): RectPx {
	return {
		x: rect.x - margin,
		y: rect.y - margin,
		widthPx: rect.widthPx + 2 * margin,
		heightPx: rect.heightPx + 2 * margin,
	};
}

/** An empty raster. */
export function createRaster(rect: RectPx): Raster {
	return { rect, data: new Float32Array(3 * rect.widthPx * rect.heightPx) };
}

/** The rectangle at `1/factor` of the size that covers another. */
export function reducedRect(rect: RectPx, factor: number): RectPx {
	const x = Math.floor(rect.x / factor);
	const y = Math.floor(rect.y / factor);
	return {
		x,
		y,
		widthPx: Math.ceil((rect.x + rect.widthPx) / factor) - x,
		heightPx: Math.ceil((rect.y + rect.heightPx) / factor) - y,
	};
}

/** Means of `factor` x `factor` pixels over a rectangle given in reduced pixels; the source must cover it. */
export function reduce(source: Raster, rect: RectPx, factor: number): Raster {
	const out = createRaster(rect);
	const width = 3 * rect.widthPx;
	const stride = 3 * source.rect.widthPx;
	const share = 1 / (factor * factor);
	for (let y = 0; y < rect.heightPx; y++) {
		for (let line = 0; line < factor; line++) {
			let from = ((rect.y + y) * factor + line - source.rect.y) * stride + 3 * (rect.x * factor - source.rect.x);
			for (let to = y * width; to < (y + 1) * width; to += 3) {
				for (let i = 0; i < factor; i++, from += 3) {
					out.data[to] = out.data[to]! + share * source.data[from]!;
					out.data[to + 1] = out.data[to + 1]! + share * source.data[from + 1]!;
					out.data[to + 2] = out.data[to + 2]! + share * source.data[from + 2]!;
				}
			}
		}
	}
	return out;
}
