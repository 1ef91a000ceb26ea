import { expect, test } from 'vitest';
import { GLASS_BYTE, photograph } from './camera.ts';
import { createRaster, type Raster } from './raster.ts';

const rect = { x: 640, y: 128, widthPx: 96, heightPx: 96 };

function picture(absorbed: number | undefined, seed = 1, where: Raster['rect'] = rect): Uint8Array {
	const raster = absorbed === undefined ? undefined : createRaster(where);
	raster?.data.fill(absorbed!);
	const out = new Uint8Array(3 * where.widthPx * where.heightPx);
	photograph(raster, where, seed, out);
	return out;
}

function statistics(data: Uint8Array, channel: number): { mean: number; deviation: number } {
	let sum = 0;
	let squares = 0;
	for (let i = channel; i < data.length; i += 3) {
		sum += data[i]!;
		squares += data[i]! ** 2;
	}
	const count = data.length / 3;
	return { mean: sum / count, deviation: Math.sqrt(squares / count - (sum / count) ** 2) };
}

test('glass is bright, nearly neutral, and not quite even', () => {
	const glass = picture(undefined);
	for (const channel of [0, 1, 2]) {
		const { mean, deviation } = statistics(glass, channel);
		expect(Math.abs(mean - GLASS_BYTE)).toBeLessThan(4);
		expect(deviation).toBeGreaterThan(0.4);
		expect(deviation).toBeLessThan(2);
	}
});

test('glass looks the same whether its absorption is 0 or not given', () => {
	expect(picture(0)).toEqual(picture(undefined));
});

test('brightness follows sRGB, noise that of photons', () => {
	const bright = statistics(picture(0.2), 1);
	const dark = statistics(picture(0.95), 1);
	const srgb = (light: number): number => 255 * (1.055 * light ** (1 / 2.4) - 0.055);
	expect(Math.abs(bright.mean - srgb(0.8 * 0.885))).toBeLessThan(3);
	expect(Math.abs(dark.mean - srgb(0.05 * 0.885))).toBeLessThan(2);
	// Standard deviation 0.01 sqrt(light), through the slope of the curve.
	expect(bright.deviation).toBeCloseTo(255 * 0.01 * 0.84 * (1.055 / 2.4) * 0.708 ** (1 / 2.4 - 1), 0);
	expect(dark.deviation).toBeGreaterThan(0.6);
});

test('noise is not the same in two places, two channels or two seeds, and the same otherwise', () => {
	const one = picture(0.5);
	expect(picture(0.5)).toEqual(one);
	expect(picture(0.5, 2)).not.toEqual(one);
	expect(picture(0.5, 1, { ...rect, x: 641 })).not.toEqual(one);
	let product = 0;
	const red = statistics(one, 0);
	const green = statistics(one, 1);
	for (let i = 0; i < one.length; i += 3) product += (one[i]! - red.mean) * (one[i + 1]! - green.mean);
	expect(Math.abs(product / (one.length / 3) / red.deviation / green.deviation)).toBeLessThan(0.1);
});

test('does not depend on the cut', () => {
	const whole = picture(0.3);
	const part = picture(0.3, 1, { x: 660, y: 150, widthPx: 50, heightPx: 30 });
	for (let y = 0; y < 30; y++) {
		const row = 3 * ((y + 22) * 96 + 20);
		expect(part.subarray(150 * y, 150 * (y + 1))).toEqual(whole.subarray(row, row + 150));
	}
});

test('light beyond black and white stays in range', () => {
	expect(Math.max(...picture(1.5))).toBeLessThan(20);
	expect(Math.min(...picture(-0.5))).toBeGreaterThan(240);
});
