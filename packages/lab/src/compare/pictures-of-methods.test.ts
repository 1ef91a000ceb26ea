import { ArgumentError, type RgbImage } from '@parfocal/core';
import { expect, test } from 'vitest';
import { heatMapPicture, windowScores } from './heat-maps.ts';
import { kernelPicture, spectrum, summedTaps } from './kernel-picture.ts';
import { openScorer } from './scorer.ts';

const size = 7;
const grid = (of: (row: number, column: number) => number): number[][] =>
	Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => of(row, column)));

test('a single tap answers to all frequencies alike, a mean to none but the lowest, a difference to none of those', () => {
	for (const value of spectrum(grid((r, c) => (r === 3 && c === 2 ? 2 : 0))).flat()) expect(value).toBeCloseTo(2, 12);
	const mean = spectrum(
		grid(() => 1 / 49),
		15,
	);
	expect(mean[7]![7]).toBeCloseTo(1, 12);
	expect(Math.max(...mean[0]!)).toBeLessThan(0.2);
	const difference = spectrum(
		grid((r, c) => (r === 3 && c === 3 ? 1 : r === 3 && c === 4 ? -1 : 0)),
		15,
	);
	expect(difference[7]![7]).toBeCloseTo(0, 12);
	expect(difference[7]![0]).toBeCloseTo(2, 12);
	expect(difference[0]![7]).toBeCloseTo(0, 12);
});

test('channels are added up, kernel by kernel', () => {
	const weights = Array.from({ length: 2 * 3 * 49 }, (_, i) => Math.floor(i / 49));
	expect(summedTaps(weights, 0, 3)).toEqual(grid(() => 0 + 1 + 2));
	expect(summedTaps(weights, 1, 3)).toEqual(grid(() => 3 + 4 + 5));
});

test('a picture of kernels names them, two a model at most', () => {
	const models = [{ name: 'ten', channels: 1, weights: Float32Array.from({ length: 490 }, (_, i) => Math.sin(i)) }];
	const svg = kernelPicture(models, 'Kernels');
	expect(svg.match(/: taps</g)).toHaveLength(2);
	expect(svg.match(/>frequencies</g)).toHaveLength(2);
	expect(kernelPicture([{ ...models[0]!, weights: models[0]!.weights.slice(0, 49) }], 'K')).toContain('>ten: taps<');
});

/** Noise on the left, an even ramp on the right. */
function halfSharp(widthPx: number, heightPx: number): RgbImage {
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let i = 0; i < data.length; i++) {
		const x = Math.floor(i / 3) % widthPx;
		data[i] = x < widthPx / 2 ? 90 + ((i * 7919) % 120) : 90 + (60 * x) / widthPx + (i % 2);
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

test('windows of the blurry half score blurrier', async () => {
	const scores = await windowScores(halfSharp(235 + 64 * 6, 235 + 64), await openScorer('laplacian-variance'));
	expect(scores.map((row) => row.length)).toEqual([7, 7]);
	for (const row of scores) expect(row.at(-1)!).toBeGreaterThan(row[0]!);
	await expect(windowScores(halfSharp(200, 300), await openScorer('mlv'))).rejects.toThrow(ArgumentError);
});

test('heat maps: relative for all, absolute for what has a scale', async () => {
	const scorers = [await openScorer('laplacian-variance'), await openScorer('focuslitenn-1-min')];
	const svg = await heatMapPicture(halfSharp(300, 300), scorers, 'Maps');
	expect(svg).toContain('>laplacian-variance, relative<');
	expect(svg).not.toContain('>laplacian-variance, 0 to');
	expect(svg).toContain('>focuslitenn-1-min, 0 to 12<');
});
