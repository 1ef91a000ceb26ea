import fc from 'fast-check';
import { expect, test } from 'vitest';
import { integerBetween, numberBetween, text } from './flags.ts';

test('numbers inside the range are taken as they are', () => {
	fc.assert(
		fc.property(fc.double({ min: 0.05, max: 20, noNaN: true }), (value) => {
			expect(numberBetween(0.05, 20)(String(value))).toBe(value);
		}),
	);
});

test.each(['', ' ', '-1', '0', '21', 'NaN', 'Infinity', '1,5', 'abc', '0x'])('"%s" is no pixel size', (input) => {
	expect(() => numberBetween(0.05, 20, ' µm per pixel')(input)).toThrow('give a number from 0.05 to 20 µm per pixel');
});

test.each(['1.5', '0', '257', 'two'])('"%s" is no count of workers', (input) => {
	expect(() => integerBetween(1, 256)(input)).toThrow('number from 1 to 256');
	expect(integerBetween(1, 256)('8')).toBe(8);
});

test('empty text is refused', () => {
	expect(() => text('  ')).toThrow('empty');
	expect(text('a')).toBe('a');
});
