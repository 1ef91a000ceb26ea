/**
 * Drawing on an RGB image: filled boxes, round-ended lines, text. Edges are smooth.
 * @module
 */
import type { RectPx, RgbImage } from '../../image/pixels.ts';
import { type Stroke, textStrokes } from './stroke-font.ts';

/** Red, green, blue, 0..255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** An image filled with one colour. */
export function createCanvas(widthPx: number, heightPx: number, colour: Colour): RgbImage {
	const data = new Uint8Array(widthPx * heightPx * 3);
	for (let at = 0; at < data.length; at += 3) {
		data[at] = colour[0];
		data[at + 1] = colour[1];
		data[at + 2] = colour[2];
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

/** Mixes `colour` into the pixel; what lies outside the image is ignored. `opacity` 0..1. */
export function blendPixel(image: RgbImage, x: number, y: number, colour: Colour, opacity: number): void {
	if (x < 0 || y < 0 || x >= image.widthPx || y >= image.heightPx) return;
	const at = (y * image.widthPx + x) * 3;
	const { data } = image;
	data[at] = data[at]! + (colour[0] - data[at]!) * opacity + 0.5;
	data[at + 1] = data[at + 1]! + (colour[1] - data[at + 1]!) * opacity + 0.5;
	data[at + 2] = data[at + 2]! + (colour[2] - data[at + 2]!) * opacity + 0.5;
}

/** Fills a box with round corners. */
export function fillBox(image: RgbImage, box: RectPx, colour: Colour, radiusPx = 0, opacity = 1): void {
	const right = box.x + box.widthPx;
	const bottom = box.y + box.heightPx;
	for (let y = Math.floor(box.y); y < bottom; y++) {
		for (let x = Math.floor(box.x); x < right; x++) {
			const coverage = boxCoverage(x + 0.5, y + 0.5, box, radiusPx);
			if (coverage > 0) blendPixel(image, x, y, colour, coverage * opacity);
		}
	}
}

/** Draws the outline of a box, centred on its edge. */
export function strokeBox(image: RgbImage, box: RectPx, colour: Colour, lineWidthPx: number): void {
	const { x, y, widthPx, heightPx } = box;
	const corners = [
		[x, y],
		[x + widthPx, y],
		[x + widthPx, y + heightPx],
		[x, y + heightPx],
	] as const;
	const sides = corners.map(([x1, y1], i) => {
		const [x2, y2] = corners[(i + 1) % 4]!;
		return { x1, y1, x2, y2 };
	});
	drawStrokes(image, sides, colour, lineWidthPx);
}

/** Draws straight strokes with round ends, which is also how they join. */
export function drawStrokes(image: RgbImage, strokes: readonly Stroke[], colour: Colour, lineWidthPx: number): void {
	const reach = lineWidthPx / 2 + 1;
	for (const stroke of strokes) {
		const left = Math.max(Math.floor(Math.min(stroke.x1, stroke.x2) - reach), 0);
		const right = Math.min(Math.ceil(Math.max(stroke.x1, stroke.x2) + reach), image.widthPx - 1);
		const top = Math.max(Math.floor(Math.min(stroke.y1, stroke.y2) - reach), 0);
		const bottom = Math.min(Math.ceil(Math.max(stroke.y1, stroke.y2) + reach), image.heightPx - 1);
		for (let y = top; y <= bottom; y++) {
			for (let x = left; x <= right; x++) {
				const coverage = lineWidthPx / 2 + 0.5 - distanceTo(stroke, x + 0.5, y + 0.5);
				if (coverage > 0) blendPixel(image, x, y, colour, Math.min(coverage, 1));
			}
		}
	}
}

/** How text looks. */
export interface TextStyle {
	/** Height of capitals. */
	readonly sizePx: number;
	readonly colour: Colour;
	/** Line width as a share of the size: 0.12 regular (default), 0.18 bold. */
	readonly weight?: number;
}

/** Draws text with the top left of its capitals at (`xPx`, `yPx`). */
export function drawText(image: RgbImage, text: string, xPx: number, yPx: number, style: TextStyle): void {
	const lineWidthPx = style.sizePx * (style.weight ?? 0.12);
	drawStrokes(image, textStrokes(text, xPx, yPx, style.sizePx), style.colour, lineWidthPx);
}

function distanceTo({ x1, y1, x2, y2 }: Stroke, x: number, y: number): number {
	const dx = x2 - x1;
	const dy = y2 - y1;
	const squared = dx * dx + dy * dy;
	const along = squared === 0 ? 0 : Math.min(Math.max(((x - x1) * dx + (y - y1) * dy) / squared, 0), 1);
	return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

/** How much of a pixel centred at (`x`, `y`) a box with round corners covers, 0..1. */
function boxCoverage(x: number, y: number, box: RectPx, radiusPx: number): number {
	const radius = Math.min(radiusPx, box.widthPx / 2, box.heightPx / 2);
	const dx = Math.abs(x - box.x - box.widthPx / 2) - (box.widthPx / 2 - radius);
	const dy = Math.abs(y - box.y - box.heightPx / 2) - (box.heightPx / 2 - radius);
	const distance = Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
	return Math.min(Math.max(0.5 - distance, 0), 1);
}
