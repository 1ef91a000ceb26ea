import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../assessment.ts';
import { focusColour } from '../../map/colour.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { exampleResult } from '../testing/example.ts';
import { CODE, LARGEST_GRID, reportData } from './report-data.ts';

const { assessment, map } = exampleResult();

function bytes(text: string): Uint8Array {
	return new Uint8Array(Buffer.from(text, 'base64'));
}

/** Share of tissue at least as blurry as `value`, straight from the definition. */
function shareAtLeast(focusMap: FocusMap, value: number): number {
	let above = 0;
	let all = 0;
	for (const [place, tissue] of focusMap.tissueFraction.entries()) {
		if (focusMap.validity[place] !== VALIDITY.assessable) continue;
		all += tissue;
		const blurry =
			focusMap.higherMeans === 'blurrier' ? focusMap.values[place]! >= value : focusMap.values[place]! <= value;
		if (blurry) above += tissue;
	}
	return all > 0 ? above / all : 0;
}

describe('stops', () => {
	test('are round, rise from the sharp end to the blurry one, and hold the thresholds', () => {
		const { stops } = reportData(assessment, map, 'µm');
		expect(stops[0]).toBe(0);
		expect(stops.at(-1)).toBe(6);
		for (const threshold of [1, 2, 4]) expect(stops).toContain(threshold);
		for (let i = 1; i < stops.length; i++) expect(stops[i]!).toBeGreaterThan(stops[i - 1]!);
		expect(stops.length).toBeGreaterThan(40);
	});

	test('hold thresholds that are not round', () => {
		const thresholds = { slight: 0.777, clear: 1.2345, strong: 3.4567 };
		const odd: Assessment = { ...assessment, map: { ...assessment.map, thresholds } };
		expect(reportData(odd, map, 'µm').stops).toEqual(expect.arrayContaining([0.777, 1.2345, 3.4567]));
	});

	test('fit in a byte whatever the range of a relative score', () => {
		fc.assert(
			fc.property(
				fc.float({ min: Math.fround(-1e6), max: Math.fround(1e6), noNaN: true }),
				fc.float({ min: 0, max: Math.fround(1e6), noNaN: true }),
				fc.constantFrom('blurrier' as const, 'sharper' as const),
				(low, length, higherMeans) => {
					const values = Float32Array.of(low, low + length, low + length / 2);
					const scored: FocusMap = {
						...map,
						columns: 3,
						rows: 1,
						values,
						validity: new Uint8Array(3),
						tissueFraction: new Float32Array(3).fill(1),
						unit: 'score',
						higherMeans,
					};
					const { thresholds, ...rest } = assessment.map;
					expect(thresholds).toBeDefined();
					const { stops, shares, codes } = reportData({ ...assessment, map: rest }, scored, '');
					expect(stops.length).toBeGreaterThan(0);
					expect(stops.length).toBeLessThan(245);
					expect(shares).toHaveLength(stops.length);
					expect(bytes(codes).every((code) => code >= CODE.value)).toBe(true);
					for (let i = 1; i < shares.length; i++) expect(shares[i]!).toBeLessThanOrEqual(shares[i - 1]!);
				},
			),
			{ numRuns: 150 },
		);
	});
});

describe('shares', () => {
	test('are exact at every stop', () => {
		const { stops, shares } = reportData(assessment, map, 'µm');
		for (const [i, stop] of stops.entries()) expect(shares[i]).toBeCloseTo(shareAtLeast(map, stop), 5);
	});

	test("agree with the assessment's own fractions at the thresholds", () => {
		const { stops, shares } = reportData(assessment, map, 'µm');
		const { slightFraction, clearFraction, strongFraction } = assessment.focus!;
		expect(shares[stops.indexOf(4)]).toBeCloseTo(strongFraction, 5);
		expect(shares[stops.indexOf(2)]).toBeCloseTo(strongFraction + clearFraction, 5);
		expect(shares[stops.indexOf(1)]).toBeCloseTo(strongFraction + clearFraction + slightFraction, 5);
	});

	test('stay exact when the drawing is coarser than the map', () => {
		const big = exampleResult({ columns: 1100, rows: 60 });
		const { stops, shares, columns, rows, stepPx } = reportData(big.assessment, big.map, 'µm');
		expect([columns, rows, stepPx]).toEqual([367, 20, 192]);
		for (const i of [0, 10, 30]) expect(shares[i]).toBeCloseTo(shareAtLeast(big.map, stops[i]!), 5);
	});

	test('scores that fall with blur count downwards', () => {
		const turned: FocusMap = {
			...map,
			values: map.values.map((value) => -value),
			unit: 'score',
			higherMeans: 'sharper',
		};
		const thresholds = { slight: -1, clear: -2, strong: -4 };
		const { stops, shares } = reportData({ ...assessment, map: { ...assessment.map, thresholds } }, turned, '');
		expect(stops.indexOf(-1)).toBeLessThan(stops.indexOf(-4));
		expect(shares[stops.indexOf(-2)]).toBeCloseTo(shareAtLeast(map, 2), 5);
	});

	test('are zero where nothing can be judged', () => {
		const validity = map.validity.slice().fill(VALIDITY.littleTexture);
		const { shares } = reportData(assessment, { ...map, validity }, 'µm');
		expect(new Set(shares)).toEqual(new Set([0]));
	});
});

describe('drawing', () => {
	test('a code a place: why there is no value, or how many stops the value reaches', () => {
		const { codes, stops } = reportData(assessment, map, 'µm');
		const drawn = bytes(codes);
		expect(drawn).toHaveLength(map.values.length);
		for (const [place, code] of drawn.entries()) {
			const validity = map.validity[place];
			if (validity === VALIDITY.background) expect(code).toBe(CODE.background);
			else if (validity === VALIDITY.littleTexture) expect(code).toBe(CODE.littleTexture);
			else if (validity === VALIDITY.penMark) expect(code).toBe(CODE.penMark);
			else if (validity === VALIDITY.unreadable) expect(code).toBe(CODE.unreadable);
			else expect(code - CODE.value).toBe(stops.filter((stop) => map.values[place]! >= stop).length);
		}
	});

	test('a small blurry spot is drawn even when blocks hide most places', () => {
		const columns = 2000;
		const values = new Float32Array(columns * 8);
		values[3 * columns + 1234] = 5;
		const spot: FocusMap = {
			...map,
			columns,
			rows: 8,
			values,
			validity: new Uint8Array(values.length),
			tissueFraction: new Float32Array(values.length).fill(1),
		};
		const data = reportData(assessment, spot, 'µm');
		expect(data.columns).toBeLessThanOrEqual(LARGEST_GRID);
		const block = data.stepPx / 64;
		const code = bytes(data.codes)[Math.floor(3 / block) * data.columns + Math.floor(1234 / block)]!;
		expect(data.stops[code - CODE.value - 1]).toBe(5);
	});

	test('colours are those of the map', () => {
		const { colours, stops } = reportData(assessment, map, 'µm');
		const table = bytes(colours);
		expect(table).toHaveLength((stops.length + 1) * 3);
		const at = (stops.indexOf(3) + 1) * 3;
		expect([...table.subarray(at, at + 3)]).toEqual([...focusColour(0.5)]);
	});

	test('areas need a pixel size', () => {
		const tissue = map.tissueFraction.reduce(
			(sum, part, place) => sum + (map.validity[place] === VALIDITY.assessable ? part : 0),
			0,
		);
		expect(reportData(assessment, map, 'µm').assessableMm2).toBeCloseTo((tissue * 16 * 16) / 1e6, 9);
		const unknown = exampleResult({ mpp: false });
		expect(reportData(unknown.assessment, unknown.map, 'µm')).not.toHaveProperty('assessableMm2');
	});
});
