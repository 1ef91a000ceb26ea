import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { labelStack } from './label-stack.ts';

const heights = (from: number, to: number, step = 1) =>
	Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

describe('best focus', () => {
	test.each([0, 0.3, -0.45, 1])('of a parabola about %d is found between planes', (best) => {
		const z = heights(-6, 6);
		const {
			best: found,
			labels,
			warnings,
		} = labelStack(
			z,
			z.map((height) => (height - best) ** 2),
		);
		expect(found).toBeCloseTo(best, 9);
		labels.forEach((label, i) => {
			expect(label).toBeCloseTo(Math.abs(z[i]! - best), 9);
		});
		expect(warnings).toEqual([]);
	});

	test('of simulated noisy stacks is found to half a plane', () => {
		for (let seed = 0; seed < 30; seed++) {
			const random = seededRandom(seed);
			const best = random.between(-2, 2);
			const z = heights(-9, 9);
			const blur = z.map((height) => Math.abs(height - best) + 0.15 * random.normal());
			expect(Math.abs(labelStack(z, blur).best - best)).toBeLessThan(0.75);
		}
	});

	test('one sharp-looking outlier far from focus does not win', () => {
		const z = heights(-8, 8);
		const blur = z.map((height) => Math.abs(height));
		blur[15] = -0.5;
		expect(Math.abs(labelStack(z, blur).best)).toBeLessThan(1);
	});

	test('moves with the heights, and not with the scale of scores', () => {
		fc.assert(
			fc.property(
				fc.double({ min: -3, max: 3, noNaN: true }),
				fc.double({ min: -100, max: 100, noNaN: true }),
				fc.double({ min: 0.1, max: 10, noNaN: true }),
				(best, shift, scale) => {
					const z = heights(-6, 6);
					const blur = z.map((height) => (height - best) ** 2);
					const plain = labelStack(z, blur).best;
					const moved = labelStack(
						z.map((height) => height + shift),
						blur.map((score) => scale * score + shift),
					);
					expect(moved.best - shift).toBeCloseTo(plain, 6);
				},
			),
		);
	});

	test('with uneven heights keeps to the lowest parabola', () => {
		const z = [-5, -3, -1, 0, 0.5, 2, 6];
		expect(labelStack(z, [25, 9, 1, 0, 0.25, 4, 36]).best).toBeGreaterThan(-1);
		expect(labelStack(z, [25, 9, 1, 0, 0.25, 4, 36]).best).toBeLessThan(0.5);
	});

	test('is what the user says it is', () => {
		const z = heights(-4, 4);
		const { best, labels } = labelStack(
			z,
			z.map((height) => height ** 2),
			2,
		);
		expect(best).toBe(2);
		expect(labels).toEqual([6, 5, 4, 3, 2, 1, 0, 1, 2]);
	});
});

describe('what is odd is said', () => {
	test('a stack on one side of focus', () => {
		const z = heights(0, 12);
		const { best, warnings } = labelStack(z, z);
		expect(best).toBe(0);
		expect(warnings).toEqual([
			expect.stringMatching(/does not reach both sides of focus: best focus is at z = 0, with 0 of 13/),
		]);
		expect(
			labelStack(
				z,
				z.map((height) => (height - 2) ** 2),
			).warnings,
		).toEqual([expect.stringMatching(/with 2 of 13 planes/)]);
	});

	test('best focus said to lie outside', () => {
		const z = heights(-5, 5);
		const { labels, warnings } = labelStack(z, z.map(Math.abs), 20);
		expect(labels[0]).toBe(25);
		expect(warnings[0]).toMatch(/both sides of focus: best focus is at z = 20, with 0 of 11/);
	});

	test('scores that fall again far from focus, on that side', () => {
		const z = heights(-8, 8);
		const blur = z.map((height) => (height <= 5 ? Math.abs(height) : 10 - height));
		const { warnings } = labelStack(z, blur);
		expect(warnings).toEqual([
			expect.stringMatching(/do not rise steadily away from focus: from z = 5 to z = 8 they fall by \d\d %/),
		]);
		const mirrored = labelStack(z, blur.toReversed());
		expect(mirrored.warnings).toEqual([expect.stringMatching(/from z = -5 to z = -8/)]);
	});

	test('a little unrest is not', () => {
		const z = heights(-8, 8);
		const blur = z.map((height) => Math.abs(height) + (height === 6 ? 0.4 : 0));
		expect(labelStack(z, blur).warnings).toEqual([]);
	});

	test('stacks of one plane and of equal scores give labels', () => {
		expect(labelStack([3], [1])).toMatchObject({ best: 3, labels: [0] });
		expect(labelStack([1, 2, 3], [5, 5, 5]).labels).toHaveLength(3);
	});
});
