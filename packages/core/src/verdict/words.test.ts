import fc from 'fast-check';
import { expect, test } from 'vitest';
import { area, capitalised, percent, placePhrase } from './words.ts';

test.each([
	[0, '0 %'],
	[0.0004, 'less than 0.1 %'],
	[0.0123, '1.2 %'],
	[0.03, '3 %'],
	[0.124, '12 %'],
	[0.996, '99.6 %'],
	[0.9996, 'more than 99.9 %'],
	[1, '100 %'],
])('%d is %s', (fraction, words) => {
	expect(percent(fraction)).toBe(words);
});

test('only nothing is 0 % and only all is 100 %', () => {
	fc.assert(
		fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (fraction) => {
			expect(['0 %', '100 %', '0.0 %']).not.toContain(percent(fraction));
		}),
	);
});

test.each([
	[1234.4, '1234 mm²'],
	[31.04, '31 mm²'],
	[2.345, '2.3 mm²'],
	[0.2451, '0.25 mm²'],
	[0.0012, '0.0012 mm²'],
	[0.0001, 'less than 0.001 mm²'],
])('%d mm² are %s', (mm2, words) => {
	expect(area(mm2)).toBe(words);
});

test('places read well in a sentence', () => {
	expect(['upper left', 'centre', 'left half', 'all over', 'scattered', 'across the middle'].map(placePhrase)).toEqual([
		'mostly upper left',
		'mostly in the centre',
		'mostly in the left half',
		'all over the tissue',
		'in several places',
		'mostly across the middle',
	]);
	expect(capitalised('less than')).toBe('Less than');
});
