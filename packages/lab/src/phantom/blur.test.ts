import { expect, test } from 'vitest';
import { defocusPsf } from '../simulate/defocus.ts';
import { createBlur } from './blur.ts';
import { phantomOptics } from './options.ts';
import { createRaster, grow, type Raster } from './raster.ts';

const optics = phantomOptics(0.25);
const rect = { x: 64, y: 32, widthPx: 96, heightPx: 80 };

function source(defocusUm: number, fill: (x: number, y: number) => number): Raster {
	const raster = createRaster(grow(rect, createBlur(() => defocusUm, optics)(rect).haloPx));
	for (let i = 0; i < raster.data.length; i++) {
		const pixel = Math.floor(i / 3);
		raster.data[i] = fill(
			raster.rect.x + (pixel % raster.rect.widthPx),
			raster.rect.y + Math.floor(pixel / raster.rect.widthPx),
		);
	}
	return raster;
}

test.each([0, 0.6, 2, 3.3, 8])('even light stays as it is at %s µm', (defocusUm) => {
	const blur = createBlur(() => defocusUm, optics)(rect);
	const out = blur.apply(source(defocusUm, () => 0.4));
	expect(out.rect).toEqual(rect);
	for (const value of out.data) expect(value).toBeCloseTo(0.4, 5);
});

test.each([0, 0.6, 8])('no absorption stays exactly none at %s µm', (defocusUm) => {
	const blur = createBlur(() => defocusUm, optics)(rect);
	expect(blur.apply(source(defocusUm, () => 0)).data.every((value) => value === 0)).toBe(true);
});

test.each([
	[0, 0.05],
	[1, 0.05],
	[2, 0.05],
	// Wide blurs are computed on larger pixels.
	[4, 0.2],
	[8, 0.2],
])('a point spreads as physics says at %s µm', (defocusUm, tolerance) => {
	const blur = createBlur(() => defocusUm, optics)(rect);
	const out = blur.apply(source(defocusUm, (x, y) => (x === 112 && y === 72 ? 1000 : 0)));
	const psf = defocusPsf({ ...optics, defocusUm });
	const half = (psf.sizePx - 1) / 2;
	let error = 0;
	let energy = 0;
	for (let y = -36; y <= 36; y++) {
		for (let x = -36; x <= 36; x++) {
			const inside = Math.max(Math.abs(x), Math.abs(y)) <= half;
			const expected = inside ? 1000 * psf.data[(y + half) * psf.sizePx + x + half]! : 0;
			const found = out.data[3 * ((72 + y - rect.y) * rect.widthPx + 112 + x - rect.x)]!;
			error += (found - expected) ** 2;
			energy += expected ** 2;
		}
	}
	expect(Math.sqrt(error / energy)).toBeLessThan(tolerance);
});

test('the halo is just what the kernels need: less of it cannot be read, more changes nothing', () => {
	const blur = createBlur(() => 8, optics)(rect);
	const pattern = (x: number, y: number): number => ((x * 7 + y * 13) % 11) / 11;
	const exact = createRaster(grow(rect, blur.haloPx));
	const wider = createRaster(grow(rect, blur.haloPx + 9));
	for (const raster of [exact, wider]) {
		for (let i = 0; i < raster.data.length; i++) {
			const pixel = Math.floor(i / 3);
			raster.data[i] = pattern(
				raster.rect.x + (pixel % raster.rect.widthPx),
				raster.rect.y + Math.floor(pixel / raster.rect.widthPx),
			);
		}
	}
	expect(blur.apply(exact).data).toEqual(blur.apply(wider).data);
});

test('a slope of defocus is the same however it is cut', () => {
	const blur = createBlur((x) => Math.max(0, (x - 80) / 16), optics);
	const pattern = (x: number, y: number): number => ((x * 7 + y * 13) % 11) / 11;
	const render = (part: Raster['rect']): Raster => {
		const here = blur(part);
		const raster = createRaster(grow(part, here.haloPx));
		for (let i = 0; i < raster.data.length; i++) {
			const pixel = Math.floor(i / 3);
			raster.data[i] = pattern(
				raster.rect.x + (pixel % raster.rect.widthPx) + 1000,
				raster.rect.y + Math.floor(pixel / raster.rect.widthPx) + 1000,
			);
		}
		return here.apply(raster);
	};
	const whole = render(rect);
	const part = render({ x: 101, y: 50, widthPx: 33, heightPx: 29 });
	for (let y = 0; y < 29; y++) {
		for (let i = 0; i < 99; i++) expect(part.data[99 * y + i]).toBe(whole.data[3 * ((y + 18) * 96 + 37) + i]);
	}
});
