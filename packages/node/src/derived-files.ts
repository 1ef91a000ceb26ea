/**
 * The files made from the assessment and its map alone. They need no slide, so that any thread can make them.
 * @module
 */
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import {
	type Assessment,
	cellsTsv,
	type FocusMap,
	mapPng,
	mapTiff,
	type OutputFile,
	type RgbImage,
	regionsGeoJsonText,
} from '@parfocal/core';
import { cellsParquet } from './parquet.ts';

/** Which file, and what it is made from. */
export type DerivedFileRequest = {
	readonly assessment: Assessment;
	readonly map: FocusMap;
} & (
	| { readonly file: Extract<OutputFile, 'map.tif' | 'regions.geojson' | 'cells.tsv' | 'cells.parquet'> }
	| { readonly file: Extract<OutputFile, 'map.png'>; readonly thumbnail: RgbImage }
);

/** Makes a file, in this thread (`deriveFile`) or in another (`WorkerPool.deriveFile`): the same bytes, in pieces. */
export type DeriveFile = (request: DerivedFileRequest, signal?: AbortSignal) => Promise<Iterable<Uint8Array>>;

/** Most of the picture is rows like the row above: a higher level takes twice the time for a twentieth of the size. */
const PNG_LEVEL = 3;
const deflateAsync = promisify(deflate);

/** Makes a file in this thread. Each piece has a buffer of its own, which may be handed to another thread. */
export const deriveFile: DeriveFile = async (request) => {
	const { assessment, map } = request;
	switch (request.file) {
		case 'map.png':
			return [
				await mapPng(assessment, map, request.thumbnail, {
					deflate: (bytes) => deflateAsync(bytes, { level: PNG_LEVEL }),
				}),
			];
		case 'map.tif':
			return [await mapTiff(assessment, map)];
		case 'regions.geojson':
			return [new TextEncoder().encode(regionsGeoJsonText(assessment, map))];
		case 'cells.tsv':
			return cellsTsv(assessment, map);
		case 'cells.parquet':
			return [await cellsParquet(assessment, map)];
	}
};
