import { expect, test } from 'vitest';
import { seededRandom } from '../../simulate/random.ts';
import {
	type DrawnAugmentation,
	drawAugmentation,
	FLIPS_AND_TURNS,
	NO_AUGMENTATION,
	PAPERS_AUGMENTATION,
} from './augmentation.ts';

const draws = (augmentation: typeof NO_AUGMENTATION, count: number): DrawnAugmentation[] => {
	const random = seededRandom(5);
	return Array.from({ length: count }, () => drawAugmentation(augmentation, 200, random));
};

function tally(drawn: readonly DrawnAugmentation[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { orientation } of drawn) {
		const key = JSON.stringify(orientation);
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return counts;
}

test('without augmentation crops stay as they are', () => {
	for (const drawn of draws(NO_AUGMENTATION, 20)) {
		expect(drawn).toEqual({ orientation: { transposed: false, flipX: false, flipY: false } });
	}
});

test('flips and turns give all eight orientations equally often, and nothing that resamples', () => {
	const drawn = draws(FLIPS_AND_TURNS, 8000);
	const counts = tally(drawn);
	expect(counts.size).toBe(8);
	for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
	expect(drawn.every(({ affine, saturation }) => affine === undefined && saturation === undefined)).toBe(true);
});

test('turns alone give four orientations, flips alone four, of which two are common', () => {
	const turns = new Set(tally(draws({ flips: false, quarterTurns: true }, 400)).keys());
	const flips = new Set(tally(draws({ flips: true, quarterTurns: false }, 400)).keys());
	expect([turns.size, flips.size, [...turns].filter((way) => flips.has(way)).length]).toEqual([4, 4, 2]);
});

test("the papers' set turns by any angle, shifts vertically by whole pixels, zooms by a tenth, changes saturation", () => {
	const drawn = draws(PAPERS_AUGMENTATION, 2000);
	const moves = drawn.map(({ affine }) => affine!);
	const range = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
	const [least, most] = range(moves.map(({ radians }) => radians));
	expect(least).toBeGreaterThanOrEqual(-Math.PI);
	expect(most).toBeLessThanOrEqual(Math.PI);
	expect(most - least).toBeGreaterThan(6.2);
	expect(range(moves.map(({ shiftYPx }) => shiftYPx))).toEqual([-20, 20]);
	for (const { shiftXPx, shiftYPx, scale } of moves) {
		expect(Math.abs(shiftXPx)).toBe(0);
		expect(Number.isInteger(shiftYPx)).toBe(true);
		expect(scale >= 0.9 && scale < 1.1).toBe(true);
	}
	for (const { saturation } of drawn) expect(saturation! >= 0.5 && saturation! < 2).toBe(true);
	expect(drawn.every(({ orientation }) => !orientation.transposed)).toBe(true);
});

test('equal streams draw equal changes', () => {
	expect(draws(PAPERS_AUGMENTATION, 5)).toEqual(draws(PAPERS_AUGMENTATION, 5));
});
