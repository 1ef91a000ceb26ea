import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TISSUE_CLASS, type TissueMask } from '../tissue/tissue-mask.ts';
import { coverPlaces, type Places } from './coverage.ts';
import { VALIDITY } from './focus-map.ts';

const { glass: G, tissue: T, littleTexture: L, penMark: P } = TISSUE_CLASS;

const maskFrom = (rows: readonly (readonly number[])[], downsample = 64): TissueMask => ({
	widthPx: rows[0]!.length,
	heightPx: rows.length,
	downsampleX: downsample,
	downsampleY: downsample,
	classes: Uint8Array.from(rows.flat()),
	source: 'detected',
});

const cells = (columns: number, rows: number): Places => ({
	originXPx: 0,
	originYPx: 0,
	stepPx: 64,
	sizePx: 64,
	columns,
	rows,
});

test('on the same grid a place is what its pixel is', () => {
	const { validity, tissueFraction } = coverPlaces(maskFrom([[G, T, L, P]]), cells(4, 1), {
		widthPx: 256,
		heightPx: 64,
	});
	expect(Array.from(validity)).toEqual([
		VALIDITY.background,
		VALIDITY.assessable,
		VALIDITY.littleTexture,
		VALIDITY.penMark,
	]);
	expect(Array.from(tissueFraction)).toEqual([0, 1, 1, 0]);
});

test('a place with more than a quarter of glass is not judged', () => {
	// Mask pixels of 80: the second cell is a quarter the first one.
	const size = { widthPx: 128, heightPx: 64 };
	const { validity, tissueFraction } = coverPlaces(maskFrom([[G, T]], 80), cells(2, 1), size);
	expect(tissueFraction[1]).toBeCloseTo(0.75, 6);
	expect(Array.from(validity)).toEqual([VALIDITY.background, VALIDITY.assessable]);
	const less = coverPlaces(maskFrom([[G, T]], 81), cells(2, 1), size);
	expect(less.validity[1]).toBe(VALIDITY.background);
});

test('lumens count as tissue, where the rest is at least half', () => {
	const place = { ...cells(1, 1), sizePx: 128, stepPx: 128 };
	const size = { widthPx: 128, heightPx: 128 };
	const of = (...classes: number[]) =>
		coverPlaces(maskFrom([classes.slice(0, 2), classes.slice(2)]), place, size).validity[0];
	expect(of(T, T, L, L)).toBe(VALIDITY.assessable);
	expect(of(T, T, L, G)).toBe(VALIDITY.assessable);
	expect(of(T, L, L, G)).toBe(VALIDITY.littleTexture);
	expect(of(T, L, G, G)).toBe(VALIDITY.littleTexture);
	expect(of(T, T, G, G)).toBe(VALIDITY.background);
	expect(of(T, P, P, G)).toBe(VALIDITY.penMark);
	expect(of(T, T, P, P)).toBe(VALIDITY.penMark);
	expect(of(T, T, T, P)).toBe(VALIDITY.assessable);
	expect(of(L, G, G, G)).toBe(VALIDITY.background);
});

test('places cut by the slide are judged by what lies on it, with the area they have', () => {
	const size = { widthPx: 64 + 16, heightPx: 64 };
	const { validity, tissueFraction } = coverPlaces(maskFrom([[T, T]]), cells(2, 1), size);
	expect(validity[1]).toBe(VALIDITY.assessable);
	expect(tissueFraction[1]).toBeCloseTo(0.25, 6);
});

test('places wholly beyond the slide are background', () => {
	const { validity } = coverPlaces(maskFrom([[T]]), cells(3, 1), { widthPx: 64, heightPx: 64 });
	expect(Array.from(validity)).toEqual([0, 1, 1]);
});

test('windows larger than the step may overlap', () => {
	const windows: Places = { originXPx: 0, originYPx: 0, stepPx: 64, sizePx: 128, columns: 3, rows: 1 };
	const { tissueFraction } = coverPlaces(maskFrom([[T, T, G, G]], 64), windows, { widthPx: 256, heightPx: 64 });
	expect(Array.from(tissueFraction)).toEqual([0.5, 0.25, 0]);
});

test('areas are exact for any two grids', () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom(G, T, L, P), { minLength: 20, maxLength: 20 }),
			fc.double({ min: 20, max: 90, noNaN: true }),
			fc.integer({ min: 10, max: 100 }),
			fc.integer({ min: -30, max: 30 }),
			(classes, downsample, stepPx, origin) => {
				const mask = {
					...maskFrom([classes.slice(0, 5), classes.slice(5, 10), classes.slice(10, 15), classes.slice(15)]),
					downsampleX: downsample,
					downsampleY: downsample,
				};
				const size = { widthPx: Math.floor(5 * downsample), heightPx: Math.floor(4 * downsample) };
				const places: Places = { originXPx: origin, originYPx: origin, stepPx, sizePx: stepPx, columns: 3, rows: 3 };
				const { tissueFraction, validity } = coverPlaces(mask, places, size);
				for (let i = 0; i < 9; i++) {
					const area = [0, 0, 0, 0];
					const x0 = origin + (i % 3) * stepPx;
					const y0 = origin + Math.floor(i / 3) * stepPx;
					for (let p = 0; p < 20; p++) {
						const wide =
							Math.min(x0 + stepPx, ((p % 5) + 1) * downsample, size.widthPx) - Math.max(x0, (p % 5) * downsample);
						const high =
							Math.min(y0 + stepPx, (Math.floor(p / 5) + 1) * downsample, size.heightPx) -
							Math.max(y0, Math.floor(p / 5) * downsample);
						if (wide > 0 && high > 0) area[classes[p]!]! += wide * high;
					}
					expect(tissueFraction[i]).toBeCloseTo((area[T]! + area[L]!) / stepPx ** 2, 4);
					const all = area.reduce((sum, part) => sum + part, 0);
					if (area[T]! > 0.751 * all) expect(validity[i]).toBe(VALIDITY.assessable);
					if (area[G]! > 0.501 * all) expect(validity[i]).toBe(VALIDITY.background);
				}
			},
		),
		{ numRuns: 200 },
	);
});
