import { expect, test } from 'vitest';
import { ArgumentError } from '../errors.ts';
import { resampleRoi } from './resample-roi.ts';
import { roiFromGeoJson, roiFromMask } from './roi.ts';
import { paint } from './testing/picture.ts';

const slideSize = { widthPx: 10_240, heightPx: 5_120 };
const box = (left: number, top: number, right: number, bottom: number) => ({
	type: 'Polygon',
	coordinates: [
		[
			[left, top],
			[right, top],
			[right, bottom],
			[left, bottom],
			[left, top],
		],
	],
});
const inside = ({ classes }: { classes: Uint8Array }) => classes.reduce((sum, code) => sum + code, 0) / classes.length;

test('a polygon becomes a mask of its area', () => {
	const roi = roiFromGeoJson(box(1000, 500, 6120, 3060), slideSize);
	expect(roi).toMatchObject({ widthPx: 2048, heightPx: 1024, downsampleX: 5, downsampleY: 5, source: 'roi' });
	expect(inside(roi)).toBeCloseTo((5120 * 2560) / (10_240 * 5_120), 3);
	expect(roi.classes[100 * 2048 + 200]).toBe(1);
	expect(roi.classes[99 * 2048 + 200]).toBe(0);
});

test('small slides are drawn pixel by pixel', () => {
	expect(roiFromGeoJson(box(0, 0, 50, 50), { widthPx: 300, heightPx: 200 })).toMatchObject({
		widthPx: 300,
		heightPx: 200,
		downsampleX: 1,
	});
});

test('a polygon beside the slide is refused with a hint', () => {
	expect(() => roiFromGeoJson(box(20_000, 0, 30_000, 1000), slideSize)).toThrow(ArgumentError);
	expect(() => roiFromGeoJson(box(20_000, 0, 30_000, 1000), slideSize)).toThrow(/full-resolution pixels/);
});

test('a mask picture of any scale: not black is inside', () => {
	const roi = roiFromMask(
		paint(256, 128, (x, y) => (x >= 128 && y < 64 ? [0, 0, 1] : [0, 0, 0])),
		slideSize,
	);
	expect(roi).toMatchObject({ widthPx: 256, heightPx: 128, downsampleX: 40, downsampleY: 40, source: 'roi' });
	expect(inside(roi)).toBe(0.25);
});

test('large masks are thinned', () => {
	const roi = roiFromMask(
		paint(4100, 41, (x) => (x < 2050 ? [255, 255, 255] : [0, 0, 0])),
		{ widthPx: 41_000, heightPx: 410 },
	);
	expect(roi.widthPx).toBe(2050);
	expect(roi.downsampleX).toBe(20);
	expect(inside(roi)).toBe(0.5);
});

test('masks of other proportions, and black ones, are refused', () => {
	const white = (width: number, height: number) => paint(width, height, () => [255, 255, 255]);
	expect(() => roiFromMask(white(100, 100), slideSize)).toThrow(/100 x 100 beside 10240 x 5120/);
	expect(() => roiFromMask(white(100, 51), slideSize)).not.toThrow();
	expect(() =>
		roiFromMask(
			paint(100, 50, () => [0, 0, 0]),
			slideSize,
		),
	).toThrow(/black everywhere/);
});

test('a region on another grid keeps its place', () => {
	const roi = roiFromGeoJson(box(2560, 0, 5120, 5120), slideSize);
	const grid = { widthPx: 160, heightPx: 80, downsampleX: 64, downsampleY: 64 };
	const resampled = resampleRoi(roi, grid);
	for (const [x, expected] of [
		[39, 0],
		[40, 1],
		[79, 1],
		[80, 0],
	] as const) {
		expect(resampled[10 * 160 + x]).toBe(expected);
	}
	// A place that begins beyond the region's grid is outside it.
	const wider = resampleRoi(roi, { ...grid, widthPx: 200 });
	expect(wider[10 * 200 + 199]).toBe(0);
});
