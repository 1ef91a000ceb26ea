import { expect, test } from 'vitest';
import { moveSquare } from './affine.ts';
import type { AffineMove } from './augmentation.ts';

const STILL: AffineMove = { radians: 0, shiftXPx: 0, shiftYPx: 0, scale: 1 };

/** Three channels: the value, the value + 1, the value + 2. */
function square(rows: readonly (readonly number[])[]): Uint8Array {
	return Uint8Array.from(rows.flat().flatMap((value) => [value, value + 1, value + 2]));
}

function moved(
	rows: readonly (readonly number[])[],
	move: Partial<AffineMove>,
	how: 'nearest' | 'bilinear' = 'nearest',
): number[][] {
	const side = rows.length;
	const into = new Uint8Array(3 * side * side).fill(77);
	moveSquare(square(rows), side, { ...STILL, ...move }, how, into);
	return Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => into[3 * (y * side + x)]!));
}

const NINE = [
	[10, 20, 30],
	[40, 50, 60],
	[70, 80, 90],
];

test('no move changes nothing, by either interpolation, in all channels', () => {
	expect(moved(NINE, {})).toEqual(NINE);
	expect(moved(NINE, {}, 'bilinear')).toEqual(NINE);
	const into = new Uint8Array(27);
	moveSquare(square(NINE), 3, STILL, 'bilinear', into);
	expect(into).toEqual(square(NINE));
});

test('a shift goes right and down and leaves black', () => {
	expect(moved(NINE, { shiftXPx: 1 })).toEqual([
		[0, 10, 20],
		[0, 40, 50],
		[0, 70, 80],
	]);
	expect(moved(NINE, { shiftYPx: -2 })).toEqual([
		[70, 80, 90],
		[0, 0, 0],
		[0, 0, 0],
	]);
});

test('a quarter turn is clockwise, about the centre; a half turn turns twice', () => {
	for (const how of ['nearest', 'bilinear'] as const) {
		// The last bit of the sine must not push edge pixels outside.
		expect(moved(NINE, { radians: Math.PI / 2 }, how)).toEqual([
			[70, 40, 10],
			[80, 50, 20],
			[90, 60, 30],
		]);
		expect(moved(NINE, { radians: Math.PI }, how)).toEqual([
			[90, 80, 70],
			[60, 50, 40],
			[30, 20, 10],
		]);
	}
});

test('zoom is about the centre: doubled, the middle fills the square', () => {
	const four = [
		[1, 2, 3, 4],
		[5, 6, 7, 8],
		[9, 10, 11, 12],
		[13, 14, 15, 16],
	];
	expect(moved(four, { scale: 2 })).toEqual([
		[6, 6, 7, 7],
		[6, 6, 7, 7],
		[10, 10, 11, 11],
		[10, 10, 11, 11],
	]);
	expect(moved(four, { scale: 0.5 })).toEqual([
		[0, 0, 0, 0],
		[0, 6, 8, 0],
		[0, 14, 16, 0],
		[0, 0, 0, 0],
	]);
});

test('bilinear mixes four neighbours by distance', () => {
	const two = [
		[0, 100],
		[0, 100],
	];
	// Doubled: inputs at .75 and 1.25, that is a quarter of the way from either centre.
	expect(moved(two, { scale: 2 }, 'bilinear')).toEqual([
		[25, 75],
		[25, 75],
	]);
	expect(moved(two, { scale: 2 })).toEqual(two);
});

test('the shift comes after the turn', () => {
	expect(moved(NINE, { radians: Math.PI / 2, shiftYPx: 1 })).toEqual([
		[0, 0, 0],
		[70, 40, 10],
		[80, 50, 20],
	]);
});
