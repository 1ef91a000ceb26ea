/**
 * What empty glass looks like on a slide: its colour, and how much it varies.
 * @module
 */
import type { FloatRgb } from './shrink.ts';

/** Colour of bare glass and the noise of its optical density. */
export interface Glass {
	/** 0..255. */
	readonly colour: readonly [number, number, number];
	/** Standard deviation of optical density over glass, at the grid's scale. */
	readonly noise: number;
	/** False when no glass was found and a white was assumed. */
	readonly found: boolean;
}

/** Places darker or brighter than this on all channels were never scanned: scanners fill them with black or white. */
const BLACK_FILL = 8;
const WHITE_FILL = 254.5;

/** True where a scanner left out an area. */
export function isFill(r: number, g: number, b: number): boolean {
	return (r <= BLACK_FILL && g <= BLACK_FILL && b <= BLACK_FILL) || Math.min(r, g, b) >= WHITE_FILL;
}

/** Spread of 3x3 neighbours, in grey levels, up to which a place is flat like glass rather than pale tissue. */
const FLAT_LEVELS = 2;
/** Largest channel difference, of the largest channel: lamps and mounting media tint glass this much, stains more. */
const TINT = 0.12;
const DARKEST_GLASS = 100;

/**
 * Glass is the brightest common grey among flat places. Sharpness plays no part: at this scale (tens of level-0 pixels)
 * defocus changes nothing. When nothing looks like glass (a field full of tissue) a white just above the brightest
 * places is assumed.
 */
export function estimateGlass(image: FloatRgb): Glass {
	const [red, green, blue] = image.channels;
	const grey = luma(image);
	const all = new Float64Array(256);
	const flat = new Float64Array(256);
	const candidates = new Int32Array(grey.length);
	let candidateCount = 0;
	let scanned = 0;
	let whiteFill = 0;
	for (let i = 0; i < grey.length; i++) {
		const r = red[i]!;
		const g = green[i]!;
		const b = blue[i]!;
		if (isFill(r, g, b)) {
			if (r > 128) whiteFill++;
			continue;
		}
		scanned++;
		const level = Math.round(grey[i]!);
		all[level] = all[level]! + 1;
		const largest = Math.max(r, g, b);
		if (level < DARKEST_GLASS || largest - Math.min(r, g, b) > TINT * largest) continue;
		if (spread3x3(grey, image, i) > FLAT_LEVELS) continue;
		flat[level] = flat[level]! + 1;
		candidates[candidateCount++] = i;
	}
	const white = assumedWhite(all, scanned, whiteFill);
	const peak = brightestPeak(flat, scanned);
	if (peak < 0 || brighterThan(all, peak + 10) > 0.02 * scanned) {
		return { colour: [white, white, white], noise: 0, found: whiteFill > 0 };
	}
	const near = candidates.subarray(0, candidateCount).filter((i) => Math.abs(grey[i]! - peak) <= 6);
	const colour = [meanOf(red, near), meanOf(green, near), meanOf(blue, near)] as const;
	const level = meanOf(grey, near);
	let squares = 0;
	for (let n = 0; n < near.length; n++) squares += (grey[near[n]!]! - level) ** 2;
	return { colour, noise: Math.sqrt(squares / near.length) / (level * Math.LN10), found: true };
}

function meanOf(channel: Float32Array, places: Int32Array): number {
	let sum = 0;
	for (let n = 0; n < places.length; n++) sum += channel[places[n]!]!;
	return sum / places.length;
}

/** Rec. 601 luma of each place. */
export function luma({ channels: [red, green, blue] }: FloatRgb): Float32Array {
	const grey = new Float32Array(red.length);
	for (let i = 0; i < grey.length; i++) grey[i] = 0.299 * red[i]! + 0.587 * green[i]! + 0.114 * blue[i]!;
	return grey;
}

function spread3x3(grey: Float32Array, { widthPx, heightPx }: FloatRgb, index: number): number {
	const x = index % widthPx;
	const y = (index - x) / widthPx;
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	const left = x > 0 ? x - 1 : 0;
	const right = x < widthPx - 1 ? x + 1 : x;
	const bottom = y < heightPx - 1 ? y + 1 : y;
	for (let ny = y > 0 ? y - 1 : 0; ny <= bottom; ny++) {
		for (let nx = left; nx <= right; nx++) {
			const value = grey[ny * widthPx + nx]!;
			if (value < low) low = value;
			if (value > high) high = value;
		}
	}
	return high - low;
}

/** Brightest level around which flat places gather, -1 when too few are flat. */
function brightestPeak(histogram: Float64Array, scanned: number): number {
	const around = (level: number) => {
		let sum = 0;
		for (let i = Math.max(0, level - 2); i <= Math.min(255, level + 2); i++) sum += histogram[i]!;
		return sum;
	};
	const smooth = Array.from({ length: 256 }, (_, level) => around(level));
	const least = Math.max(4, 0.002 * scanned, 0.1 * Math.max(...smooth));
	for (let level = 255; level >= DARKEST_GLASS; level--) {
		if (smooth[level]! >= least && smooth[level]! >= (smooth[level - 1] ?? 0)) return level;
	}
	return -1;
}

function brighterThan(histogram: Float64Array, level: number): number {
	let sum = 0;
	for (let i = level; i < 256; i++) sum += histogram[i]!;
	return sum;
}

/** A white for pictures without glass: where scanned areas end in brightness, but no dimmer than scanners set glass. */
function assumedWhite(histogram: Float64Array, scanned: number, whiteFill: number): number {
	if (whiteFill > 0) return 255;
	let level = 255;
	let above = 0;
	while (level > 0 && above + histogram[level]! < 0.01 * scanned) above += histogram[level--]!;
	return Math.max(level, 238);
}
