import { describe, expect, test } from 'vitest';
import { withSpectrum } from '../signal/spectrum.ts';
import { type Preparation, preparePicture } from './prepare.ts';

/** The prepared picture's real part, its largest imaginary part, and its mean. */
function prepared(widthPx: number, heightPx: number, levelAt: (x: number, y: number) => number, how: Preparation) {
	const data = Float64Array.from({ length: widthPx * heightPx }, (_, i) =>
		levelAt(i % widthPx, Math.floor(i / widthPx)),
	);
	return withSpectrum(widthPx, heightPx, 2, (spectrum) => {
		preparePicture(spectrum, { widthPx, heightPx, data }, how);
		const image = spectrum.images[0]!.slice();
		return {
			at: (x: number, y: number): number => image[2 * (y * widthPx + x)]!,
			frequency: spectrum.images[1]!.slice(),
		};
	});
}

const wave = (x: number): number => 5 + 3 * Math.cos((2 * Math.PI * 2 * x) / 15 + 0.4);

describe('shift', () => {
	test('a wave moves by half a pixel on both axes', () => {
		const { at } = prepared(15, 12, (x, y) => wave(x) + 2 * Math.sin((2 * Math.PI * 5 * y) / 12), 'shift');
		for (const [x, y] of [
			[0, 0],
			[4, 7],
			[14, 11],
		] as const) {
			expect(at(x, y)).toBeCloseTo(wave(x - 0.5) + 2 * Math.sin((2 * Math.PI * 5 * (y - 0.5)) / 12), 11);
		}
	});

	test('the finest wave vanishes along one axis, and turns over along both', () => {
		const columns = prepared(8, 6, (x) => (x % 2 === 0 ? 1 : -1), 'shift');
		expect(Math.abs(columns.at(3, 2))).toBeLessThan(1e-14);
		const checkers = prepared(8, 6, (x, y) => ((x + y) % 2 === 0 ? 1 : -1), 'shift');
		expect(checkers.at(0, 0)).toBeCloseTo(-1, 13);
		expect(checkers.at(1, 0)).toBeCloseTo(1, 13);
	});
});

describe('periodic part', () => {
	test('of a picture that fits its own borders up to a step of one pixel is nearly itself', () => {
		const { at } = prepared(30, 20, wave, 'none');
		expect(at(7, 9)).toBeCloseTo(wave(7), 12);
	});

	test('keeps the mean and takes the jump out of a ramp', () => {
		const ramp = (x: number): number => 10 * x;
		const raw = prepared(32, 16, ramp, 'none');
		const smooth = prepared(32, 16, ramp, 'periodic');
		expect(smooth.frequency[0]).toBeCloseTo(raw.frequency[0]!, 8);
		expect(Math.abs(raw.at(31, 5) - raw.at(0, 5))).toBeCloseTo(310, 9);
		expect(Math.abs(smooth.at(31, 5) - smooth.at(0, 5))).toBeLessThan(31);
	});

	test('solves its equation: the smooth part has the border jumps as Laplacian', () => {
		const level = (x: number, y: number): number => ((x * 37 + y * 101 + x * x * y) % 97) + x;
		const [width, height] = [9, 7];
		const { at } = prepared(width, height, level, 'periodic');
		const smooth = (x: number, y: number): number => {
			const [column, row] = [(x + width) % width, (y + height) % height];
			return level(column, row) - at(column, row);
		};
		for (let y = 0; y < height; y++) {
			for (let x = 0; x < width; x++) {
				let jump = 0;
				if (y === 0) jump += level(x, 0) - level(x, height - 1);
				if (y === height - 1) jump -= level(x, 0) - level(x, height - 1);
				if (x === 0) jump += level(0, y) - level(width - 1, y);
				if (x === width - 1) jump -= level(0, y) - level(width - 1, y);
				const around = smooth(x - 1, y) + smooth(x + 1, y) + smooth(x, y - 1) + smooth(x, y + 1);
				expect(4 * smooth(x, y) - around).toBeCloseTo(jump, 10);
			}
		}
	});
});
