import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Matrix, matrixSvg } from './matrix.ts';

const picture = (matrices: readonly Matrix[]): string => matrixSvg({ title: 'T', description: 'D', matrices });
const fills = (svg: string): string[] =>
	[...svg.matchAll(/<rect x="[^>]*fill="(#[0-9a-f]{6})"/g)].map((match) => match[1]!);
const brightness = (colour: string): number =>
	[1, 3, 5].reduce((sum, i) => sum + Number.parseInt(colour.slice(i, i + 2), 16), 0);

test('larger numbers are darker', () => {
	const colours = fills(picture([{ title: 'm', values: [[0, 1, 2, 3, 4]] }])).map(brightness);
	expect(colours).toEqual([...colours].sort((a, b) => b - a));
	expect(new Set(colours).size).toBe(5);
});

test('a diverging scale has its middle at zero, whatever the numbers', () => {
	const [low, zero, high] = fills(picture([{ title: 'k', values: [[-1, 0, 4]], scale: 'diverging' }]));
	expect(zero).toBe('#fafafa');
	expect(brightness(high!)).toBeLessThan(brightness(low!));
});

test('what is no number is left empty', () => {
	expect(
		fills(
			picture([
				{
					title: 'm',
					values: [
						[1, Number.NaN],
						[2, 3],
					],
				},
			]),
		),
	).toHaveLength(3);
});

test('numbers are written where they fit, readable on their cell', () => {
	const svg = matrixSvg({
		title: 'T',
		description: 'D',
		cellPx: 30,
		matrices: [{ title: 'm', values: [[0, 100]], cellText: (value) => (value === 0 ? '0' : '100') }],
	});
	expect(svg).toMatch(/fill="#111">0</);
	expect(svg).toMatch(/fill="#fff">100</);
	const tight = matrixSvg({
		title: 'T',
		description: 'D',
		cellPx: 6,
		matrices: [{ title: 'm', values: [[5]], cellText: () => '12345' }],
	});
	expect(tight).not.toContain('12345');
});

test('words are escaped; grids do not overlap', () => {
	const svg = picture([
		{ title: '<a>', values: [[1]], rowLabels: ['"r"'], columnLabels: ['c'], rowAxis: 'x', columnAxis: 'y' },
		{ title: 'b', values: [[1]] },
	]);
	expect(svg).toContain('&lt;a&gt;');
	expect(svg).toContain('&quot;r&quot;');
	const places = [...svg.matchAll(/translate\(([\d.]+) ([\d.]+)\)">/g)].map((match) => Number(match[1]));
	expect(places[1]! - places[0]!).toBeGreaterThan(26);
});

test('any numbers give a drawing of finite places', () => {
	fc.assert(
		fc.property(fc.array(fc.array(fc.double(), { maxLength: 5 }), { maxLength: 5 }), (values) => {
			const svg = picture([{ title: 'm', values }]);
			expect(svg).not.toMatch(/NaN|Infinity|undefined/);
			expect(svg).toMatch(/<\/svg>\n$/);
		}),
	);
});
