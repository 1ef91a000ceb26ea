import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../errors.ts';
import { cropRgb } from '../../image/crop.ts';
import { hasShared } from '../../testing/shared.ts';
import { goldenCases, readGoldenPicture } from '../testing/golden.ts';
import { blurredPicture, greyPicture, noisePicture } from '../testing/pictures.ts';
import { cosineDictionary } from './dictionary.ts';
import { measureSparish, sparish } from './sparish.ts';

describe.skipIf(!hasShared)("the authors' code with the cosine dictionary", () => {
	test.each(goldenCases('SPARISH-odct'))('%s', async (name, { score, intermediates }) => {
		const measured = measureSparish(await readGoldenPicture(name));
		const { blocks, kept, energy, variance } = intermediates as Readonly<Record<string, number>>;
		expect(measured.score / score).toBeCloseTo(1, 10);
		expect(measured.energy / energy!).toBeCloseTo(1, 10);
		expect(measured.variance / variance!).toBeCloseTo(1, 12);
		expect([measured.blocks, measured.kept]).toEqual([blocks, kept]);
	});

	test('a real tile falls with blur', async () => {
		const tile = await readGoldenPicture('i_9651_j_81514-1024');
		for (const [x, y] of [
			[0, 0],
			[500, 300],
		] as const) {
			const crop = cropRgb(tile, { x, y, widthPx: 256, heightPx: 256 });
			const scores = [0.6, 1, 1.5, 2, 3, 4].map((sigma) => sparish(blurredPicture(crop, sigma)));
			expect(scores.toSorted((a, b) => b - a)).toEqual(scores);
			expect(sparish(crop)).toBeGreaterThan(scores[0]!);
		}
	});
});

describe('invariance', () => {
	test('to brightness, and to contrast where levels stay whole', () => {
		fc.assert(
			fc.property(fc.nat(), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 40 }), (seed, gain, offset) => {
				const noise = noisePicture(40, 32, seed, 25);
				const changed = { ...noise, data: noise.data.map((value) => gain * value + offset) };
				expect(sparish(changed) / sparish(noise)).toBeCloseTo(1, 9);
			}),
			{ numRuns: 30 },
		);
	});

	test('to what lies beyond the last whole block', () => {
		const noise = noisePicture(47, 39, 3, 255);
		expect(sparish(noise)).toBe(sparish(cropRgb(noise, { x: 0, y: 0, widthPx: 40, heightPx: 32 })));
	});

	test('to the order of atoms and their signs', () => {
		const { atoms, data } = cosineDictionary();
		const reversed = new Float64Array(data.length);
		for (let atom = 0; atom < atoms; atom++) {
			const from = data.subarray(64 * atom, 64 * (atom + 1)).map((value) => -value);
			reversed.set(from, 64 * (atoms - 1 - atom));
		}
		const noise = noisePicture(64, 64, 3, 255);
		expect(sparish(noise, { dictionary: { atoms, data: reversed } })).toBeCloseTo(sparish(noise), 9);
	});
});

describe('edge cases', () => {
	test.each([0, 90, 255])('a flat picture of level %i has no score', (level) => {
		expect(measureSparish(greyPicture(40, 24, () => level))).toEqual({
			score: Number.NaN,
			blocks: 15,
			kept: 9,
			energy: 0,
			variance: 0,
		});
	});

	test('nor has a checkerboard that fits the blocks', () => {
		expect(sparish(greyPicture(64, 64, (x, y) => 200 * ((Math.floor(x / 8) + Math.floor(y / 8)) % 2)))).toBeNaN();
	});

	test('two blocks are enough, one counts', () => {
		const { score, blocks, kept } = measureSparish(noisePicture(8, 16, 1, 255));
		expect([blocks, kept]).toEqual([2, 1]);
		expect(score).toBeGreaterThan(0);
	});

	test('finite and not negative for any picture that is not flat', () => {
		fc.assert(
			fc.property(
				fc.nat(),
				fc.integer({ min: 16, max: 60 }),
				fc.integer({ min: 1, max: 255 }),
				(seed, side, maximum) => {
					const score = sparish(noisePicture(side, side, seed, maximum));
					expect(score).toBeGreaterThan(0);
					expect(Number.isFinite(score)).toBe(true);
				},
			),
			{ numRuns: 40 },
		);
	});

	test('smaller pictures are refused', () => {
		for (const [width, height] of [
			[0, 0],
			[8, 8],
			[15, 15],
			[7, 400],
		] as const) {
			const attempt = () => sparish(greyPicture(width, height, () => 1));
			expect(attempt).toThrow(ArgumentError);
			expect(attempt).toThrow(`two blocks of 8 x 8 pixels; this one is ${width} x ${height}`);
		}
	});

	test('so are dictionaries of a wrong size', () => {
		const noise = noisePicture(32, 32, 1, 9);
		for (const [atoms, numbers] of [
			[256, 100],
			[100, 6400],
			[0, 0],
			[8192, 8192 * 64],
		] as const) {
			const attempt = () => sparish(noise, { dictionary: { atoms, data: new Float64Array(numbers) } });
			expect(attempt).toThrow(ArgumentError);
			expect(attempt).toThrow(`this one has ${atoms} atoms and ${numbers} numbers`);
		}
	});
});
