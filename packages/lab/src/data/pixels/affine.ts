/**
 * Turning, shifting and zooming a square.
 * @module
 */
import type { AffineJitter, AffineMove } from './augmentation.ts';

/** Keeps a whole number whole when it comes out a rounding error short. */
const ROUNDING = 1e-6;

/**
 * Writes the moved square to `into`, both interleaved RGB of `sizePx` x `sizePx`. The turn and zoom are about the centre,
 * the shift comes last. An output pixel takes the input under its centre, or mixes the four around it (edge pixels repeat
 * outwards by half a pixel, fractions are dropped); outside it is black. As torchvision's `RandomAffine` on Pillow images.
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
	into.fill(0);
	for (let y = 0, to = 0; y < sizePx; y++) {
		const v = y + 0.5 - centre - shiftYPx;
		for (let x = 0; x < sizePx; x++, to += 3) {
			const u = x + 0.5 - centre - shiftXPx;
			const fromX = cosine * u + sine * v + centre;
			const fromY = cosine * v - sine * u + centre;
			if (fromX >= 0 && fromX < sizePx && fromY >= 0 && fromY < sizePx) mix(square, sizePx, fromX, fromY, into, to);
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
	const left = Math.floor(x - 0.5);
	const top = Math.floor(y - 0.5);
	const right = x - 0.5 - left;
	const low = y - 0.5 - top;
	const row = sizePx * Math.max(top, 0);
	const nextRow = sizePx * Math.min(top + 1, sizePx - 1);
	const column = Math.max(left, 0);
	const nextColumn = Math.min(left + 1, sizePx - 1);
	const [a, b] = [3 * (row + column), 3 * (row + nextColumn)];
	const [c, d] = [3 * (nextRow + column), 3 * (nextRow + nextColumn)];
	for (let channel = 0; channel < 3; channel++) {
		const upper = square[a + channel]! * (1 - right) + square[b + channel]! * right;
		const lower = square[c + channel]! * (1 - right) + square[d + channel]! * right;
		into[to + channel] = upper * (1 - low) + lower * low + ROUNDING;
	}
}
