import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { fillPolygons } from './polygons.ts';

const grid = { widthPx: 8, heightPx: 6, downsampleX: 10, downsampleY: 10 };
const ring = (...points: readonly (readonly [number, number])[]) => Float64Array.from(points.flat());
const box = (left: number, top: number, right: number, bottom: number) =>
	ring([left, top], [right, top], [right, bottom], [left, bottom]);

const show = (filled: Uint8Array) =>
	Array.from({ length: 6 }, (_, y) => Array.from(filled.subarray(8 * y, 8 * y + 8), (is) => (is ? '#' : '.')).join(''));

test('fills the places whose middle is inside', () => {
	expect(show(fillPolygons([[box(10, 10, 44, 46)]], grid))).toEqual([
		'........',
		'.###....',
		'.###....',
		'.###....',
		'.###....',
		'........',
	]);
});

test('holes stay empty, islands in holes are filled', () => {
	expect(show(fillPolygons([[box(0, 0, 80, 60), box(10, 10, 70, 50), box(20, 20, 40, 40)]], grid))).toEqual([
		'########',
		'#......#',
		'#.##...#',
		'#.##...#',
		'#......#',
		'########',
	]);
});

test('polygons that overlap are one area', () => {
	const filled = fillPolygons([[box(0, 0, 30, 30)], [box(20, 20, 60, 60)]], grid);
	expect(show(filled)[2]).toBe('######..');
});

test('what lies outside the grid is cut, in either direction of turning', () => {
	const clockwise = ring([-1000, -1000], [1000, -1000], [1000, 1000], [-1000, 1000], [-1000, -1000]);
	const other = Float64Array.from(
		Array.from({ length: 5 }, (_, i) => [clockwise[8 - 2 * i]!, clockwise[9 - 2 * i]!]).flat(),
	);
	expect(fillPolygons([[clockwise]], grid)).not.toContain(0);
	expect(fillPolygons([[other]], grid)).toEqual(fillPolygons([[clockwise]], grid));
	expect(fillPolygons([[box(-50, -50, -10, -10)]], grid)).not.toContain(1);
});

test('rings of no area fill nothing', () => {
	expect(fillPolygons([[], [ring()], [ring([5, 5])], [ring([5, 5], [70, 50])]], grid)).not.toContain(1);
});

test('agrees with counting crossings of a ray', () => {
	const coordinate = fc.double({ min: -20, max: 100, noNaN: true });
	fc.assert(
		fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 9 }), (points) => {
			const filled = fillPolygons([[ring(...points)]], grid);
			for (let i = 0; i < filled.length; i++) {
				const x = (i % 8) * 10 + 5;
				const y = Math.floor(i / 8) * 10 + 5;
				let crossings = 0;
				let close = false;
				points.forEach(([x0, y0], k) => {
					const [x1, y1] = points[(k + 1) % points.length]!;
					if (y0 <= y === y1 <= y) return;
					const at = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
					if (at > x) crossings++;
					if (Math.abs(at - x) < 1e-6) close = true;
				});
				if (!close && !points.some(([, py]) => Math.abs(py - y) < 1e-6)) expect(filled[i]).toBe(crossings % 2);
			}
		}),
		{ numRuns: 200 },
	);
});

test('a hostile tangle of long edges is refused', () => {
	const tangle = Float64Array.from({ length: 2 * 40_000 }, (_, i) => (i % 2 === 0 ? i : i % 4 === 1 ? 0 : 1e6));
	const tall = { widthPx: 2048, heightPx: 2048, downsampleX: 10, downsampleY: 10 };
	expect(() => fillPolygons([[tangle]], tall)).toThrow(FormatError);
});
