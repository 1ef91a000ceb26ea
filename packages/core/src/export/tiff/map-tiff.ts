/**
 * `map.tif`: the map's numbers as a picture of 32-bit floats, for QuPath, ImageJ, tifffile, GDAL.
 * @module
 */
import type { Assessment } from '../../assessment.ts';
import type { FocusMap } from '../../map/focus-map.ts';
import { tag } from '../../slide/tiff/tags.ts';
import { memorySink } from './memory-sink.ts';
import type { TiffValue } from './tiff-value.ts';
import { createTiffWriter } from './tiff-writer.ts';

/** GDAL's tag for the value that means "none" (GDAL, GeoTIFF driver, "Nodata value"). */
const GDAL_NODATA = 42_113;
const SAMPLE_FORMAT_FLOAT = 3;
const UNIT_CENTIMETRE = 3;
const UNIT_NONE = 1;

/** Geometry and unit of the map, as JSON in the ImageDescription tag. */
export interface MapTiffDescription {
	readonly software: string;
	readonly slide: string;
	/** Level-0 pixel of the picture's top-left corner. */
	readonly originPx: readonly [x: number, y: number];
	/** Level-0 pixels per pixel of the picture. */
	readonly stepPx: number;
	readonly windowPx: number;
	readonly unit: FocusMap['unit'];
	readonly higherMeans: FocusMap['higherMeans'];
	/** Micrometres per level-0 pixel. */
	readonly mpp?: readonly [x: number, y: number];
}

/**
 * The map as a TIFF: one uncompressed float32 plane, a pixel a place, NaN where there is no value, resolution tags so that
 * viewers measure in real lengths, and `MapTiffDescription` as the description.
 */
export async function mapTiff(assessment: Assessment, map: FocusMap): Promise<Uint8Array> {
	const { mpp } = assessment.slide;
	const description: MapTiffDescription = {
		software: assessment.provenance.software,
		slide: assessment.slide.name,
		originPx: [map.originXPx, map.originYPx],
		stepPx: map.stepPx,
		windowPx: map.windowPx,
		unit: map.unit,
		higherMeans: map.higherMeans,
		...(mpp && { mpp: [mpp.x, mpp.y] as const }),
	};
	const tags: Record<number, TiffValue> = {
		[tag.imageDescription]: { type: 'ascii', values: asciiJson(description) },
		[tag.sampleFormat]: { type: 'short', values: [SAMPLE_FORMAT_FLOAT] },
		[tag.xResolution]: { type: 'rational', values: [mpp ? pixelsPerCm(mpp.x, map.stepPx) : 1] },
		[tag.yResolution]: { type: 'rational', values: [mpp ? pixelsPerCm(mpp.y, map.stepPx) : 1] },
		[tag.resolutionUnit]: { type: 'short', values: [mpp ? UNIT_CENTIMETRE : UNIT_NONE] },
		[GDAL_NODATA]: { type: 'ascii', values: 'nan' },
	};
	const sink = memorySink();
	const tiff = createTiffWriter(sink);
	const picture = tiff.directory({
		widthPx: map.columns,
		heightPx: map.rows,
		layout: { rowsPerStrip: map.rows },
		compression: 1,
		photometric: 1,
		bitsPerSample: [32],
		tags,
	});
	await picture.addTile(0, littleEndianFloats(map.values));
	await tiff.close();
	return sink.bytes();
}

function pixelsPerCm(mpp: number, stepPx: number): number {
	return 10_000 / (mpp * stepPx);
}

/** TIFF text is 7-bit ASCII (TIFF 6.0 §2): whatever a slide's name holds is written as JSON escapes. */
function asciiJson(value: unknown): string {
	return JSON.stringify(value).replace(
		/[\u007f-\uffff]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

function littleEndianFloats(values: Float32Array): Uint8Array {
	const view = new DataView(new ArrayBuffer(values.length * 4));
	for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i]!, true);
	return new Uint8Array(view.buffer);
}
