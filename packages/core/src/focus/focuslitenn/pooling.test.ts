import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ENERGY_EPSILON, ENERGY_FEATURES_PER_KERNEL, energyFeatures, featureCount, poolFeatures } from './pooling.ts';
import { plainStatistics } from './testing/synthetic.ts';

const responses = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('extremes', () => {
	const two = Float64Array.of(3, -1, 2, 0, 4, 5, 3, -7, 8, 0, 9, 9);

	test('min takes each kernel’s minimum', () => {
		expect([...poolFeatures('min', two, 2)]).toEqual([-1, -7]);
	});

	test('minMax keeps each kernel’s two together (equation 2)', () => {
		expect([...poolFeatures('minMax', two, 2)]).toEqual([-1, 2, -7, 8]);
	});

	test.each(['min', 'minMax', 'energy'] as const)('%s of nothing is NaN throughout', (pooling) => {
		const empty = Float64Array.from(plainStatistics([]));
		const features = poolFeatures(pooling, empty, 1);
		expect(features.length).toBe(featureCount(pooling, 1));
		expect(features.every(Number.isNaN)).toBe(true);
	});
});

describe('energies', () => {
	test('are four logarithms a kernel, in the documented order', () => {
		const values = [1, 2, 6];
		const [square, magnitude, above, below] = energyFeatures(Float64Array.from(plainStatistics(values)), 1);
		expect(ENERGY_FEATURES_PER_KERNEL).toBe(4);
		expect(square).toBeCloseTo(Math.log(14 / 3 + ENERGY_EPSILON ** 2), 12);
		expect(magnitude).toBeCloseTo(Math.log(3 + ENERGY_EPSILON), 12);
		expect(above).toBeCloseTo(Math.log(3 + ENERGY_EPSILON), 12);
		expect(below).toBeCloseTo(Math.log(2 + ENERGY_EPSILON), 12);
	});

	test('are finite for any responses, flat ones included', () => {
		fc.assert(
			fc.property(responses, (values) => {
				const statistics = Float64Array.from(Float32Array.from(plainStatistics(values)));
				expect(energyFeatures(statistics, 1).every(Number.isFinite)).toBe(true);
			}),
		);
		const flat = energyFeatures(Float64Array.from(plainStatistics(Array(50).fill(0.7))), 1);
		expect(flat[0]).toBeCloseTo(2 * Math.log(ENERGY_EPSILON), 6);
		expect(flat[2]).toBeCloseTo(Math.log(ENERGY_EPSILON), 6);
	});

	test('of contrast scaled by s move by log s, twice that for the square', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 1, max: 10, noNaN: true }), { minLength: 3, maxLength: 20 }),
				fc.double({ min: 2, max: 50, noNaN: true }),
				(values, scale) => {
					fc.pre(Math.max(...values) - Math.min(...values) > 1);
					const plain = energyFeatures(Float64Array.from(plainStatistics(values)), 1);
					const scaled = energyFeatures(Float64Array.from(plainStatistics(values.map((v) => v * scale))), 1);
					const step = Math.log(scale);
					const moves = [2 * step, step, step, step];
					for (const [i, move] of moves.entries()) expect(scaled[i]! - plain[i]!).toBeCloseTo(move, 2);
				},
			),
		);
	});

	test('of a constant added change only in the magnitude', () => {
		const values = [0.1, 0.4, -0.2, 0.3];
		const plain = energyFeatures(Float64Array.from(plainStatistics(values)), 1);
		const moved = energyFeatures(Float64Array.from(plainStatistics(values.map((v) => v + 5))), 1);
		for (const index of [0, 2, 3]) expect(moved[index]).toBeCloseTo(plain[index]!, 9);
		expect(moved[1]).toBeGreaterThan(plain[1]!);
	});
});
