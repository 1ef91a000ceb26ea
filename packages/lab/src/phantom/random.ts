/**
 * Randomness without state: every value is a hash of where it is and of a salt, so that a pixel is the same whichever
 * block asks for it, and in whichever order.
 * @module
 */

/**
 * A 32-bit hash of a lattice point.
 * The mixing steps are the finaliser of MurmurHash3 (A. Appleby, public domain).
 */
export function hash(x: number, y: number, salt: number): number {
	let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(salt, 0xc2b2ae3d);
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

/** A uniform number in [0, 1) from a hash; `stream` gives independent ones from the same hash. */
export function uniform(h: number, stream: number): number {
	return hash(h, stream, 0x51ed27) / 2 ** 32;
}

/**
 * Gradient noise: smooth, mean 0, between -1 and 1, features about one unit wide.
 * Source: K. Perlin, "Improving noise", SIGGRAPH 2002 (fade polynomial), here in two dimensions.
 */
export function noise(x: number, y: number, salt: number): number {
	const x0 = Math.floor(x);
	const y0 = Math.floor(y);
	const fx = x - x0;
	const fy = y - y0;
	const left = Math.imul(x0, 0x9e3779b1) ^ Math.imul(salt, 0xc2b2ae3d);
	const right = Math.imul(x0 + 1, 0x9e3779b1) ^ Math.imul(salt, 0xc2b2ae3d);
	const above = Math.imul(y0, 0x85ebca77);
	const below = Math.imul(y0 + 1, 0x85ebca77);
	const top = mix(slope(left ^ above, fx, fy), slope(right ^ above, fx - 1, fy), fade(fx));
	const bottom = mix(slope(left ^ below, fx, fy - 1), slope(right ^ below, fx - 1, fy - 1), fade(fx));
	return 1.4 * mix(top, bottom, fade(fy));
}

/** Sum of `octaves` of noise, each twice as fine and half as strong as the one before; about -1 to 1. */
export function fractalNoise(x: number, y: number, salt: number, octaves: number): number {
	let sum = 0;
	for (let octave = 0, scale = 1; octave < octaves; octave++, scale *= 2) {
		sum += noise(x * scale, y * scale, salt + octave) / scale;
	}
	return sum;
}

/** 0 at or below `low`, 1 at or above `high`, with a smooth step between. */
export function smoothStep(low: number, high: number, value: number): number {
	const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
	return t * t * (3 - 2 * t);
}

/**
 * Calls `visit` for every site of a jittered grid within `margin` of a rectangle, row by row, so always in the same
 * order. Lengths in any one unit; `seed` is the site's hash.
 */
export function forEachSite(
	spacing: number,
	salt: number,
	rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
	margin: number,
	visit: (x: number, y: number, seed: number) => void,
): void {
	const jitter = 0.78;
	const firstColumn = Math.floor((rect.x - margin) / spacing) - 1;
	const lastColumn = Math.floor((rect.x + rect.width + margin) / spacing) + 1;
	const firstRow = Math.floor((rect.y - margin) / spacing) - 1;
	const lastRow = Math.floor((rect.y + rect.height + margin) / spacing) + 1;
	for (let row = firstRow; row <= lastRow; row++) {
		for (let column = firstColumn; column <= lastColumn; column++) {
			const seed = hash(column, row, salt);
			const x = (column + 0.5 + jitter * (uniform(seed, 1) - 0.5)) * spacing;
			const y = (row + 0.5 + jitter * (uniform(seed, 2) - 0.5)) * spacing;
			if (x < rect.x - margin || x > rect.x + rect.width + margin) continue;
			if (y < rect.y - margin || y > rect.y + rect.height + margin) continue;
			visit(x, y, seed);
		}
	}
}

function fade(t: number): number {
	return t * t * t * (t * (t * 6 - 15) + 10);
}

function mix(a: number, b: number, t: number): number {
	return a + (b - a) * t;
}

const diagonal = Math.SQRT1_2;
const slopesX = [1, -1, 0, 0, diagonal, -diagonal, diagonal, -diagonal];
const slopesY = [0, 0, 1, -1, diagonal, diagonal, -diagonal, -diagonal];

/** Height of a lattice point's slope at an offset; which of the eight slopes follows from the point's key. */
function slope(key: number, dx: number, dy: number): number {
	const mixed = Math.imul(key ^ (key >>> 15), 0x85ebca6b);
	const which = (mixed ^ (mixed >>> 13)) & 7;
	return slopesX[which]! * dx + slopesY[which]! * dy;
}
