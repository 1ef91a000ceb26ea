import { energyFeatures } from '@parfocal/core';
import { expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { energiesOf, responseGradients } from './energy-features.ts';

function randomResponses(seed: number, mean: number): Float32Array {
	const random = seededRandom(seed);
	return Float32Array.from({ length: 50 }, () => mean + 0.1 * random.normal());
}

test.each([0, 0.05, -0.3])('equals what core makes of the statistics of the same responses (mean %d)', (mean) => {
	const r = randomResponses(3, mean);
	const sum = (of: (x: number) => number): number => r.reduce((total, x) => total + of(x), 0);
	const statistics = Float64Array.of(
		r.length,
		Math.min(...r),
		Math.max(...r),
		sum((x) => x),
		sum(Math.abs),
		sum((x) => x * x),
	);
	const expected = energyFeatures(statistics, 1);
	energiesOf(r).features.forEach((feature, i) => {
		expect(feature).toBeCloseTo(expected[i]!, 6);
	});
});

test('flat responses give finite features and gradients', () => {
	const flat = new Float32Array(20).fill(0.25);
	const energies = energiesOf(flat);
	const gradients = new Float32Array(20);
	responseGradients(flat, energies, [1, 1, 1, 1], gradients);
	expect([...energies.features, ...gradients].every(Number.isFinite)).toBe(true);
});

test.each([0, 1, 2, 3])('the gradient of feature %d is its slope at every response', (feature) => {
	const r = randomResponses(7, 0.02);
	const energies = energiesOf(r);
	const gradient = new Float32Array(r.length);
	const onlyThis = [0, 0, 0, 0].map((_, i) => (i === feature ? 1 : 0));
	responseGradients(r, energies, onlyThis, gradient);
	const largest = Math.max(...gradient.map(Math.abs));
	for (let i = 0; i < r.length; i++) {
		const moved = (by: number): number => energiesOf(r.with(i, r[i]! + by)).features[feature]!;
		const slope = (moved(1e-3) - moved(-1e-3)) / 2e-3;
		expect(Math.abs(slope - gradient[i]!) / largest).toBeLessThan(5e-3);
	}
});
