/**
 * Tiles as polygons in GeoJSON (RFC 7946), as QuPath and TRIDENT write them: a tile is what bounds a feature.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { FormatError, type RectPx } from '@parfocal/core';
import { toReadError } from '../read-error.ts';
import { writeWholeFile } from '../whole-file.ts';
import { type TileFile, tileOf } from './tile-file.ts';

interface Feature {
	readonly geometry?: { readonly coordinates?: unknown } | null;
}

/**
 * Opens a feature collection, or a list of features.
 * @throws {ReadError | FormatError} as `openTileFile`
 */
export async function openGeoJsonTiles(path: string): Promise<TileFile> {
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw toReadError(path, error);
	});
	const { features, around } = parse(path, text);
	return {
		tiles: features.map((feature, i) => boundsOf(path, feature, i + 1)),
		write: (target, kept) =>
			writeWholeFile(target, new TextEncoder().encode(`${JSON.stringify(around(kept.map((i) => features[i]!)))}\n`)),
	};
}

function parse(
	path: string,
	text: string,
): { features: readonly Feature[]; around: (kept: readonly Feature[]) => unknown } {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new FormatError('coordinates', 'corrupt', `${path} is no JSON.`, { cause });
	}
	if (Array.isArray(value)) return { features: value as Feature[], around: (kept) => kept };
	const collection = value as { features?: unknown } | null;
	if (Array.isArray(collection?.features)) {
		return { features: collection.features as Feature[], around: (features) => ({ ...collection, features }) };
	}
	throw new FormatError('coordinates', 'corrupt', `${path} is no GeoJSON: it has no features.`);
}

function boundsOf(path: string, feature: Feature | null, number: number): RectPx {
	const points = pointsIn(feature?.geometry?.coordinates);
	const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]!)) as [number[], number[]];
	const [left, top] = [Math.min(...xs), Math.min(...ys)];
	return tileOf(path, number, left, top, Math.max(...xs) - left, Math.max(...ys) - top);
}

/** Pairs of numbers, however deep they lie. */
function pointsIn(value: unknown): number[][] {
	if (!Array.isArray(value)) return [];
	if (typeof value[0] === 'number' && typeof value[1] === 'number') return [value as number[]];
	return value.flatMap(pointsIn);
}
