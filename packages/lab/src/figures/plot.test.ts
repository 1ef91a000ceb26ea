import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Panel, plotSvg, type Series } from './plot.ts';

const line: Series = {
	name: 'loss',
	kind: 'line',
	points: [
		[1, 4],
		[2, 2],
		[3, 1],
	],
};
const panel: Panel = { title: 'Training', xLabel: 'epoch', yLabel: 'loss', series: [line] };

function plot(panels: readonly Panel[]): string {
	return plotSvg({ title: 'T', description: 'D', panels });
}

/** Paths of series: those with a name. */
function paths(svg: string): string[] {
	return [...svg.matchAll(/<path d="([^"]*)"[^>]*><title>/g)].map((match) => match[1]!);
}

/** Complains of tags that are not closed in order, as an XML parser would. */
function requireWellFormed(svg: string): void {
	const open: string[] = [];
	for (const [, closing, name, self] of svg.matchAll(/<(\/?)([a-z]+)(?:\s+[a-zA-Z:-]+="[^"<]*")*\s*(\/?)>/g)) {
		if (closing) expect(open.pop()).toBe(name);
		else if (!self) open.push(name!);
	}
	expect(open).toEqual([]);
	expect(svg.replace(/<\/?[a-z]+(?:\s+[a-zA-Z:-]+="[^"<]*")*\s*\/?>/g, '')).not.toMatch(/[<>]/);
}

test('has words for those who see and those who hear, and is the same each time', () => {
	const svg = plotSvg({ title: 'A & B', description: 'Falls < 1.', panels: [panel] });
	expect(svg).toMatch(
		/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*role="img" aria-labelledby="title description"/,
	);
	expect(svg).toContain('<title id="title">A &amp; B</title>');
	expect(svg).toContain('<desc id="description">Falls &lt; 1.</desc>');
	for (const words of ['Training', 'epoch', 'loss']) expect(svg).toContain(`>${words}</text>`);
	requireWellFormed(svg);
	expect(plotSvg({ title: 'A & B', description: 'Falls < 1.', panels: [panel] })).toBe(svg);
});

test('a line goes through its points: lower numbers lower down', () => {
	const [path] = paths(plot([panel]));
	const places = path!.match(/[\d.]+/g)!.map(Number);
	const [x1, y1, x2, y2, x3, y3] = places as [number, number, number, number, number, number];
	expect(x2 - x1).toBeCloseTo(x3 - x2, 0);
	expect(y2 - y1).toBeCloseTo(2 * (y3 - y2), 0);
	expect(y3).toBeGreaterThan(y1);
});

test('gaps are gaps, and a point alone is marked', () => {
	const gap: Series = {
		...line,
		points: [
			[1, 1],
			[2, 1],
			[3, Number.NaN],
			[4, 1],
			[5, 1],
		],
	};
	expect(paths(plot([{ ...panel, series: [gap] }]))[0]!.match(/M/g)).toHaveLength(2);
	const alone = paths(plot([{ ...panel, series: [{ ...line, points: [[1, 1]] }] }]))[0]!;
	expect(alone).toMatch(/^M[\d. ]+m/);
});

test('series differ in colour, dash and mark, and several have a legend', () => {
	const series = (kind: Series['kind']): Series[] => ['a', 'b', 'c'].map((name) => ({ ...line, name, kind }));
	const lines = plot([{ ...panel, series: series('line') }]);
	const strokes = [...lines.matchAll(/stroke="(#\w{6})" stroke-width="1.8"([^/>]*)><title>/g)];
	expect(new Set(strokes.map(([, colour]) => colour)).size).toBe(3);
	expect(new Set(strokes.map(([, , dash]) => dash)).size).toBe(3);
	for (const name of ['a', 'b', 'c']) expect(lines).toContain(`>${name}</text>`);
	const marks = paths(plot([{ ...panel, series: series('points') }])).map((path) =>
		path.replace(/M[\d.]+ [\d.]+/g, ''),
	);
	expect(new Set(marks).size).toBe(3);
	expect(plot([panel])).not.toContain('M64 34h26');
});

test('long legends take rows of their own', () => {
	const series = Array.from(
		{ length: 6 },
		(_, i): Series => ({ ...line, name: `a rather long name of a series ${i}` }),
	);
	const rows = new Set([...plot([{ ...panel, series }]).matchAll(/<path d="M[\d.]+ (\d+)h26"/g)].map(([, y]) => y));
	expect(rows.size).toBeGreaterThan(1);
});

test('panels lie one below the other, as high together as each', () => {
	const svg = plotSvg({ title: 'T', description: 'D', panels: [panel, panel], widthPx: 400, heightPx: 200 });
	expect(svg).toContain('viewBox="0 0 400 400"');
	expect(svg).toContain('translate(0 200)');
});

test('axes reach what they must', () => {
	expect(plot([{ ...panel, yIncludes: [10] }])).toContain('>10</text>');
	expect(plot([panel])).not.toContain('>10</text>');
	expect(plot([panel])).not.toContain('>0</text>');
	expect(plot([{ ...panel, xIncludes: [0] }])).toContain('>0</text>');
});

test('any names and numbers give well-formed SVG', () => {
	const number = fc.oneof(fc.double(), fc.integer());
	const series = fc.record({
		name: fc.string({ unit: 'binary', maxLength: 20 }),
		kind: fc.constantFrom<Series['kind']>('line', 'points'),
		points: fc.array(fc.tuple(number, number), { maxLength: 5 }),
	});
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.array(series, { maxLength: 4 }), (title, all) => {
			const svg = plotSvg({
				title,
				description: title,
				panels: [{ title, xLabel: title, yLabel: title, series: all }],
			});
			requireWellFormed(svg);
			expect(svg).not.toMatch(/NaN|Infinity/);
		}),
	);
});
