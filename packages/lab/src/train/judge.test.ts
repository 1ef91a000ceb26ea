import { expect, test } from 'vitest';
import { lossNamed } from '../losses/registry.ts';
import { createFeatureSource } from './feature-source.ts';
import { figuresOf, judge, selectionError } from './judge.ts';
import type { Answerer } from './learner.ts';

/** Answers with the first number of each "picture". */
const echo: Answerer = {
	answer: async (pixels) => Float32Array.from({ length: pixels.length / 2 }, (_, i) => pixels[2 * i]!),
	close: async () => {},
};

function sourceOf(values: readonly number[], labels: readonly number[]) {
	const features = new Map(values.map((value, i) => [i, Float32Array.of(value, 0)]));
	const indices = values.map((_, i) => i);
	return createFeatureSource({ count: 2, features }, { indices, labels, batchSize: 2, shuffle: false, seed: 1 });
}

test('asks about every patch once, in order', async () => {
	const judged = await judge(sourceOf([3, 1, 2], [5, 6, 7]), echo, lossNamed('mse'), 1);
	expect(judged.indices).toEqual([0, 1, 2]);
	expect(judged.answers.map(({ expected }) => expected)).toEqual([3, 1, 2]);
	expect([...judged.targets]).toEqual([5, 6, 7]);
});

test('windows of one patch are averaged before they are read', async () => {
	const batch = (pixels: number[], own: number[]) => ({
		number: 0,
		pixels: Float32Array.from(pixels.flatMap((value) => [value, 0])),
		labels: Float32Array.from(own, () => 4),
		indices: Int32Array.from(own),
	});
	const source = {
		...sourceOf([0], [0]),
		async *epoch() {
			yield batch([1, 3, 8], [0, 0, 1]);
			yield batch([5], [0]);
		},
	};
	const judged = await judge(source, echo, lossNamed('plcc'), 1);
	expect(judged.indices).toEqual([0, 1]);
	expect(judged.answers.map(({ expected }) => expected)).toEqual([3, 8]);
});

const judgedOf = (expected: number[], targets: number[], classes?: number[]) => ({
	indices: expected.map((_, i) => i),
	answers: expected.map((value, i) => ({ expected: value, ...(classes && { class: classes[i]! }) })),
	targets: Float32Array.from(targets),
});

test('figures of values', () => {
	const figures = figuresOf(judgedOf([1, 2, 4], [1, 3, 4]), lossNamed('mse'), 1);
	expect(figures.patches).toBe(3);
	expect(figures.srcc).toBeCloseTo(1, 9);
	expect(figures.plcc).toBeCloseTo(0.9286, 4);
	expect(figures.mae).toBeCloseTo(1 / 3, 6);
	expect(selectionError(figures)).toBeCloseTo(0, 9);
	const free = figuresOf(judgedOf([10, 20, 30], [3, 2, 1]), lossNamed('plcc'), 1);
	expect(Object.keys(free)).toEqual(['patches', 'srcc', 'plcc']);
	expect(free.srcc).toBeCloseTo(-1, 9);
	expect(selectionError(free)).toBeCloseTo(2, 9);
});

test('figures of classes', () => {
	const figures = figuresOf(judgedOf([0.2, 1.4, 1.9, 0.8], [0, 1, 2, 0], [0, 1, 2, 2]), lossNamed('ce'), 3);
	expect(figures).toMatchObject({ accuracy: 0.75, mae: 0.5, withinOne: 0.75 });
	expect(figures.balancedAccuracy).toBeCloseTo((0.5 + 1 + 1) / 3, 9);
	expect(figures.tauB).toBeGreaterThan(0);
	expect(selectionError(figures)).toBe(0.5);
});

test('what is undefined is null, and never the best', () => {
	const figures = figuresOf(judgedOf([1, 1], [0, 1]), lossNamed('plcc'), 1);
	expect(figures).toEqual({ patches: 2, srcc: null, plcc: null });
	expect(selectionError(figures)).toBe(Number.POSITIVE_INFINITY);
});
