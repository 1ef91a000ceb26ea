/**
 * Turning, shifting and zooming a square.
 * @module
 */
import type { AffineJitter, AffineMove } from './augmentation.ts';

/**
 * Writes the moved square to `into`, both interleaved RGB of `sizePx` x `sizePx`. The turn and zoom are about the centre,
 * the shift comes last. An output pixel takes the input under its centre, or mixes the four around it (edge pixels repeat
 * outwards by half a pixel); outside it is black. As torchvision's `RandomAffine` on Pillow images.
 */
export function moveSquare(
	square: Uint8Array,
	sizePx: number,
	{ radians, shiftXPx, shiftYPx, scale }: AffineMove,
	interpolation: AffineJitter['interpolation'],
	into: Uint8Array,
): void {
	const centre = sizePx / 2;
	const cosine = Math.cos(radians) / scale;
	const sine = Math.sin(radians) / scale;
	const mix = interpolation === 'bilinear' ? bilinear : nearest;
	for (let y = 0, to = 0; y < sizePx; y++) {
		const v = y + 0.5 - centre - shiftYPx;
		for (let x = 0; x < sizePx; x++, to += 3) {
			const u = x + 0.5 - centre - shiftXPx;
			const fromX = cosine * u + sine * v + centre;
			const fromY = cosine * v - sine * u + centre;
			if (fromX >= 0 && fromX < sizePx && fromY >= 0 && fromY < sizePx) mix(square, sizePx, fromX, fromY, into, to);
			else into.fill(0, to, to + 3);
		}
	}
}

function nearest(square: Uint8Array, sizePx: number, x: number, y: number, into: Uint8Array, to: number): void {
	const from = 3 * (Math.floor(y) * sizePx + Math.floor(x));
	into[to] = square[from]!;
	into[to + 1] = square[from + 1]!;
	into[to + 2] = square[from + 2]!;
}

function bilinear(square: Uint8Array, sizePx: number, x: number, y: number, into: Uint8Array, to: number): void {
	const last = sizePx - 1;
	const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
	const [right, low] = [x - 0.5 - left, y - 0.5 - top];
	const row = 3 * sizePx * Math.max(top, 0);
	const nextRow = 3 * sizePx * Math.min(top + 1, last);
	const column = 3 * Math.max(left, 0);
	const nextColumn = 3 * Math.min(left + 1, last);
	for (let c = 0; c < 3; c++) {
		const upper = square[row + column + c]! * (1 - right) + square[row + nextColumn + c]! * right;
		const lower = square[nextRow + column + c]! * (1 - right) + square[nextRow + nextColumn + c]! * right;
		into[to + c] = upper * (1 - low) + lower * low + 0.5;
	}
}
