/** The definitions are those of the libraries that the papers' code used: their values on small pictures. */
import { expect, test } from 'vitest';
import { moveSquare } from './affine.ts';
import { resample } from './resample.ts';
import { saturate } from './saturation.ts';
import { formulaPicture, MOVED, RESAMPLED, SATURATED } from './testing/other-libraries.ts';

function largestDifference(own: ArrayLike<number>, other: readonly number[]): number {
	expect(own.length).toBe(other.length);
	return other.reduce((most, value, i) => Math.max(most, Math.abs(value - own[i]!)), 0);
}

// OpenCV's fixed-point weights and Pillow's rounding between the axes cost a level; the mean of an area is exact.
test.each([
	['bilinear', 1],
	['bilinear-antialias', 1],
	['box', 0],
] as const)("resampling by %s is the other library's to %i level", (method, tolerance) => {
	for (const sample of RESAMPLED) {
		const [widthPx, heightPx] = sample.from;
		const image = { layout: 'rgb', widthPx, heightPx, data: formulaPicture(widthPx, heightPx) } as const;
		const own = resample(image, { method, widthPx: sample.to[0], heightPx: sample.to[1] });
		expect(largestDifference(own.data, sample[method])).toBeLessThanOrEqual(tolerance);
	}
});

test('the methods are told apart by these pictures', () => {
	const [{ bilinear, box, 'bilinear-antialias': antialias }] = RESAMPLED;
	expect(largestDifference(bilinear, box)).toBeGreaterThan(30);
	expect(largestDifference(antialias, box)).toBeGreaterThan(5);
});

test.each(MOVED)(
	"turned by $degrees degrees, shifted by $shiftYPx, zoomed by $scale: every value is Pillow's",
	(sample) => {
		const move = {
			radians: (sample.degrees * Math.PI) / 180,
			shiftXPx: 0,
			shiftYPx: sample.shiftYPx,
			scale: sample.scale,
		};
		for (const how of ['nearest', 'bilinear'] as const) {
			const into = new Uint8Array(3 * 49);
			moveSquare(formulaPicture(7, 7), 7, move, how, into);
			const red = Array.from({ length: 49 }, (_, i) => into[3 * i]!);
			expect(red).toEqual(sample[how]);
		}
	},
);

test.each(SATURATED)("saturation by $factor: every value is Pillow's", ({ factor, values }) => {
	const own = formulaPicture(4, 2);
	saturate(own, factor);
	expect([...own]).toEqual(values);
});
