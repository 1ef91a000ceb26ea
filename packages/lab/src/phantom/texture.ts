/**
 * Periodic patches of Gaussian noise with a chosen grain, made once for a phantom and looked up while it is rendered.
 * @module
 */
import { hash } from './random.ts';

/** A square of `side` x `side` values that repeats; mean 0, standard deviation 1. `side` is a power of two. */
export interface Texture {
	readonly side: number;
	readonly data: Float32Array;
}

/**
 * Noise between two grains: what a Gaussian of `finePx` leaves, less what one of `coarsePx` leaves (standard deviations in
 * px; 0 keeps everything fine). The closer the two, the more regular the grain.
 */
export function bandNoise(side: number, salt: number, finePx: number, coarsePx: number): Texture {
	const white = new Float32Array(side * side);
	for (let i = 0; i < white.length; i++) {
		white[i] = (hash(i, 1, salt) + hash(i, 2, salt) + hash(i, 3, salt)) / 2 ** 32 - 1.5;
	}
	const fine = blurred(white, side, finePx);
	const coarse = blurred(white, side, coarsePx);
	const data = fine.map((value, i) => value - coarse[i]!);
	let sum = 0;
	let squares = 0;
	for (const value of data) {
		sum += value;
		squares += value * value;
	}
	const mean = sum / data.length;
	const deviation = Math.sqrt(squares / data.length - mean * mean);
	for (let i = 0; i < data.length; i++) data[i] = (data[i]! - mean) / deviation;
	return { side, data };
}

/** The texture at any point, linear between its values; coordinates in texels, wrapping around. */
export function sample(texture: Texture, x: number, y: number): number {
	const { side, data } = texture;
	const mask = side - 1;
	const x0 = Math.floor(x);
	const y0 = Math.floor(y);
	const fx = x - x0;
	const fy = y - y0;
	const left = x0 & mask;
	const right = (x0 + 1) & mask;
	const top = (y0 & mask) * side;
	const bottom = ((y0 + 1) & mask) * side;
	const a = data[top + left]!;
	const b = data[bottom + left]!;
	const upper = a + (data[top + right]! - a) * fx;
	const lower = b + (data[bottom + right]! - b) * fx;
	return upper + (lower - upper) * fy;
}

/** Gaussian blur of a periodic square, rows then columns; wide ones as three box blurs. */
function blurred(data: Float32Array, side: number, sigmaPx: number): Float32Array {
	if (sigmaPx <= 0) return data;
	let out = data;
	for (const radius of boxRadii(sigmaPx)) out = boxBlur(boxBlur(out, side, radius), side, radius);
	return out;
}

/**
 * Half-widths (with a fraction) of three box filters whose variances add up to that of the Gaussian: a box of radius r with
 * linearly weighted ends has the variance of a continuous one of width 2r + 1, (2r + 1)² / 12, closely enough.
 */
function boxRadii(sigmaPx: number): number[] {
	const radius = (Math.sqrt(4 * sigmaPx * sigmaPx + 1) - 1) / 2;
	return [radius, radius, radius];
}

/** Box blur along rows of a periodic square, transposed, so that two calls blur both ways. */
function boxBlur(data: Float32Array, side: number, radius: number): Float32Array {
	const out = new Float32Array(data.length);
	const mask = side - 1;
	const whole = Math.floor(radius);
	const part = radius - whole;
	const share = 1 / (2 * radius + 1);
	for (let y = 0; y < side; y++) {
		const row = y * side;
		let sum = 0;
		for (let x = -whole; x <= whole; x++) sum += data[row + (x & mask)]!;
		for (let x = 0; x < side; x++) {
			const before = data[row + ((x - whole - 1) & mask)]!;
			const after = data[row + ((x + whole + 1) & mask)]!;
			out[x * side + y] = share * (sum + part * (before + after));
			sum += after - data[row + ((x - whole) & mask)]!;
		}
	}
	return out;
}
