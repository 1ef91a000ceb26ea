import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { greyPicture, noisePicture } from '../testing/pictures.ts';
import { gpc, measureGpc } from './gpc.ts';

const VARIANTS = ['s-index', 'si', 'monte-carlo'] as const;

/** A bright square on dark ground: edges, so ordered phases. */
const square = (low: number, high: number, side = 48): RgbImage =>
	greyPicture(side, side, (x, y) => (x > 10 && x < 30 && y > 12 && y < 37 ? high : low));

describe('invariance', () => {
	test('to brightness and contrast', () => {
		const levels = fc.record({ gain: fc.integer({ min: 1, max: 15 }), offset: fc.integer({ min: 0, max: 30 }) });
		fc.assert(
			fc.property(levels, fc.constantFrom('s-index', 'si'), fc.nat(1000), ({ gain, offset }, variant, seed) => {
				const noise = noisePicture(20, 17, seed, 15);
				const changed = { ...noise, data: noise.data.map((value) => gain * value + offset) };
				const score = gpc(noise, { variant });
				expect(Math.abs(gpc(changed, { variant }) - score)).toBeLessThan(1e-10 * Math.max(1, score));
			}),
			{ numRuns: 50 },
		);
	});

	test('to turning the picture over, unless prepared: the half-pixel shift has a direction', () => {
		const picture = noisePicture(24, 31, 5, 255);
		const flipped = greyPicture(24, 31, (x, y) => picture.data[3 * (y * 24 + 23 - x)]!);
		const options = { preparation: 'periodic' } as const;
		expect(gpc(flipped, options)).toBeCloseTo(gpc(picture, options), 9);
	});

	test('to a negative', () => {
		const picture = noisePicture(32, 32, 9, 255);
		const negative = { ...picture, data: picture.data.map((value) => 255 - value) };
		expect(gpc(negative)).toBeCloseTo(gpc(picture), 10);
	});
});

describe('what it sees', () => {
	test.each(VARIANTS)('%s: edges above noise', (variant) => {
		expect(gpc(square(20, 220), { variant })).toBeGreaterThan(10 * gpc(noisePicture(48, 48, 3, 255), { variant }) + 1);
	});

	test.each(VARIANTS)('%s: an edge above its blurred self', (variant) => {
		const edge = (width: number): RgbImage =>
			greyPicture(64, 64, (x, y) => 120 + 100 * Math.tanh((Math.hypot(x - 31, y - 33) - 15) / width));
		expect(gpc(edge(0.3), { variant })).toBeGreaterThan(gpc(edge(2), { variant }));
		expect(gpc(edge(2), { variant })).toBeGreaterThan(gpc(edge(5), { variant }));
	});

	test('draws: the same for the same seed, close for another', () => {
		const draw = (seed: number): number => gpc(square(20, 220), { variant: 'monte-carlo', samples: 200, seed });
		expect(draw(7)).toBe(draw(7));
		expect(draw(8)).not.toBe(draw(7));
		expect(draw(8) / draw(7)).toBeCloseTo(1, 0);
	});

	test('drawn phases have the mean that the closed form gives', () => {
		const noise = noisePicture(64, 64, 4, 255);
		const drawn = measureGpc(noise, { variant: 'monte-carlo', samples: 400 });
		expect(drawn.mean / measureGpc(noise).mean).toBeCloseTo(1, 2);
	});
});

describe('edge cases', () => {
	test.each(VARIANTS)('%s of a flat picture is 0, colour or grey', (variant) => {
		for (const [r, g, b] of [
			[0, 0, 0],
			[255, 255, 255],
			[200, 150, 180],
		]) {
			const data = new Uint8Array(3 * 33 * 20).map((_, i) => [r, g, b][i % 3]!);
			expect(measureGpc({ layout: 'rgb', widthPx: 33, heightPx: 20, data }, { variant })).toEqual({
				score: 0,
				variation: { total: 0, squaresRight: 0, squaresDown: 0 },
				mean: 0,
				variance: 0,
				deviations: 0,
			});
		}
	});

	test('no picture of 2 x 2 pixels or more gives anything but a finite number from 0 on', () => {
		const pictures = fc
			.record({ widthPx: fc.integer({ min: 2, max: 9 }), heightPx: fc.integer({ min: 2, max: 9 }) })
			.chain(({ widthPx, heightPx }) =>
				fc
					.uint8Array({ minLength: 3 * widthPx * heightPx, maxLength: 3 * widthPx * heightPx })
					.map((data): RgbImage => ({ layout: 'rgb', widthPx, heightPx, data })),
			);
		fc.assert(
			fc.property(
				pictures,
				fc.constantFrom(...VARIANTS),
				fc.constantFrom('none', 'both'),
				(picture, variant, preparation) => {
					const score = gpc(picture, { variant, preparation, samples: 5 });
					expect(Number.isFinite(score)).toBe(true);
					expect(score).toBeGreaterThanOrEqual(-1e-12);
				},
			),
		);
	});

	test('stripes along one axis only', () => {
		const stripes = greyPicture(32, 32, (x) => (x % 8 < 4 ? 50 : 200));
		for (const variant of VARIANTS) expect(gpc(stripes, { variant, preparation: 'none' })).toBeGreaterThanOrEqual(0);
	});

	test('smaller pictures are refused', () => {
		for (const [width, height] of [
			[1, 1],
			[1, 50],
			[50, 1],
			[0, 0],
		] as const) {
			expect(() => gpc(greyPicture(width, height, () => 9))).toThrow(ArgumentError);
			expect(() => gpc(greyPicture(width, height, () => 9))).toThrow(`this one is ${width} x ${height}`);
		}
	});

	test.each([
		[{ samples: 1 }, /2 pictures or more; samples is 1/],
		[{ samples: 2.5 }, /samples is 2.5/],
		[{ samples: Number.NaN }, /samples is NaN/],
		[{ seed: 0.5 }, /whole number, not 0.5/],
	])('options %o are refused', (options, message) => {
		expect(() => gpc(square(0, 9), { variant: 'monte-carlo', ...options })).toThrow(ArgumentError);
		expect(() => gpc(square(0, 9), { variant: 'monte-carlo', ...options })).toThrow(message);
	});
});
