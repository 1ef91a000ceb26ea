import type { RectPx } from '@parfocal/core';
import { expect, test } from 'vitest';
import { type PhantomOptions, resolvePhantomOptions } from './options.ts';
import type { DefocusRegion } from './plan.ts';
import { createPhantomRenderer, type PhantomRenderer } from './render.ts';

function rendererOf(options: PhantomOptions): PhantomRenderer {
	return createPhantomRenderer(resolvePhantomOptions(options));
}

/** Variance of the Laplacian of luma: how much fine detail there is. */
function detail(renderer: PhantomRenderer, rect: RectPx): number {
	const { data } = renderer.render(rect);
	const { widthPx: width, heightPx: height } = rect;
	const luma = Float64Array.from({ length: width * height }, (_, i) => {
		return 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
	});
	let sum = 0;
	let squares = 0;
	let count = 0;
	for (let y = 1; y < height - 1; y++) {
		for (let x = 1; x < width - 1; x++, count++) {
			const i = y * width + x;
			const laplacian = 4 * luma[i]! - luma[i - 1]! - luma[i + 1]! - luma[i - width]! - luma[i + width]!;
			sum += laplacian;
			squares += laplacian * laplacian;
		}
	}
	return squares / count - (sum / count) ** 2;
}

function crop({ data }: { data: Uint8Array }, width: number, rect: RectPx): Uint8Array {
	const rows = Array.from({ length: rect.heightPx }, (_, y) => {
		const from = 3 * ((rect.y + y) * width + rect.x);
		return data.subarray(from, from + 3 * rect.widthPx);
	});
	return Buffer.concat(rows);
}

test.each(['islands', 'everywhere', 'half'] as const)('any cut gives the same pixels: %s', (tissue) => {
	const renderer = rendererOf({ widthPx: 1500, heightPx: 1100, tissue, seed: 4 });
	// Two renderers: what one has rendered before must not matter either.
	const other = rendererOf({ widthPx: 1500, heightPx: 1100, tissue, seed: 4 });
	const whole = renderer.render({ x: 96, y: 40, widthPx: 640, heightPx: 300 });
	for (const part of [
		{ x: 0, y: 0, widthPx: 256, heightPx: 256 },
		{ x: 301, y: 17, widthPx: 97, heightPx: 211 },
		{ x: 635, y: 120, widthPx: 5, heightPx: 180 },
		{ x: 400, y: 299, widthPx: 240, heightPx: 1 },
	]) {
		const rendered = other.render({ ...part, x: part.x + 96, y: part.y + 40 });
		expect(Buffer.compare(rendered.data, crop(whole, 640, part))).toBe(0);
	}
});

test('another seed, another slide', () => {
	const rect = { x: 300, y: 300, widthPx: 64, heightPx: 64 };
	const one = rendererOf({ tissue: 'everywhere', seed: 1 }).render(rect).data;
	expect(rendererOf({ tissue: 'everywhere', seed: 1 }).render(rect).data).toEqual(one);
	expect(rendererOf({ tissue: 'everywhere', seed: 2 }).render(rect).data).not.toEqual(one);
});

test('sharp tissue has as much detail as real scans in focus, and colours of haematoxylin and eosin', () => {
	const renderer = rendererOf({ tissue: 'everywhere', widthPx: 4096, heightPx: 4096 });
	const values: number[] = [];
	const means = [0, 0, 0];
	for (let y = 64; y < 4096; y += 500) {
		for (let x = 64; x < 4096; x += 500) {
			const rect = { x, y, widthPx: 128, heightPx: 128 };
			const centre = renderer.defocusAt(x + 64, y + 64);
			const { places, data } = renderer.render(rect);
			const textured = places.kinds.filter((kind) => kind === 1).length / places.kinds.length;
			if (centre > 0 || textured < 0.9) continue;
			values.push(detail(renderer, rect));
			for (let i = 0; i < data.length; i++) means[i % 3]! += data[i]! / (data.length / 3);
		}
	}
	expect(values.length).toBeGreaterThan(8);
	values.sort((a, b) => a - b);
	// Real 40x scans: 70 to 600 (see the manifest of the reference images).
	expect(values[values.length >> 1]).toBeGreaterThan(120);
	expect(values[values.length >> 1]).toBeLessThan(500);
	expect(values[0]).toBeGreaterThan(60);
	const [red, green, blue] = means.map((sum) => sum / values.length) as [number, number, number];
	expect(green).toBeLessThan(blue);
	expect(green).toBeLessThan(red);
	expect(green).toBeGreaterThan(110);
	expect(red).toBeLessThan(235);
});

test('detail falls with every step of defocus, on the same tissue', () => {
	const options = resolvePhantomOptions({ tissue: 'everywhere', widthPx: 2048, heightPx: 2048, seed: 3 });
	const renderer = createPhantomRenderer(options);
	// Sharpness of the plateau of each patch, against the same area of a sharp slide's nearest neighbours.
	const patches = renderer.plan.regions.filter(
		(region): region is Extract<DefocusRegion, { kind: 'patch' }> => region.kind === 'patch',
	);
	const found = patches
		.toSorted((a, b) => a.defocusUm - b.defocusUm)
		.map((patch) => {
			const rect = { x: Math.round(patch.x) - 60, y: Math.round(patch.y) - 60, widthPx: 120, heightPx: 120 };
			expect(renderer.defocusAt(patch.x, patch.y)).toBe(patch.defocusUm);
			return detail(renderer, rect);
		});
	expect(found[0]).toBeLessThan(110);
	expect(found[1]).toBeLessThan(0.8 * found[0]!);
	// Beyond 2 µm what is left is the camera's noise.
	expect(found[3]).toBeLessThan(30);
	expect(found[3]).toBeGreaterThan(5);
});

test('along a tilt detail falls as defocus grows', () => {
	const renderer = rendererOf({ widthPx: 4096, heightPx: 4096, tissue: 'everywhere', seed: 2 });
	const tilt = renderer.plan.regions.find(({ kind }) => kind === 'tilt') as Extract<DefocusRegion, { kind: 'tilt' }>;
	const y = Math.round(tilt.y + tilt.heightPx / 2) - 150;
	const at = [0.13, 0.3, 0.7].map((share) => {
		const x = Math.round(tilt.x + share * tilt.widthPx) - 40;
		return detail(renderer, { x, y, widthPx: 80, heightPx: 300 });
	});
	expect(at[1]).toBeLessThan(at[0]!);
	expect(at[2]).toBeLessThan(at[1]!);
});

test('glass is empty but for dust', () => {
	const renderer = rendererOf({ tissue: 'half', widthPx: 8192, heightPx: 8192 });
	const { data, places } = renderer.render({ x: 6000, y: 6000, widthPx: 512, heightPx: 512 });
	expect(places.kinds.every((kind) => kind === 0)).toBe(true);
	const dark = data.filter((value) => value < 225).length / data.length;
	expect(dark).toBeLessThan(0.02);
	let specks = 0;
	for (let x = 5000; x < 8000; x += 500) {
		const tile = renderer.render({ x, y: 2000, widthPx: 500, heightPx: 2000 });
		specks += tile.data.filter((value) => value < 150).length;
	}
	expect(specks).toBeGreaterThan(100);
});

test('rectangles beyond the edges can be rendered too', () => {
	const renderer = rendererOf({ widthPx: 300, heightPx: 300 });
	expect(renderer.render({ x: -50, y: 280, widthPx: 100, heightPx: 100 }).data).toHaveLength(30_000);
});

test.each([0.1, 0.5, 1, 2])('other pixel sizes work: %s µm', (mpp) => {
	const renderer = rendererOf({ widthPx: 2000, heightPx: 2000, mpp, tissue: 'everywhere' });
	const { data } = renderer.render({ x: 900, y: 300, widthPx: 128, heightPx: 128 });
	const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
	expect(mean).toBeGreaterThan(100);
	expect(mean).toBeLessThan(240);
});
