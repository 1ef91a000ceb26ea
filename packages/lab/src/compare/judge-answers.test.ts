import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnSet } from '../data/splits/testing/drawn-set.ts';
import type { Answers } from './answers.ts';
import { differenceOf, FIGURES, figureNamed, judgeMethod, samplesOf, sharpLimit } from './judge-answers.ts';

const set = drawnSet({ slides: 6, positions: 2, slices: 7 });
const all = set.patches.map((_, i) => i);
const targetOf = (index: number): number => Math.abs(set.patches[index]!.zLevel!);

function answersBy(blurrinessOf: (index: number) => number | null, change: Partial<Answers> = {}): Answers {
	return {
		method: 'm',
		seed: 1,
		set: 'set',
		indices: all,
		blurriness: all.map(blurrinessOf),
		parameters: 0,
		...change,
	};
}

test('a method that knows has perfect figures, and its opposite the worst', () => {
	const perfect = judgeMethod(set, [answersBy(targetOf)], { sharpUpTo: 1, draws: 100 }).figures;
	for (const name of ['srcc', 'plcc', 'roc', 'averagePrecision', 'prTrapezoid'] as const)
		expect(perfect[name]!.value).toBeCloseTo(1, 12);
	expect(perfect.falseAlarms!.value).toBe(0);
	expect(perfect.accuracy).toBeUndefined();
	const opposite = judgeMethod(set, [answersBy((i) => -targetOf(i))], { sharpUpTo: 1, draws: 100 }).figures;
	expect(opposite.srcc!.value).toBeCloseTo(-1, 12);
	expect(opposite.roc!.value).toBe(0);
});

test('classes are judged where all answers have one; certainty where there is one', () => {
	const classes = all.map((i) => Math.min(3, targetOf(i) + (i % 5 === 0 ? 1 : 0)));
	const { figures } = judgeMethod(set, [answersBy(targetOf, { classes })], { draws: 100 });
	const wrong = classes.filter((own, i) => own !== set.patches[i]!.label).length;
	expect(figures.accuracy!.value).toBeCloseTo(1 - wrong / all.length, 12);
	expect(figures.mae!.value).toBeCloseTo(wrong / all.length, 12);
	expect(figures.withinOne!.value).toBe(1);
	expect(figures.riskCoverage!.value).toBeNaN();
	const certainties = classes.map((own, i) => (own === set.patches[i]!.label ? 0.9 : 0.3));
	const sure = judgeMethod(set, [answersBy(targetOf, { classes, certainties })], { draws: 100 }).figures;
	expect(sure.riskCoverage!.value).toBeLessThan(wrong / all.length / 2);
});

test('figures are means over runs', () => {
	const runs = [answersBy(targetOf), answersBy((i) => -targetOf(i), { seed: 2 })];
	expect(judgeMethod(set, runs, { draws: 100 }).figures.srcc!.value).toBeCloseTo(0, 12);
	expect(judgeMethod(set, runs, { draws: 100 }).runs).toBe(2);
});

test('undefined answers are left out and counted', () => {
	const judged = judgeMethod(set, [answersBy((i) => (i % 4 === 0 ? null : targetOf(i)))], { draws: 100 });
	expect(judged.undefinedAnswers).toBe(all.filter((i) => i % 4 === 0).length);
	expect(judged.figures.srcc!.value).toBeCloseTo(1, 12);
	expect(judgeMethod(set, [answersBy(() => null)], { draws: 100 }).figures).toEqual({});
});

test('the interval holds the figure, and is not given for a handful of slides', () => {
	const noisy = (i: number): number => targetOf(i) + ((i * 7919) % 5);
	const { srcc } = judgeMethod(set, [answersBy(noisy)], { draws: 400 }).figures;
	expect(srcc!.low).toBeLessThanOrEqual(srcc!.value);
	expect(srcc!.high).toBeGreaterThanOrEqual(srcc!.value);
	expect(srcc!.high - srcc!.low).toBeGreaterThan(0);
	const few = all.filter((i) => ['s0', 's1'].includes(set.patches[i]!.group.slide));
	const alone = judgeMethod(set, [answersBy(noisy, { indices: few, blurriness: few.map(noisy) })]).figures.srcc!;
	expect([alone.low, alone.high]).toEqual([Number.NaN, Number.NaN]);
});

test('scores that only grow differently have the same ranks, whatever the growth', () => {
	fc.assert(
		fc.property(
			fc.double({ min: 0.1, max: 3, noNaN: true }),
			fc.double({ min: -5, max: 5, noNaN: true }),
			(power, shift) => {
				const noisy = (i: number): number => 1 + targetOf(i) + ((i * 31) % 4);
				const [plain, grown] = [noisy, (i: number) => noisy(i) ** power + shift].map(
					(score) => judgeMethod(set, [answersBy(score)], { draws: 100 }).figures,
				);
				for (const name of ['srcc', 'roc', 'averagePrecision', 'falseAlarms'] as const)
					expect(grown![name]!.value).toBeCloseTo(plain![name]!.value, 9);
			},
		),
		{ numRuns: 10 },
	);
});

test('what counts as sharp: two planes where there are planes, else the first class', () => {
	expect([sharpLimit(set), sharpLimit(set, 1)]).toEqual([2, 1]);
	const plain = { ...set, patches: set.patches.map(({ path, label, group }) => ({ path, label, group })) };
	expect([sharpLimit(plain), sharpLimit(plain, 1)]).toEqual([0, 1]);
	const two = { ...plain, classes: ['in focus', 'out of focus'] };
	expect([sharpLimit(two), sharpLimit(two, 1)]).toEqual([0, 0]);
	const samples = samplesOf(set, [answersBy(targetOf)], 2);
	for (const { target, blurry } of samples) expect(blurry).toBe(target > 2 ? 1 : 0);
});

test('a better method differs from a worse one, one from itself does not, and pairs must fit', () => {
	const good = judgeMethod(set, [answersBy((i) => targetOf(i) + ((i * 31) % 2))], { draws: 100 });
	const bad = judgeMethod(set, [answersBy((i) => targetOf(i) + 3 * ((i * 31) % 7))], { draws: 100 });
	const difference = differenceOf(set, 'srcc', good, bad, 500)!;
	expect(difference.value).toBeGreaterThan(0.1);
	expect(difference.pValue).toBeLessThan(0.05);
	expect(differenceOf(set, 'srcc', good, good, 200)!.pValue).toBe(1);
	const gappy = judgeMethod(set, [answersBy((i) => (i === 0 ? null : 1))], { draws: 100 });
	expect(differenceOf(set, 'srcc', good, gappy)).toBeUndefined();
});

test('every figure says which way is better', () => {
	for (const { name, better } of FIGURES) {
		expect(figureNamed(name).better).toBe(better);
		expect(['falseAlarms', 'mae', 'riskCoverage'].includes(name)).toBe(better === 'lower');
	}
});
