import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaledRow, scaleOf, unscaledLayer } from './feature-scale.ts';

const number = fc.float({ min: -20, max: 20, noNaN: true });
const rows = fc.array(fc.tuple(number, number, number), { minLength: 2, maxLength: 20 });

test('scaled rows have mean 0 and deviation 1, or 0 where nothing changes', () => {
	fc.assert(
		fc.property(rows, (values) => {
			const given = values.map((row) => Float32Array.from(row));
			const scale = scaleOf(given);
			const scaled = given.map((row) => scaledRow(row, scale));
			for (let i = 0; i < 3; i++) {
				const own = scaled.map((row) => row[i]!);
				const mean = own.reduce((a, b) => a + b) / own.length;
				const deviation = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length);
				expect(mean).toBeCloseTo(0, 2);
				expect(deviation).toBeLessThan(1.001);
			}
		}),
	);
});

test('a layer on scaled features answers as the folded one on features as they are', () => {
	fc.assert(
		fc.property(rows, fc.array(number, { minLength: 8, maxLength: 8 }), (values, weights) => {
			const given = values.map((row) => Float32Array.from(row));
			const scale = scaleOf(given);
			const weight = { shape: [2, 3], data: Float32Array.from(weights.slice(0, 6)) };
			const bias = { shape: [2], data: Float32Array.from(weights.slice(6)) };
			const folded = unscaledLayer(weight, bias, scale);
			const answer = (layer: { weight: typeof weight; bias: typeof bias }, row: Float32Array, o: number): number =>
				row.reduce((sum, value, i) => sum + value * layer.weight.data[3 * o + i]!, layer.bias.data[o]!);
			for (const row of given) {
				for (const o of [0, 1]) {
					const wanted = answer({ weight, bias }, scaledRow(row, scale), o);
					const size = 1 + Math.max(...folded.weight.data.map(Math.abs)) * 60;
					expect(Math.abs(answer(folded as never, row, o) - wanted) / size).toBeLessThan(1e-4);
				}
			}
		}),
	);
});
