import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';

test('a seed decides the stream; another seed gives another', () => {
	const take = (seed: number): number[] => {
		const random = seededRandom(seed);
		return Array.from({ length: 20 }, () => random.uniform());
	};
	expect(take(1)).toEqual(take(1));
	expect(take(1)).not.toEqual(take(2));
});

test('is uniform: mean, spread and every tenth', () => {
	const random = seededRandom(42);
	const values = Array.from({ length: 50_000 }, () => random.uniform());
	const tenths = new Array(10).fill(0);
	for (const value of values) tenths[Math.floor(10 * value)]++;
	for (const count of tenths) expect(Math.abs(count - 5000)).toBeLessThan(300);
	expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
});

test('normal numbers have mean 0, deviation 1 and a normal share within one deviation', () => {
	const random = seededRandom(7);
	const values = Array.from({ length: 50_000 }, () => random.normal());
	const mean = values.reduce((a, b) => a + b) / values.length;
	const variance = values.reduce((a, b) => a + b * b, 0) / values.length;
	expect(Math.abs(mean)).toBeLessThan(0.02);
	expect(Math.abs(variance - 1)).toBeLessThan(0.03);
	expect(values.filter((value) => Math.abs(value) < 1).length / values.length).toBeCloseTo(0.6827, 1);
});

test('whole numbers and ranges stay inside and reach their ends', () => {
	const random = seededRandom(3);
	const whole = new Set(Array.from({ length: 500 }, () => random.below(7)));
	expect([...whole].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
	for (let i = 0; i < 500; i++) {
		const value = random.between(-2, 3);
		expect(value >= -2 && value < 3).toBe(true);
	}
});

test('a fork depends on seed and name, not on what was drawn before', () => {
	const fresh = seededRandom(1);
	const used = seededRandom(1);
	for (let i = 0; i < 10; i++) used.uniform();
	expect(fresh.fork('a').uniform()).toBe(used.fork('a').uniform());
	expect(fresh.fork('a').uniform()).not.toBe(fresh.fork('b').uniform());
	expect(seededRandom(2).fork('a').uniform()).not.toBe(fresh.fork('a').uniform());
});
