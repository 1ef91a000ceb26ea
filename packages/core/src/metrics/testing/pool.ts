/** The steps that FQPath, HVS-MaxPol and Synthetic-MaxPol share, against golden intermediates. */
import { expect } from 'vitest';
import type { StrongestResponses } from '../maxpol/strongest-responses.ts';
import type { Signal } from '../signal/luma.ts';

/** Golden intermediates of one pooling step. */
export interface GoldenPool {
	readonly masked?: number;
	readonly k: number;
	readonly sigma: number;
	readonly frac: number;
	readonly K: number;
	readonly f_max: number;
	readonly f_min: number;
	readonly f_mean: number;
}

/** Everything a strongest-responses step found is as in the golden file. */
export function expectPool(strongest: StrongestResponses, golden: GoldenPool): void {
	const { binsBelow, width, keptFraction, values } = strongest;
	expect(binsBelow).toBe(golden.k);
	expect(width).toBeCloseTo(golden.sigma, 9);
	expect(keptFraction).toBeCloseTo(golden.frac, 7);
	expect(values).toHaveLength(golden.K);
	let least = Number.POSITIVE_INFINITY;
	let most = 0;
	let sum = 0;
	for (const value of values) {
		least = Math.min(least, value);
		most = Math.max(most, value);
		sum += value;
	}
	expect(most / golden.f_max).toBeCloseTo(1, 8);
	expect(least / golden.f_min).toBeCloseTo(1, 8);
	expect(sum / values.length / golden.f_mean).toBeCloseTo(1, 8);
}

/** A response image has the golden samples `[row, column, value]`. */
export function expectSamples(
	response: Signal,
	samples: readonly (readonly [number, number, number])[],
	tolerance: number,
): void {
	expect(samples.length).toBeGreaterThan(0);
	for (const [row, column, value] of samples) {
		expect(Math.abs(response.data[row * response.widthPx + column]! - value)).toBeLessThan(tolerance);
	}
}
