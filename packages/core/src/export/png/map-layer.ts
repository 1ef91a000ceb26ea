/**
 * Painting a focus map over a picture of the slide.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';
import { colourFraction, colourRange, FOCUS_COLOURS } from '../../map/colour.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { blendPixel, type Colour } from './canvas.ts';

/** How strongly the map covers the tissue under it. */
const MAP_OPACITY = 0.76;

/** Hatches for tissue without a value: `period` px between lines `width` px thick, leaning right (1), left (-1), both (0). */
const HATCHES: Readonly<Record<number, { colour: Colour; period: number; width: number; lean: 1 | -1 | 0 }>> = {
	[VALIDITY.littleTexture]: { colour: [120, 120, 120], period: 9, width: 2, lean: 1 },
	[VALIDITY.penMark]: { colour: [70, 90, 130], period: 9, width: 3, lean: -1 },
	[VALIDITY.unreadable]: { colour: [30, 30, 30], period: 9, width: 3, lean: 0 },
};

/**
 * Paints the map into the part of `image` at (`left`, `top`), `widthPx` x `heightPx`, that shows the whole slide.
 * Glass stays as it is; tissue without a value is hatched.
 */
export function paintMap(
	image: RgbImage,
	map: FocusMap,
	slide: { readonly widthPx: number; readonly heightPx: number },
	picture: { readonly x: number; readonly y: number; readonly widthPx: number; readonly heightPx: number },
): void {
	const range = colourRange(map);
	const columnOf = placesAcross(picture.widthPx, slide.widthPx, map.originXPx, map.stepPx, map.columns);
	const rowOf = placesAcross(picture.heightPx, slide.heightPx, map.originYPx, map.stepPx, map.rows);
	const tinted = FOCUS_COLOURS.length / 3;
	const tints = Float32Array.from(FOCUS_COLOURS, (channel) => channel * MAP_OPACITY + 0.5);
	const tintOf = new Int32Array(map.values.length);
	for (let place = 0; place < tintOf.length; place++) {
		tintOf[place] = Math.round((tinted - 1) * colourFraction(map.values[place]!, range)) * 3;
	}
	const { data } = image;
	for (let y = 0; y < picture.heightPx; y++) {
		const row = rowOf[y]!;
		if (row < 0) continue;
		let at = ((picture.y + y) * image.widthPx + picture.x) * 3;
		for (let x = 0; x < picture.widthPx; x++, at += 3) {
			if (columnOf[x]! < 0) continue;
			const place = row * map.columns + columnOf[x]!;
			const validity = map.validity[place]!;
			if (validity === VALIDITY.assessable) {
				const tint = tintOf[place]!;
				data[at] = data[at]! * (1 - MAP_OPACITY) + tints[tint]!;
				data[at + 1] = data[at + 1]! * (1 - MAP_OPACITY) + tints[tint + 1]!;
				data[at + 2] = data[at + 2]! * (1 - MAP_OPACITY) + tints[tint + 2]!;
			} else if (validity !== VALIDITY.background) paintHatch(image, picture.x + x, picture.y + y, validity);
		}
	}
}

/** Paints one pixel of the hatch that stands for `validity`. */
export function paintHatch(image: RgbImage, x: number, y: number, validity: number): void {
	const hatch = HATCHES[validity];
	if (!hatch) return;
	blendPixel(image, x, y, [200, 200, 200], 0.55);
	const right = (x + y) % hatch.period < hatch.width;
	const left = (((x - y) % hatch.period) + hatch.period) % hatch.period < hatch.width;
	if ((hatch.lean >= 0 && right) || (hatch.lean <= 0 && left)) blendPixel(image, x, y, hatch.colour, 0.8);
}

/** For each pixel of the picture the map's column (or row) under its centre, -1 where the map has none. */
function placesAcross(pixels: number, slidePx: number, originPx: number, stepPx: number, count: number): Int32Array {
	return Int32Array.from({ length: pixels }, (_, i) => {
		const place = Math.floor((((i + 0.5) * slidePx) / pixels - originPx) / stepPx);
		return place >= 0 && place < count ? place : -1;
	});
}
