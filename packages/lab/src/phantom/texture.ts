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
	const radius = boxRadius(sigmaPx);
	for (let times = 0; times < 3; times++) out = blurColumns(blurRows(out, side, radius), side, radius);
	return out;
}

/** Half-width, with a fraction, of the box filter of which three in a row have the variance of the Gaussian. */
function boxRadius(sigmaPx: number): number {
	return (Math.sqrt(4 * sigmaPx * sigmaPx + 1) - 1) / 2;
}

/** Box blur along the rows of a periodic square; the ends of the box count by the fraction of its half-width. */
function blurRows(data: Float32Array, side: number, radius: number): Float32Array {
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
			const after = data[row + ((x + whole + 1) & mask)]!;
			out[row + x] = share * (sum + part * (data[row + ((x - whole - 1) & mask)]! + after));
			sum += after - data[row + ((x - whole) & mask)]!;
		}
	}
	return out;
}

/** The same along columns, a row of sums at a time. */
function blurColumns(data: Float32Array, side: number, radius: number): Float32Array {
	const out = new Float32Array(data.length);
	const mask = side - 1;
	const whole = Math.floor(radius);
	const part = radius - whole;
	const share = 1 / (2 * radius + 1);
	const sums = new Float64Array(side);
	for (let y = -whole; y <= whole; y++) {
		const row = (y & mask) * side;
		for (let x = 0; x < side; x++) sums[x] = sums[x]! + data[row + x]!;
	}
	for (let y = 0; y < side; y++) {
		const first = ((y - whole) & mask) * side;
		const before = ((y - whole - 1) & mask) * side;
		const after = ((y + whole + 1) & mask) * side;
		for (let x = 0; x < side; x++) {
			const next = data[after + x]!;
			out[y * side + x] = share * (sums[x]! + part * (data[before + x]! + next));
			sums[x] = sums[x]! + next - data[first + x]!;
		}
	}
	return out;
}
