import { describe, expect, test } from 'vitest';
import { VALIDITY } from '../../map/focus-map.ts';
import { exampleResult } from '../testing/example.ts';
import { groupStatistics, meanOf, measurementsOf, rounded } from './region-statistics.ts';

const { assessment, map } = exampleResult();
const small = {
	...map,
	columns: 4,
	rows: 1,
	values: Float32Array.of(1, 3, Number.NaN, 9),
	validity: Uint8Array.of(VALIDITY.assessable, VALIDITY.assessable, VALIDITY.littleTexture, VALIDITY.assessable),
	tissueFraction: Float32Array.of(1, 0.5, 1, 1),
};

describe('groupStatistics', () => {
	test('sums over each group, values only where there are some', () => {
		const [first, second] = groupStatistics(small, Int32Array.of(0, 0, 0, 1), 2);
		expect(first).toEqual({ places: 3, values: 2, sum: 4, worst: 3, tissue: 2.5 });
		expect(second).toEqual({ places: 1, values: 1, sum: 9, worst: 9, tissue: 1 });
		expect(meanOf(first!)).toBe(2);
	});

	test('the worst value is the lowest where lower means blurrier', () => {
		const [first] = groupStatistics({ ...small, higherMeans: 'sharper' }, Int32Array.of(0, 0, 0, -1), 1);
		expect(first!.worst).toBe(1);
	});

	test('places of no group count nowhere', () => {
		expect(groupStatistics(small, new Int32Array(4).fill(-1), 0)).toEqual([]);
	});
});

describe('measurementsOf', () => {
	test('names numbers with their units', () => {
		const parts = groupStatistics(small, Int32Array.of(0, 0, -1, 1), 2);
		expect(measurementsOf(parts, assessment, small)).toEqual({
			'Mean defocus µm': rounded(13 / 3),
			'Worst defocus µm': 9,
			'Tissue area mm²': rounded((2.5 * 64 * 64 * 0.25 * 0.25) / 1e6),
			'Map places': 3,
		});
	});

	test('has no area without a pixel size and no mean without values', () => {
		const parts = groupStatistics(small, Int32Array.of(-1, -1, 0, -1), 1);
		const unknown = exampleResult({ mpp: false }).assessment;
		expect(measurementsOf(parts, unknown, small)).toEqual({ 'Map places': 1 });
	});

	test('the name follows the unit of the map', () => {
		const parts = groupStatistics(small, Int32Array.of(0, 0, -1, -1), 1);
		const names = Object.keys(measurementsOf(parts, assessment, { ...small, unit: 'zLevel' }));
		expect(names).toContain('Mean z-level');
	});
});
