import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runningStatistics } from './running-statistics.ts';

const layers = [
	{ key: 'a', channels: 2, count: 4 },
	{ key: 'b', channels: 1, count: 1 },
];
const start = new Map(
	['a', 'b'].flatMap((key, i) => [
		[`${key}.running_mean`, { shape: [2 - i], data: new Float32Array(2 - i) }] as const,
		[`${key}.running_var`, { shape: [2 - i], data: new Float32Array(2 - i).fill(1) }] as const,
	]),
);

test('a tenth of each batch, variances by the count less one', () => {
	const running = runningStatistics(layers, start);
	running.add(Float32Array.of(10, 20, 30), Float32Array.of(3, 6, 9));
	const tensors = running.tensors();
	expect([...tensors.keys()]).toEqual(['a.running_mean', 'a.running_var', 'b.running_mean', 'b.running_var']);
	expect([...tensors.get('a.running_mean')!.data]).toEqual([1, 2]);
	// 3 · 4 / 3 is 4, of which a tenth, and nine tenths of 1.
	expect(tensors.get('a.running_var')!.data[0]).toBeCloseTo(1.3, 6);
	expect(tensors.get('a.running_var')!.data[1]).toBeCloseTo(1.7, 6);
	expect(tensors.get('b.running_mean')!.data[0]).toBeCloseTo(3, 6);
	expect(tensors.get('b.running_var')!.data[0]).toBeCloseTo(1.8, 6);
});

test('neither the start nor what was handed out changes later', () => {
	const running = runningStatistics(layers, start);
	const before = running.tensors();
	running.add(Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 3));
	expect(start.get('a.running_mean')!.data).toEqual(new Float32Array(2));
	expect(before.get('a.running_var')!.data).toEqual(Float32Array.of(1, 1));
	expect(running.tensors().get('a.running_mean')!.data).not.toEqual(before.get('a.running_mean')!.data);
});

test('the same batch over and over is what remains', () => {
	const number = fc.integer({ min: -100, max: 100 });
	fc.assert(
		fc.property(fc.array(number, { minLength: 3, maxLength: 3 }), (means) => {
			const running = runningStatistics(layers, start);
			for (let i = 0; i < 200; i++) running.add(Float32Array.from(means), Float32Array.of(3, 3, 2));
			const tensors = running.tensors();
			expect(tensors.get('a.running_mean')!.data[1]).toBeCloseTo(means[1]!, 3);
			expect(tensors.get('a.running_var')!.data[0]).toBeCloseTo(4, 3);
		}),
		{ numRuns: 20 },
	);
});
