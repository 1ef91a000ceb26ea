import { cropRgb } from './crop.ts';
import type { Pixels, PlanarImage, Plane, RectPx, RgbImage } from './pixels.ts';
import { upsampler } from './upsample.ts';

/**
 * Pixels as interleaved RGB, the same to the bit as libjpeg-turbo's default output for a JPEG's planes: triangle
 * upsampling of chroma and the integer colour conversion of ITU-T T.871. An `RgbImage` is answered as it is.
 * @param part converts only this, which must lie within the image: what cutting the whole afterwards would give.
 * @example
 * ```ts
 * const rgb = toRgb(decodeJpeg(bytes));
 * ```
 */
export function toRgb(pixels: Pixels, part: RectPx = { x: 0, y: 0, ...sizeOf(pixels) }): RgbImage {
	const { widthPx, heightPx } = part;
	if (pixels.layout === 'rgb') {
		return widthPx === pixels.widthPx && heightPx === pixels.heightPx ? pixels : cropRgb(pixels, part);
	}
	const data = new Uint8Array(3 * widthPx * heightPx);
	if (pixels.colour === 'ycbcr') convertYcbcr(pixels, part, data);
	else interleave(pixels, part, data);
	return { layout: 'rgb', widthPx, heightPx, data };
}

function sizeOf({ widthPx, heightPx }: Pixels): Pick<RectPx, 'widthPx' | 'heightPx'> {
	return { widthPx, heightPx };
}

/** Grey (the plane three times) or RGB planes. */
function interleave({ planes }: PlanarImage, { x: left, y: top, widthPx, heightPx }: RectPx, data: Uint8Array): void {
	for (let channel = 0; channel < 3; channel++) {
		const plane = planes[channel] ?? planes[0]!;
		let to = channel;
		for (let y = 0; y < heightPx; y++) {
			const start = (top + y) * plane.strideBytes + left;
			for (let x = 0; x < widthPx; x++, to += 3) data[to] = plane.data[start + x]!;
		}
	}
}

function convertYcbcr(
	{ planes, widthPx }: PlanarImage,
	{ x: left, y: top, widthPx: partWidth, heightPx: partHeight }: RectPx,
	data: Uint8Array,
): void {
	const [luma, cbPlane, crPlane] = planes as readonly [Plane, Plane, Plane];
	// Whole rows, whatever the part: what chroma is at its edge depends on what is beyond.
	const cbRow = new Uint8Array(widthPx + 4);
	const crRow = new Uint8Array(widthPx + 4);
	const upsampleCb = upsamplerFor(cbPlane, luma);
	const upsampleCr = upsamplerFor(crPlane, luma);
	for (let y = 0; y < partHeight; y++) {
		upsampleCb(top + y, cbRow);
		upsampleCr(top + y, crRow);
		const start = (top + y) * luma.strideBytes + left;
		const lumaRow = luma.data.subarray(start, start + partWidth);
		ycbcrRowToRgb(lumaRow, cbRow.subarray(left), crRow.subarray(left), data.subarray(3 * y * partWidth));
	}
}

// ITU-T T.871 section 7 in 16-bit fixed point, rounded as in libjpeg (jdcolor.c).
const half = 1 << 15;
const crToRed = 91881; // 1.402
const crToGreen = 46802; // 0.71414
const cbToGreen = 22554; // 0.34414
const cbToBlue = 116130; // 1.772

/** One row of full-size YCbCr samples, as interleaved RGB. */
export function ycbcrRowToRgb(luma: Uint8Array, cbRow: Uint8Array, crRow: Uint8Array, into: Uint8Array): void {
	const rgb = new Uint8ClampedArray(into.buffer, into.byteOffset, into.length); // clamps to 0..255
	let to = 0;
	for (let x = 0; x < luma.length; x++) {
		const y = luma[x]!;
		const cb = cbRow[x]! - 128;
		const cr = crRow[x]! - 128;
		rgb[to++] = y + ((crToRed * cr + half) >> 16);
		rgb[to++] = y + ((half - cbToGreen * cb - crToGreen * cr) >> 16);
		rgb[to++] = y + ((cbToBlue * cb + half) >> 16);
	}
}

function upsamplerFor(plane: Plane, luma: Plane): ReturnType<typeof upsampler> {
	return upsampler(plane, ratio(luma.widthPx, plane.widthPx), ratio(luma.heightPx, plane.heightPx));
}

/** A side of one sample does not tell its ratio; 2, the usual one, then gives what the others would (± 1 in one row). */
function ratio(full: number, part: number): number {
	if (full === part && full > 1) return 1;
	return full <= 2 * part ? 2 : 4;
}
