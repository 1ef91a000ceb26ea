import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseThreshold } from './choose-threshold.ts';
import { smoothYouden } from './smooth-youden.ts';
import { simulatedSamples, simulatedScore } from './testing/simulated-samples.ts';

const split = (count: number, seed: number) => {
	const samples = simulatedSamples(count, seed, 0.05);
	return [samples.map(({ score }) => score), samples.map(({ label }) => Number(label >= 1.5))] as const;
};

describe("Youden's", () => {
	test('lies between classes that a gap tells apart, and judges all of them right', () => {
		const chosen = chooseThreshold([0, 1, 2, 8, 9, 10], [0, 0, 0, 1, 1, 1])!;
		expect(chosen.blur).toBeGreaterThan(2);
		expect(chosen.blur).toBeLessThan(8);
		expect(chosen).toMatchObject({ sensitivity: 1, specificity: 1 });
	});

	test('of mirrored classes is the middle', () => {
		expect(smoothYouden([4, 5, 6, 9], [0, 3, 4, 5])).toBeCloseTo(4.5, 3);
	});

	test('of many simulated tiles is where the limit is', () => {
		const [blur, out] = split(4000, 3);
		expect(chooseThreshold(blur, out)!.blur).toBeCloseTo(simulatedScore(1.5), 1);
	});

	test('of equal scores is that score', () => {
		expect(smoothYouden([3, 3], [3])).toBe(3);
	});

	test('moves with shifted and stretched scores', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 50 }),
				fc.double({ min: 0.1, max: 50, noNaN: true }),
				fc.double({ min: -50, max: 50, noNaN: true }),
				(seed, scale, shift) => {
					const [blur, out] = split(40, seed);
					const plain = chooseThreshold(blur, out)!;
					const moved = chooseThreshold(
						blur.map((score) => scale * score + shift),
						out,
					)!;
					expect((moved.blur - shift) / scale).toBeCloseTo(plain.blur, 3);
				},
			),
			{ numRuns: 40 },
		);
	});

	test('is the same whatever the order of tiles', () => {
		const [blur, out] = split(60, 5);
		const turned = chooseThreshold(blur.toReversed(), out.toReversed())!;
		expect(turned.blur).toBeCloseTo(chooseThreshold(blur, out)!.blur, 9);
	});
});

describe('for a sensitivity', () => {
	test.each([
		[1, 4.5, 1, 0.75],
		[0.75, 5.5, 0.75, 1],
		[0.7, 5.5, 0.75, 1],
		[0.5, 7, 0.5, 1],
		[0.01, 9, 0.25, 1],
	])('%d', (asked, blur, sensitivity, specificity) => {
		const chosen = chooseThreshold([1, 2, 3, 4.8, 4.9, 6, 8, 10], [0, 0, 0, 1, 0, 1, 1, 1], asked)!;
		expect(chosen.sensitivity).toBe(sensitivity);
		expect(chosen.specificity).toBeGreaterThanOrEqual(specificity);
		expect(Math.abs(chosen.blur - blur)).toBeLessThan(1.1);
	});

	test('reaches it, and the next tile up would not', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()), { minLength: 4, maxLength: 60 }),
				fc.double({ min: 0.01, max: 1, noNaN: true }),
				(pairs, asked) => {
					const blur = [...pairs.map(([score]) => score), 1, 2];
					const out = [...pairs.map(([, flag]) => Number(flag)), 0, 1];
					const chosen = chooseThreshold(blur, out, asked)!;
					expect(chosen.sensitivity).toBeGreaterThanOrEqual(asked - 1e-9);
					const positives = blur.filter((_, i) => out[i] === 1);
					const above = positives.filter((score) => score > Math.min(...blur.filter((s) => s >= chosen.blur)));
					expect(above.length / positives.length).toBeLessThan(asked);
				},
			),
		);
	});

	test('classifies the same through any rising function of scores', () => {
		const [blur, out] = split(50, 8);
		const judged = (scores: readonly number[]) => {
			const { blur: threshold } = chooseThreshold(scores, out, 0.9)!;
			return scores.map((score) => score >= threshold);
		};
		expect(judged(blur.map((score) => Math.exp(3 * score)))).toEqual(judged(blur));
	});

	test('seven of a hundred is 0.07', () => {
		const blur = Array.from({ length: 101 }, (_, i) => i);
		const out = blur.map((i) => Number(i > 0));
		expect(chooseThreshold(blur, out, 0.07)!.sensitivity).toBe(0.07);
	});
});

test('one class has no threshold', () => {
	expect(chooseThreshold([1, 2], [1, 1])).toBeUndefined();
	expect(chooseThreshold([1, 2], [0, 0], 0.9)).toBeUndefined();
	expect(chooseThreshold([], [])).toBeUndefined();
});
