import { expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { huberLoss, plccLoss, rankingLoss } from './loss.ts';
import { gradientError } from './testing/check-gradient.ts';

const random = seededRandom(5);
const predictions = Float64Array.from({ length: 12 }, () => random.normal());
const targets = Float64Array.from({ length: 12 }, () => random.between(0, 3));
const views = Int32Array.from({ length: 12 }, (_, i) => Math.floor(i / 4));
const all = Array.from({ length: 12 }, (_, i) => i);

test.each([
	['PLCC', () => plccLoss(predictions, targets)],
	['Huber', () => huberLoss(predictions, targets)],
	['ranking', () => rankingLoss(predictions, targets, views)],
])('the gradient of the %s loss is its slope', (_, loss) => {
	expect(gradientError(() => loss().value, predictions, loss().gradient, all, 1e-5)).toBeLessThan(1e-5);
});

test('PLCC loss is 0 for a perfect line, 2 for its mirror, whatever scale and offset', () => {
	expect(
		plccLoss(
			targets.map((t) => 7 * t - 3),
			targets,
		).value,
	).toBeCloseTo(0, 9);
	expect(
		plccLoss(
			targets.map((t) => 1 - t),
			targets,
		).value,
	).toBeCloseTo(2, 9);
});

test('PLCC loss of a constant is finite', () => {
	const { value, gradient } = plccLoss(new Float64Array(4), Float64Array.of(0, 1, 2, 3));
	expect(value).toBeCloseTo(1, 9);
	expect(gradient.every(Number.isFinite)).toBe(true);
});

test('Huber loss is half the square near, straight far', () => {
	expect(huberLoss(Float64Array.of(0.2), Float64Array.of(0)).value).toBeCloseTo(0.02, 12);
	expect(huberLoss(Float64Array.of(2), Float64Array.of(0)).value).toBeCloseTo(0.5 * (2 - 0.25), 12);
});

test('ranking loss asks only within a view and only for a share of the difference', () => {
	const t = Float64Array.of(0, 1);
	expect(rankingLoss(Float64Array.of(0, 0.7), t, [1, 1]).value).toBe(0);
	expect(rankingLoss(Float64Array.of(0, 0.2), t, [1, 1]).value).toBeCloseTo(0.25, 12);
	expect(rankingLoss(Float64Array.of(5, 0), t, [1, 2]).value).toBe(0);
});
