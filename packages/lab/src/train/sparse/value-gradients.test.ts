import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startedEngines } from '../../engine/testing/engines.ts';
import { lossNumbers } from '../../golden/loss-numbers.ts';
import { lossNamed } from '../../losses/registry.ts';
import { VALUE_GRADIENTS } from './value-gradients.ts';

const cases: [string, number[], number[]][] = [
	['different numbers', [0.3, -1.2, 2.5, 0.1, 4], [1, 0, 3, 2, 7]],
	['equal answers and targets', [1, 2, 3], [1, 2, 3]],
	['falling where it should rise', [3, 2, 1, 0.5], [0, 1, 2, 5]],
	['constant answers', [0.1, 0.1, 0.1], [1, 2, 3]],
	['constant targets', [1, 2, 4], [3, 3, 3]],
	['a single sample', [2.5], [1]],
];

test.each(cases)('losses and gradients are those of the graphs: %s', async (_, answers, targets) => {
	const names = Object.keys(VALUE_GRADIENTS);
	const engine = await startedEngines[0]!.open();
	const tasks = names.map((name) => ({ loss: lossNamed(name), answers: answers.map((answer) => [answer]) }));
	const graphs = await lossNumbers(engine, 'float64', targets, 1, tasks);
	for (const [i, name] of names.entries()) {
		const own = VALUE_GRADIENTS[name]!(Float64Array.from(answers), Float64Array.from(targets));
		expect(own.value).toBeCloseTo(graphs[i]!.value, 12);
		own.gradient.forEach((slope, k) => {
			expect(slope).toBeCloseTo(graphs[i]!.gradient[k]![0]!, 12);
		});
	}
});

const number = fc.integer({ min: -1e6, max: 1e6 }).map((whole) => whole / 64);

test.each(Object.keys(VALUE_GRADIENTS))('%s: nothing is ever not a number', (name) => {
	fc.assert(
		fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 8 }), (pairs) => {
			const [answers, targets] = [0, 1].map((side) => Float64Array.from(pairs, (pair) => pair[side]!));
			const { value, gradient } = VALUE_GRADIENTS[name]!(answers!, targets!);
			expect([value, ...gradient].every(Number.isFinite)).toBe(true);
		}),
	);
});

test('plcc: adding to all answers or stretching them changes nothing', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 9 }), (numbers) => {
			const targets = Float64Array.from(numbers, (_, i) => i);
			const value = (of: (x: number) => number): number =>
				VALUE_GRADIENTS['plcc']!(Float64Array.from(numbers, of), targets).value;
			expect(value((x) => 3 * x + 7)).toBeCloseTo(
				value((x) => x),
				9,
			);
		}),
	);
});
