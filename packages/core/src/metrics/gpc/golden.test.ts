import { describe, expect, test } from 'vitest';
import { hasShared } from '../../testing/shared.ts';
import { greyLevelsOf } from '../signal/luma.ts';
import { createSpectrum } from '../signal/spectrum.ts';
import { type GoldenMetric, goldenCases, goldenPictures, readGoldenPicture } from '../testing/golden.ts';
import { gpc, measureGpc } from './gpc.ts';
import { type Preparation, preparePicture } from './prepare.ts';

const VARIANTS = [
	['S-index', 's-index'],
	['SI', 'si'],
] as const;

/** Relative agreement, or absolute near 0, where the tail probability is near 1 and its logarithm loses digits. */
function expectAgreement(actual: number, { score, relTol }: GoldenMetric): void {
	expect(Math.abs(actual - score)).toBeLessThanOrEqual(Math.max(1e-12, (relTol ?? 1e-6) * Math.abs(score)));
}

describe.skipIf(!hasShared)("the authors' values", () => {
	for (const [metric, variant] of VARIANTS) {
		test.each(goldenCases(metric))(`${metric} of %s`, async (name, golden) => {
			const measured = measureGpc(await readGoldenPicture(name), { variant });
			expectAgreement(measured.score, golden);
			if (golden.fragile) return;
			const { tv, axx, ayy, var: variance, mu, t } = golden.intermediates as Readonly<Record<string, number>>;
			expect(measured.variation.total / tv!).toBeCloseTo(1, 10);
			if (axx !== undefined) expect(measured.variation.squaresRight / axx).toBeCloseTo(1, 10);
			if (ayy !== undefined) expect(measured.variation.squaresDown / ayy).toBeCloseTo(1, 10);
			expect(measured.variance / variance!).toBeCloseTo(1, 9);
			expect(measured.mean / mu!).toBeCloseTo(1, 10);
			expect(Math.abs(measured.deviations - t!)).toBeLessThan(1e-8 * Math.max(1, Math.abs(t!)));
		});

		const preparations: Preparation[] = ['none', 'periodic', 'shift', 'both'];
		for (const [mode, preparation] of preparations.entries()) {
			test.each(goldenCases(`${metric}-pmode${mode}`))(
				`${metric} of %s, preparation: ${preparation}`,
				async (name, golden) => {
					expectAgreement(gpc(await readGoldenPicture(name), { variant, preparation }), golden);
				},
			);
		}
	}

	test.each(Object.entries(goldenPictures))('samples of %s, prepared', async (name, { samples }) => {
		const picture = greyLevelsOf(await readGoldenPicture(name), 1);
		const { widthPx, heightPx } = picture;
		const spectrum = createSpectrum(widthPx, heightPx, 2);
		for (const [key, preparation] of [
			['sindex.periodic', 'periodic'],
			['sindex.shifted', 'both'],
		] as const) {
			preparePicture(spectrum, picture, preparation);
			expect(samples[key]!.length).toBeGreaterThan(3);
			for (const [row, column, value] of samples[key]!) {
				expect(spectrum.images[0]![2 * (row * widthPx + column)]).toBeCloseTo(value, 9);
			}
		}
		spectrum.dispose();
	});

	test.each(['noise', 'leaves', 'colour'])('Monte Carlo on %s, as statistics', async (name) => {
		const picture = await readGoldenPicture(name);
		const seeds = [1, 2, 3, 4];
		const scores = seeds.map((seed) => gpc(picture, { variant: 'monte-carlo', samples: 300, seed }));
		const mean = scores.reduce((sum, score) => sum + score, 0) / seeds.length;
		const { metrics } = goldenPictures[name]!;
		// 300 pictures instead of 1,000 spread more: a factor of sqrt(1000 / 300), and the mean of four half of it.
		const spread = metrics['GPC-MC1000x5-std']!.score * Math.sqrt(1000 / 300);
		expect(Math.abs(mean - metrics['GPC-MC1000x5-mean']!.score)).toBeLessThan(4 * spread);
	});
});
