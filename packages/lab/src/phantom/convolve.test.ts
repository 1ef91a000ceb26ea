import { expect, test } from 'vitest';
import { convolve } from './convolve.ts';
import type { LowRankKernel } from './low-rank.ts';
import { hash } from './random.ts';
import { createRaster, grow, type Raster } from './raster.ts';

const kernel: LowRankKernel = {
	halfPx: 2,
	terms: [
		{ weight: 0.8, profile: Float64Array.of(0.5, 0.2, 0.05) },
		{ weight: -0.1, profile: Float64Array.of(0.3, -0.4, 0.1) },
	],
};

function randomRaster(rect: Raster['rect']): Raster {
	const raster = createRaster(rect);
	for (let i = 0; i < raster.data.length; i++) {
		const pixel = Math.floor(i / 3);
		const x = rect.x + (pixel % rect.widthPx);
		const y = rect.y + Math.floor(pixel / rect.widthPx);
		raster.data[i] = hash(x, y, i % 3) / 2 ** 32;
	}
	return raster;
}

function plainly(source: Raster, x: number, y: number, channel: number): number {
	let sum = 0;
	for (let dy = -2; dy <= 2; dy++) {
		for (let dx = -2; dx <= 2; dx++) {
			const at = (y + dy - source.rect.y) * source.rect.widthPx + x + dx - source.rect.x;
			const value = source.data[3 * at + channel]!;
			for (const { weight, profile } of kernel.terms) {
				sum += weight * profile[Math.abs(dx)]! * profile[Math.abs(dy)]! * value;
			}
		}
	}
	return sum;
}

test.each([
	[1, 1],
	[5, 3],
	[17, 9],
	[64, 20],
])('%s x %s pixels, by the definition', (widthPx, heightPx) => {
	const rect = { x: -3, y: 11, widthPx, heightPx };
	const source = randomRaster(grow(rect, 4));
	const out = convolve(source, rect, kernel);
	expect(out.rect).toEqual(rect);
	for (let i = 0; i < out.data.length; i++) {
		const pixel = Math.floor(i / 3);
		const expected = plainly(source, rect.x + (pixel % widthPx), rect.y + Math.floor(pixel / widthPx), i % 3);
		expect(out.data[i]).toBeCloseTo(expected, 5);
	}
});

test('the same bits whatever the cut', () => {
	const whole = convolve(
		randomRaster({ x: 0, y: 0, widthPx: 80, heightPx: 60 }),
		{ x: 8, y: 8, widthPx: 64, heightPx: 44 },
		kernel,
	);
	const rect = { x: 21, y: 13, widthPx: 30, heightPx: 25 };
	const part = convolve(randomRaster(grow(rect, 2)), rect, kernel);
	for (let y = 0; y < rect.heightPx; y++) {
		for (let i = 0; i < 3 * rect.widthPx; i++) {
			const there = 3 * ((y + 5) * 64 + 13) + i;
			expect(part.data[3 * y * rect.widthPx + i]).toBe(whole.data[there]);
		}
	}
});

test('nothing in, exactly nothing out', () => {
	const rect = { x: 0, y: 0, widthPx: 40, heightPx: 40 };
	expect(convolve(createRaster(grow(rect, 2)), rect, kernel).data.every((value) => value === 0)).toBe(true);
});

test('large and small images in turn', () => {
	const large = { x: 0, y: 0, widthPx: 300, heightPx: 200 };
	const small = { x: 0, y: 0, widthPx: 8, heightPx: 8 };
	const before = convolve(randomRaster(grow(small, 2)), small, kernel).data;
	convolve(randomRaster(grow(large, 2)), large, kernel);
	expect(convolve(randomRaster(grow(small, 2)), small, kernel).data).toEqual(before);
});
