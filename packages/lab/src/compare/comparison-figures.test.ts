import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparisonFigures, youdenThreshold } from './comparison-figures.ts';
import { drawnJudgement } from './testing/drawn-judgement.ts';

const figuresOf = (noise: Record<string, number>, simulated = false) =>
	comparisonFigures(drawnJudgement(noise), simulated);

test('a picture each: scores over planes, histograms, curves, time and size, confusion', () => {
	const judgement = drawnJudgement(
		{ mlv: 0.4, eonss: 0.2, 'vgg16/oe': 0.1 },
		{
			cpuTimes: new Map([
				['mlv', { medianMs: 5, runs: 9 }],
				['eonss', { medianMs: 50, runs: 9 }],
			]),
		},
	);
	const figures = comparisonFigures(judgement, true);
	expect(figures.map(({ id }) => id)).toEqual(['scatter', 'histograms', 'roc', 'time-and-size', 'confusion']);
	for (const { svg, title } of figures) {
		expect(svg).toContain(`<title id="title">`);
		expect(svg).not.toMatch(/NaN|undefined|Infinity/);
		expect(title).toContain('simulated');
	}
	expect(figures[3]!.svg).toContain('log10 of CPU time, ms');
	for (const family of ['knowledge-based', 'regression']) expect(figures[3]!.svg).toContain(`>${family}</text>`);
});

test('real data are not called simulated; what there is nothing for is left out', () => {
	const figures = figuresOf({ mlv: 0.4 });
	expect(figures.map(({ id }) => id)).toEqual(['scatter', 'histograms', 'roc', 'time-and-size']);
	for (const { title } of figures) expect(title).not.toContain('simulated');
});

test('at most eight methods get panels: the best', () => {
	const names = [
		'mlv',
		'gpc',
		'lpc-si',
		'fqpath',
		'hvs-maxpol-1',
		'hvs-maxpol-2',
		'synthetic-maxpol',
		'sparish',
		'eonss',
	];
	const noise = Object.fromEntries(names.map((name, i) => [name, i === 8 ? 50 : 0.1 * i]));
	const [scatter] = figuresOf(noise);
	expect(scatter!.svg).toContain('>mlv</text>');
	expect(scatter!.svg).not.toContain('>eonss</text>');
});

test('a confusion matrix of a method that is always right has a hundred on its diagonal', () => {
	const confusion = figuresOf({ 'vgg16/oe': 0 }).find(({ id }) => id === 'confusion')!;
	expect(confusion.svg.match(/>100<\/text>/g)).toHaveLength(4);
});

test('the threshold parts as well as any other does', () => {
	const samples = fc.array(
		fc.record({ blurry: fc.constantFrom(0 as const, 1 as const), blurriness: fc.integer({ min: 0, max: 9 }) }),
		{
			minLength: 2,
			maxLength: 30,
		},
	);
	fc.assert(
		fc.property(
			samples.filter((own) => new Set(own.map(({ blurry }) => blurry)).size === 2),
			(own) => {
				const gain = (threshold: number): number => {
					const share = (which: 0 | 1): number => {
						const of = own.filter(({ blurry }) => blurry === which);
						return of.filter(({ blurriness }) => blurriness >= threshold).length / of.length;
					};
					return share(1) - share(0);
				};
				const best = gain(youdenThreshold(own));
				for (let threshold = 0; threshold <= 9; threshold++)
					expect(best).toBeGreaterThanOrEqual(gain(threshold) - 1e-12);
			},
		),
	);
	expect(youdenThreshold([])).toBeNaN();
});
