import { expect, test } from 'vitest';
import { blockGrid, blockVariances, gradientBlock } from './gradient-blocks.ts';

const WIDTH = 19;
const HEIGHT = 18;
const level = (x: number, y: number): number => (x * 37 + y * 101 + x * x * y * 3) % 256;
const picture = {
	widthPx: WIDTH,
	heightPx: HEIGHT,
	data: Float64Array.from({ length: WIDTH * HEIGHT }, (_, i) => level(i % WIDTH, Math.floor(i / WIDTH))),
};

test('whole blocks only', () => {
	expect(blockGrid(picture)).toEqual({ columns: 2, rows: 2 });
	expect(blockGrid({ widthPx: 7, heightPx: 80 })).toEqual({ columns: 0, rows: 10 });
	expect(blockVariances(picture)).toHaveLength(4);
});

test('variance by its definition', () => {
	for (const [block, variance] of blockVariances(picture).entries()) {
		const x0 = 8 * (block % 2);
		const y0 = 8 * Math.floor(block / 2);
		const levels = Array.from({ length: 64 }, (_, i) => level(x0 + (i % 8), y0 + Math.floor(i / 8)));
		const mean = levels.reduce((sum, value) => sum + value, 0) / 64;
		expect(variance).toBeCloseTo(levels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 63, 9);
	}
});

test('gradients look at their own block only, column by column', () => {
	const slope = (values: readonly number[], k: number): number => {
		if (k === 0) return values[1]! - values[0]!;
		if (k === 7) return values[7]! - values[6]!;
		return (values[k + 1]! - values[k - 1]!) / 2;
	};
	const out = new Float64Array(70).fill(-1);
	for (let block = 0; block < 4; block++) {
		gradientBlock(picture, block, out, 3);
		const x0 = 8 * (block % 2);
		const y0 = 8 * Math.floor(block / 2);
		for (let column = 0; column < 8; column++) {
			for (let row = 0; row < 8; row++) {
				const across = Array.from({ length: 8 }, (_, k) => level(x0 + k, y0 + row));
				const down = Array.from({ length: 8 }, (_, k) => level(x0 + column, y0 + k));
				const expected = Math.abs(slope(across, column)) + Math.abs(slope(down, row));
				expect(out[3 + 8 * column + row]).toBe(expected);
			}
		}
	}
	expect([out[2], out[67]]).toEqual([-1, -1]);
});
