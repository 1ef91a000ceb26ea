import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plane } from './pixels.ts';
import { upsampler } from './upsample.ts';

function plane(rows: number[][]): Plane {
	const data = Uint8Array.from(rows.flatMap((row) => [...row, 99]));
	return { data, widthPx: rows[0]!.length, heightPx: rows.length, strideBytes: rows[0]!.length + 1 };
}

function upsampled(rows: number[][], ratioX: number, ratioY: number): number[][] {
	const source = plane(rows);
	const upsample = upsampler(source, ratioX, ratioY);
	return Array.from({ length: rows.length * ratioY }, (_, y) => {
		const row = new Uint8Array(source.widthPx * ratioX);
		upsample(y, row);
		return [...row];
	});
}

describe('upsampler', () => {
	test('2x1 weighs neighbours 3 to 1, rounding down and up in turn', () => {
		expect(upsampled([[0, 10, 21]], 2, 1)).toEqual([[0, 3, 7, 13, 18, 21]]);
	});

	test('1x2 does the same down the columns', () => {
		expect(upsampled([[0], [10], [21]], 1, 2).flat()).toEqual([0, 3, 7, 13, 18, 21]);
	});

	test('2x2 weighs 9, 3, 3, 1', () => {
		const rows = upsampled(
			[
				[0, 160, 160],
				[16, 0, 160],
			],
			2,
			2,
		);
		expect(rows[1]![1]).toBe((9 * 0 + 3 * 160 + 3 * 16 + 0 + 7) >> 4);
		expect(rows[2]![2]).toBe((9 * 0 + 3 * 16 + 3 * 160 + 0 + 8) >> 4);
		expect(rows[0]![0]).toBe(0);
		expect(rows[3]![5]).toBe(160);
	});

	test.each([
		[4, 1],
		[4, 2],
		[2, 4],
		[1, 4],
	])('%ix%i repeats', (ratioX, ratioY) => {
		const rows = upsampled([[1, 2, 3]], ratioX, ratioY);
		const expected = [1, 2, 3].flatMap((value) => Array(ratioX).fill(value));
		expect(rows).toEqual(Array(ratioY).fill(expected));
	});

	test('planes of one or two columns repeat, as in libjpeg', () => {
		expect(upsampled([[10, 90]], 2, 1)).toEqual([[10, 10, 90, 90]]);
		expect(upsampled([[10], [90]], 2, 2)).toEqual([
			[10, 10],
			[10, 10],
			[90, 90],
			[90, 90],
		]);
	});

	test('stays between its samples', () => {
		const row = fc.array(fc.nat({ max: 255 }), { minLength: 5, maxLength: 5 });
		const ratio = fc.constantFrom([1, 1], [2, 1], [1, 2], [2, 2], [4, 4]);
		fc.assert(
			fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), ratio, (rows, [ratioX, ratioY]) => {
				const all = rows.flat();
				const values = upsampled(rows, ratioX!, ratioY!).flat();
				expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.min(...all));
				expect(Math.max(...values)).toBeLessThanOrEqual(Math.max(...all));
			}),
		);
	});
});
