import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planeRange, threeNumbers } from './simulate-flags.ts';

test.each([
	['-8..8', -8, 8],
	['0..5', 0, 5],
	['-3..-1', -3, -1],
	['+2..+2', 2, 2],
	[' -10..0 ', -10, 0],
	['-0..1', 0, 1],
])('planes %j', (input, first, last) => {
	expect(planeRange(input)).toEqual({ first, last });
});

test.each(['', '8', '8..-8', '-8...8', '-8..8.5', 'a..b', '-8-8', '-1000..8', '0..99999', '1..0', '..', '-8..'])(
	'planes %j are refused, with an example',
	(input) => {
		expect(() => planeRange(input)).toThrow(/FIRST\.\.LAST, such as -8\.\.8/);
	},
);

test('any range that is written is read, and no text breaks the reader otherwise', () => {
	fc.assert(
		fc.property(fc.integer({ min: -999, max: 999 }), fc.nat(50), (first, more) => {
			const last = Math.min(999, first + more);
			expect(planeRange(`${first}..${last}`)).toEqual({ first, last });
		}),
	);
	fc.assert(
		fc.property(fc.string(), (input) => {
			try {
				const { first, last } = planeRange(input);
				expect(first).toBeLessThanOrEqual(last);
			} catch (error) {
				expect(error).toBeInstanceOf(RangeError);
			}
		}),
	);
});

test('three numbers are R, G and B', () => {
	expect(threeNumbers(0.2, 5)('1.1,1,0.9')).toEqual([1.1, 1, 0.9]);
	for (const wrong of ['1', '1,1', '1,1,1,1', '']) expect(() => threeNumbers(0.2, 5)(wrong)).toThrow(/R,G,B/);
	for (const wrong of ['1,x,1', '1,,1', '9,1,1', '0,1,1'])
		expect(() => threeNumbers(0.2, 5)(wrong)).toThrow(/0\.2 to 5/);
});
