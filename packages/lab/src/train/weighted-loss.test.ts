import { expect, test } from 'vitest';
import { startedEngines } from '../engine/testing/engines.ts';
import { lossNumbers } from '../golden/loss-numbers.ts';
import { LOSSES, lossNamed } from '../losses/registry.ts';
import { seededRandom } from '../simulate/random.ts';
import { weightedLoss } from './weighted-loss.ts';

const CLASSES = 4;
const targets = [0, 3, 1, 1, 2];
const random = seededRandom(2);

/** Losses of classes, with some answers each. */
const tasks = LOSSES.filter(({ target, perSample }) => target === 'class' && perSample).map((loss) => ({
	loss,
	answers: targets.map(() => Array.from({ length: loss.outputs(CLASSES) }, () => random.normal())),
}));

async function numbers(weights?: Float32Array) {
	const own = tasks.map(({ loss, answers }) => ({ answers, loss: weights ? weightedLoss(loss, weights) : loss }));
	return lossNumbers(await startedEngines[0]!.open(), 'float64', targets, CLASSES, own);
}

test('weights of one change nothing', async () => {
	const [plain, weighted] = [await numbers(), await numbers(Float32Array.of(1, 1, 1, 1))];
	expect(plain.length).toBeGreaterThanOrEqual(7);
	plain.forEach(({ value, gradient }, i) => {
		expect(weighted[i]!.value).toBeCloseTo(value, 10);
		gradient.flat().forEach((slope, k) => {
			expect(weighted[i]!.gradient.flat()[k]).toBeCloseTo(slope, 10);
		});
	});
});

test('each sample counts by its class, in value and gradient', async () => {
	const weights = Float32Array.of(0, 2, 0.5, 4);
	const [plain, weighted] = [await numbers(), await numbers(weights)];
	plain.forEach(({ perSample, gradient }, i) => {
		const expected = perSample!.reduce((sum, value, k) => sum + value * weights[targets[k]!]!, 0) / targets.length;
		expect(weighted[i]!.value).toBeCloseTo(expected, 10);
		for (const [row, slopes] of gradient.entries()) {
			for (const [k, slope] of slopes.entries()) {
				expect(weighted[i]!.gradient[row]![k]).toBeCloseTo(slope * weights[targets[row]!]!, 10);
			}
		}
	});
});

test('reads answers as before', () => {
	const loss = lossNamed('oe');
	expect(weightedLoss(loss, Float32Array.of(1, 2)).decode([3, -1], 3)).toEqual(loss.decode([3, -1], 3));
});

test.each(['plcc', 'mse', 'mae'])('%s has no classes', (name) => {
	expect(() => weightedLoss(lossNamed(name), Float32Array.of(1))).toThrow(`The loss ${name} has no classes`);
});
