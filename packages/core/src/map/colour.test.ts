import { describe, expect, test } from 'vitest';
import { colourFraction, colourRange, FOCUS_COLOURS, focusColour } from './colour.ts';
import { fakeMap } from './testing/fake-map.ts';

const colours = Array.from({ length: 256 }, (_, i) => Array.from(FOCUS_COLOURS.subarray(3 * i, 3 * i + 3)));
const linear = (value: number) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);

/** OKLab of an sRGB colour (Ottosson 2020), written down from the forward definition. */
function oklab([r, g, b]: readonly number[]): number[] {
	const [lr, lg, lb] = [linear(r!), linear(g!), linear(b!)];
	const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
	const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
	const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
	];
}

const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((value, i) => value - b[i]!));

describe('the colours', () => {
	test('run from dark blue to bright yellow', () => {
		const [first, last] = [colours[0]!, colours[255]!];
		expect(Math.max(...first)).toBeLessThan(110);
		expect(first[2]).toBeGreaterThan(first[0]!);
		expect(last[0]).toBeGreaterThan(220);
		expect(last[2]).toBeLessThan(120);
	});

	test('take equal steps to the eye', () => {
		const total = distance(oklab(colours[0]!), oklab(colours[255]!));
		for (let i = 0; i + 16 < 256; i += 16) {
			const step = distance(oklab(colours[i]!), oklab(colours[i + 16]!));
			expect(step / total).toBeGreaterThan(0.8 * (16 / 255));
			expect(step / total).toBeLessThan(1.2 * (16 / 255));
		}
	});

	test('get lighter all the way, in colour, in grey and for each kind of colour blindness', () => {
		// Machado, Oliveira, Fernandes 2009, severity 1: what protan-, deuter- and tritanopes see.
		const sights = [
			[1, 0, 0, 0, 1, 0, 0, 0, 1],
			[0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
			[0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
			[1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
		];
		for (const sight of sights) {
			const seen = colours.map((colour) =>
				[0, 1, 2].map((row) =>
					Math.max(
						0,
						[0, 1, 2].reduce((sum, c) => sum + sight[3 * row + c]! * colour[c]!, 0),
					),
				),
			);
			for (let i = 0; i + 8 < 256; i += 8) expect(oklab(seen[i + 8]!)[0]).toBeGreaterThan(oklab(seen[i]!)[0]!);
		}
	});

	test('are clamped at both ends', () => {
		expect(focusColour(-5)).toEqual(colours[0]);
		expect(focusColour(0.5)).toEqual(colours[128]);
		expect(focusColour(2)).toEqual(colours[255]);
	});
});

test('calibrated units have one range for all slides', () => {
	for (const unit of ['defocusUm', 'zLevel', 'blurRadiusPx'] as const) {
		const of = (value: number) => colourRange(fakeMap(2, 2, () => value, { unit }));
		expect(of(1)).toEqual(of(100));
		expect(of(1).sharp).toBe(0);
	}
});

test('scores use the range of the map, in the direction of the model', () => {
	const values = (column: number) => [3, 7, Number.NaN][column]!;
	expect(colourRange(fakeMap(3, 1, values, { unit: 'score' }))).toEqual({ sharp: 3, blurry: 7 });
	expect(colourRange(fakeMap(3, 1, values, { unit: 'score', higherMeans: 'sharper' }))).toEqual({
		sharp: 7,
		blurry: 3,
	});
	expect(colourRange(fakeMap(2, 2, () => Number.NaN, { unit: 'score' }))).toEqual({ sharp: 0, blurry: 1 });
});

test('values become fractions of the range', () => {
	expect(colourFraction(3, { sharp: 0, blurry: 6 })).toBe(0.5);
	expect(colourFraction(4, { sharp: 7, blurry: 3 })).toBe(0.75);
	expect(colourFraction(99, { sharp: 0, blurry: 6 })).toBe(1);
	expect(colourFraction(5, { sharp: 5, blurry: 5 })).toBe(0);
});
