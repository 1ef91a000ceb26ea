import type { Pixels, PlanarImage, Plane } from './pixels.ts';

// ITU-R BT.601 weights as in ITU-T T.871, 16-bit fixed point, rounded as in libjpeg (jccolor.c).
const redWeight = 19595; // 0.299
const greenWeight = 38470; // 0.587
const blueWeight = 7471; // 0.114

/** Brightness of a colour: 0.299 R + 0.587 G + 0.114 B, rounded. */
export function luma(red: number, green: number, blue: number): number {
	return (redWeight * red + greenWeight * green + blueWeight * blue + 32768) >> 16;
}

/**
 * The brightness plane: the stored one of grey and YCbCr pixels (a view, not a copy), BT.601 luma of RGB.
 */
export function lumaPlane(pixels: Pixels): Plane {
	const { widthPx, heightPx } = pixels;
	if (pixels.layout === 'planes' && pixels.colour !== 'rgb') return pixels.planes[0]!;
	const data = new Uint8Array(widthPx * heightPx);
	if (pixels.layout === 'rgb') {
		const rgb = pixels.data;
		for (let i = 0, from = 0; i < data.length; i++, from += 3) {
			data[i] = luma(rgb[from]!, rgb[from + 1]!, rgb[from + 2]!);
		}
	} else {
		const [red, green, blue] = pixels.planes as readonly [Plane, Plane, Plane];
		for (let y = 0, to = 0; y < heightPx; y++) {
			for (let x = 0; x < widthPx; x++) {
				data[to++] = luma(
					red.data[y * red.strideBytes + x]!,
					green.data[y * green.strideBytes + x]!,
					blue.data[y * blue.strideBytes + x]!,
				);
			}
		}
	}
	return { data, widthPx, heightPx, strideBytes: widthPx };
}

/** A plane as a grey image. */
export function greyImage(plane: Plane): PlanarImage {
	return { layout: 'planes', colour: 'grey', widthPx: plane.widthPx, heightPx: plane.heightPx, planes: [plane] };
}
