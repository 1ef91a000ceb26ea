import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VALIDITY } from '../map/focus-map.ts';
import {
	formatNumber,
	formatPercent,
	formatValue,
	outcomeWords,
	strengthWords,
	unitWords,
	validityWord,
} from './words.ts';

describe('formatNumber', () => {
	test.each([
		[0, '0'],
		[-0, '0'],
		[1, '1'],
		[1.5, '1.5'],
		[2.349, '2.35'],
		[12.34, '12.3'],
		[123.4, '123'],
		[1234567, '1234567'],
		[0.01234, '0.0123'],
		[0.1 + 0.2, '0.3'],
		[-2.5, '-2.5'],
		[100, '100'],
		[9.999, '10'],
		[1e-9, '0.000000001'],
	])('%d is %s', (value, text) => {
		expect(formatNumber(value)).toBe(text);
	});

	test('what is no number is a dash', () => {
		expect(
			[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) => formatNumber(value)),
		).toEqual(['–', '–', '–']);
	});

	test('takes the number of significant digits', () => {
		expect(formatNumber(0.252345, 4)).toBe('0.2523');
		expect(formatNumber(0.25, 4)).toBe('0.25');
	});

	test('is never wrong by more than half a digit, and never in exponent form', () => {
		fc.assert(
			fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (value) => {
				const text = formatNumber(value);
				expect(text).toMatch(/^\d+(\.\d*[1-9])?$/);
				expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(value * 0.00501);
			}),
		);
	});
});

describe('formatPercent', () => {
	test.each([
		[0, '0 %'],
		[1, '100 %'],
		[0.123, '12 %'],
		[0.05, '5 %'],
		[0.0004, '< 0.1 %'],
		[0.9995, '> 99.9 %'],
		[0.995, '99.5 %'],
		[0.5, '50 %'],
		[Number.NaN, '–'],
	])('%d is %s', (fraction, text) => {
		expect(formatPercent(fraction)).toBe(text);
	});

	test('something is never nothing and not all is never all', () => {
		fc.assert(
			fc.property(fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }), (fraction) => {
				expect(['0 %', '0.0 %', '100 %', '100.0 %']).not.toContain(formatPercent(fraction));
			}),
		);
	});
});

describe('words', () => {
	test('a value carries its unit, a relative score does not', () => {
		expect(formatValue(2.41, 'defocusUm')).toBe('2.41 µm');
		expect(formatValue(3, 'zLevel')).toBe('3 z-levels');
		expect(formatValue(0.7, 'score')).toBe('0.7');
	});

	test('every validity has its own word', () => {
		const words = Object.values(VALIDITY).map(validityWord);
		expect(new Set(words).size).toBe(words.length);
		expect(words).not.toContain('unknown');
		expect(validityWord(200)).toBe('unknown');
	});

	test('every unit has an axis and a measurement of its own', () => {
		for (const key of ['axis', 'measurement'] as const) {
			const words = Object.values(unitWords).map((unit) => unit[key]);
			expect(new Set(words).size).toBe(words.length);
		}
	});

	test('outcomes and strengths differ in words, not only in colour', () => {
		expect(new Set(Object.values(outcomeWords)).size).toBe(4);
		expect(new Set(Object.values(strengthWords)).size).toBe(3);
	});
});
