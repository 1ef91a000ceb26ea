/**
 * Numbers of a region of the map: how blurry, how large.
 * @module
 */
import type { Assessment } from '../../assessment.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { isAtLeast } from '../../verdict/strength.ts';
import { unitWords } from '../words.ts';

/** What is summed over a group of places. */
export interface GroupStatistics {
	places: number;
	/** Places with a value, the sum of their values, the blurriest of them. */
	values: number;
	sum: number;
	worst: number;
	/** Tissue in units of places. */
	tissue: number;
}

/** Sums over each group (see `connectedComponents`). */
export function groupStatistics(map: FocusMap, groups: Int32Array, count: number): GroupStatistics[] {
	const statistics = Array.from({ length: count }, () => ({
		places: 0,
		values: 0,
		sum: 0,
		worst: Number.NaN,
		tissue: 0,
	}));
	for (let place = 0; place < groups.length; place++) {
		const entry = statistics[groups[place]!];
		if (!entry) continue;
		entry.places++;
		entry.tissue += map.tissueFraction[place]!;
		const value = map.values[place]!;
		if (map.validity[place] !== VALIDITY.assessable || Number.isNaN(value)) continue;
		entry.values++;
		entry.sum += value;
		if (Number.isNaN(entry.worst) || isAtLeast(value, entry.worst, map.higherMeans)) entry.worst = value;
	}
	return statistics;
}

/** Mean value over the places that have one. */
export function meanOf(statistics: GroupStatistics): number {
	return statistics.sum / statistics.values;
}

/** The sums as named numbers with units, as QuPath shows them. */
export function measurementsOf(
	parts: readonly GroupStatistics[],
	{ slide }: Assessment,
	map: FocusMap,
): Readonly<Record<string, number>> {
	const total = { places: 0, values: 0, sum: 0, worst: Number.NaN, tissue: 0 };
	for (const part of parts) {
		total.places += part.places;
		total.values += part.values;
		total.sum += part.sum;
		total.tissue += part.tissue;
		if (Number.isNaN(total.worst) || isAtLeast(part.worst, total.worst, map.higherMeans)) total.worst = part.worst;
	}
	const { measurement } = unitWords[map.unit];
	const placeMm2 = slide.mpp && (map.stepPx * map.stepPx * slide.mpp.x * slide.mpp.y) / 1e6;
	return {
		...(total.values > 0 && {
			[`Mean ${measurement}`]: rounded(meanOf(total)),
			[`Worst ${measurement}`]: rounded(total.worst),
		}),
		...(placeMm2 !== undefined && { 'Tissue area mm²': rounded(total.tissue * placeMm2) }),
		'Map places': total.places,
	};
}

/** Six significant digits: more is noise, and the file stays readable. */
export function rounded(value: number): number {
	return Number(value.toPrecision(6));
}
