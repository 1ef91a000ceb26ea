import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCellGrid, mergeStatistics, STATISTICS_PER_KERNEL } from '../focus/cells.ts';
import type { FocusModel } from '../focus/focus-model.ts';
import type { Level } from '../slide/slide.ts';
import { VALIDITY } from './focus-map.ts';
import { poolMap } from './pool-map.ts';
import { fakeModel } from './testing/fake-slide.ts';
import { cellPlaces } from './tile-selection.ts';
import { unitConversion } from './units.ts';

const levelOf = (columns: number, rows: number): Level => ({
	widthPx: columns * 64,
	heightPx: rows * 64,
	downsample: 1,
	tileWidthPx: 256,
	tileHeightPx: 256,
	columns: Math.ceil(columns / 4),
	rows: Math.ceil(rows / 4),
	compression: 'jpeg',
});

/** Cells of `count` responses that are all `value`. */
function gridOf(columns: number, rows: number, kernels: number, cell: (i: number) => { value: number; count: number }) {
	const grid = createCellGrid(0, 0, columns, rows, kernels);
	for (let i = 0; i < columns * rows; i++) {
		const { value, count } = cell(i);
		if (count === 0) continue;
		for (let kernel = 0; kernel < kernels; kernel++) {
			const k = value + kernel;
			grid.data.set([count, k, k, count * k, count * Math.abs(k), count * k * k], (i * kernels + kernel) * 6);
		}
	}
	return grid;
}

const coverageOf = (validity: ArrayLike<number>) => ({
	validity: Uint8Array.from(validity),
	tissueFraction: new Float32Array(validity.length).fill(1),
});

const score = unitConversion('score', undefined);

function pool(
	model: FocusModel,
	columns: number,
	rows: number,
	validity: ArrayLike<number>,
	grid: ReturnType<typeof createCellGrid>,
) {
	const level = levelOf(columns, rows);
	return poolMap(model, { grid, unreadable: [] }, coverageOf(validity), cellPlaces(level), level, score);
}

test('a value is the mean over the window around its cell', () => {
	const grid = gridOf(15, 15, 2, (i) => ({ value: i === 112 ? 25 : 0, count: 160 }));
	const map = pool(fakeModel({ windowCells: 5, unit: 'score' }), 15, 15, new Uint8Array(225), grid);
	// One cell of 25 shows in the 25 windows that hold it, a twenty-fifth each.
	const shown = Array.from(map.values).filter((value) => value > 0.5);
	expect(shown).toHaveLength(25);
	expect(map.values[112]).toBeCloseTo(1, 5);
	expect(map).toMatchObject({ stepPx: 64, windowPx: 320, columns: 15, rows: 15, unit: 'score' });
});

test('an even window lies half a cell up and left of its place', () => {
	const grid = gridOf(9, 9, 2, (i) => ({ value: i === 40 ? 16 : 0, count: 160 }));
	const map = pool(fakeModel({ windowCells: 4, unit: 'score' }), 9, 9, new Uint8Array(81), grid);
	const columns = Array.from(map.values.subarray(36, 45), (value) => value > 0.5);
	// Cell 4 is in the windows of cells 3 to 6: windows run from two cells before to one after.
	expect(columns).toEqual([false, false, false, true, true, true, true, false, false]);
});

test('glass beside tissue does not change its value', () => {
	const validity = Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? VALIDITY.assessable : VALIDITY.background));
	const grid = gridOf(8, 8, 2, (i) => ({ value: i % 8 < 4 ? 3 : 1000, count: 160 }));
	const map = pool(fakeModel({ unit: 'score' }), 8, 8, validity, grid);
	for (let i = 0; i < 64; i++) {
		if (i % 8 < 4) expect(map.values[i]).toBeCloseTo(3, 5);
		else expect(map.values[i]).toBeNaN();
	}
	expect(Array.from(map.validity)).toEqual(validity);
});

test('windows at the edges of the slide are moved inside and stay whole', () => {
	const counts: number[] = [];
	const base = fakeModel({ windowCells: 4, unit: 'score' });
	const model: FocusModel = {
		...base,
		cells: { ...base.cells!, pool: (statistics) => counts.push(statistics[0]!) },
	};
	pool(
		model,
		6,
		5,
		new Uint8Array(30),
		gridOf(6, 5, 2, () => ({ value: 1, count: 160 })),
	);
	expect(new Set(counts)).toEqual(new Set([16 * 160]));
});

test('slides smaller than a window are one window', () => {
	const map = pool(
		fakeModel({ windowCells: 6, unit: 'score' }),
		2,
		1,
		[0, 0],
		gridOf(2, 1, 2, (i) => ({ value: i, count: 100 })),
	);
	expect(Array.from(map.values)).toEqual([0.5, 0.5]);
});

test('an island smaller than a quarter of a window has too little to judge', () => {
	const island = (cells: number) => Array.from({ length: 100 }, (_, i) => Number(!(i >= 44 && i < 44 + cells)));
	const grid = gridOf(10, 10, 2, () => ({ value: 1, count: 160 }));
	const model = fakeModel({ windowCells: 4, unit: 'score' });
	const small = pool(model, 10, 10, island(3), grid);
	expect(small.validity[45]).toBe(VALIDITY.littleTexture);
	expect(small.values[45]).toBeNaN();
	expect(pool(model, 10, 10, island(4), grid).validity[46]).toBe(VALIDITY.assessable);
});

test('assessable cells without any response, or with a score that is no number, have too little texture', () => {
	const empty = pool(
		fakeModel({ unit: 'score' }),
		4,
		4,
		new Uint8Array(16),
		gridOf(4, 4, 2, () => ({ value: 0, count: 0 })),
	);
	expect(Array.from(empty.validity)).toEqual(new Array(16).fill(VALIDITY.littleTexture));
	const base = fakeModel({ unit: 'score' });
	const broken: FocusModel = { ...base, cells: { ...base.cells!, pool: () => Number.NaN } };
	const map = pool(
		broken,
		4,
		4,
		new Uint8Array(16),
		gridOf(4, 4, 2, () => ({ value: 1, count: 160 })),
	);
	expect(Array.from(map.validity)).toEqual(new Array(16).fill(VALIDITY.littleTexture));
});

test('cells under an unreadable tile are holes, and their neighbours do without them', () => {
	const level = levelOf(8, 8);
	const grid = gridOf(8, 8, 2, (i) => ({ value: i % 8 < 4 ? 1 : 9, count: i % 8 < 4 ? 160 : 0 }));
	const unreadable = [{ column: 1, row: 0, message: 'broken' }];
	const map = poolMap(
		fakeModel({ unit: 'score' }),
		{ grid, unreadable },
		coverageOf(new Uint8Array(64)),
		cellPlaces(level),
		level,
		score,
	);
	expect(map.validity[4]).toBe(VALIDITY.unreadable);
	expect(map.values[4]).toBeNaN();
	expect(map.values[3]).toBeCloseTo(1, 5);
});

test('a grid of part of the slide is put in its place', () => {
	const level = levelOf(10, 10);
	const part = gridOf(3, 3, 2, () => ({ value: 7, count: 160 }));
	const grid = { ...part, originColumn: 5, originRow: 6 };
	const validity = Array.from({ length: 100 }, (_, i) => Number(!(i % 10 >= 5 && i % 10 < 8 && i >= 60 && i < 90)));
	const map = poolMap(
		fakeModel({ unit: 'score', windowCells: 3 }),
		{ grid, unreadable: [] },
		coverageOf(validity),
		cellPlaces(level),
		level,
		score,
	);
	expect(map.values[75 + 1]).toBeCloseTo(7, 5);
	expect(map.values.filter((value) => !Number.isNaN(value))).toHaveLength(9);
});

test('blur in pixels becomes micrometres', () => {
	const level = levelOf(4, 4);
	const grid = gridOf(4, 4, 2, () => ({ value: 4.535, count: 160 }));
	const conversion = unitConversion('blurRadiusPx', { x: 0.25, y: 0.25, source: 'tag' });
	const map = poolMap(
		fakeModel(),
		{ grid, unreadable: [] },
		coverageOf(new Uint8Array(16)),
		cellPlaces(level),
		level,
		conversion,
	);
	expect(map.unit).toBe('defocusUm');
	expect(map.values[5]).toBeCloseTo(1, 3);
});

test('sliding gives what merging each window by itself gives', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 9 }),
			fc.integer({ min: 1, max: 9 }),
			fc.integer({ min: 1, max: 6 }),
			fc.integer({ min: 1, max: 3 }),
			fc.array(
				fc.record({
					value: fc.integer({ min: -50, max: 50 }),
					count: fc.integer({ min: 100, max: 160 }),
					glass: fc.boolean(),
				}),
				{ minLength: 81, maxLength: 81 },
			),
			(columns, rows, windowCells, kernels, cells) => {
				const grid = gridOf(columns, rows, kernels, (i) => cells[i]!);
				const validity = Array.from({ length: columns * rows }, (_, i) => Number(cells[i]!.glass));
				const base = fakeModel({ windowCells, unit: 'score', kernels });
				// Every statistic enters the score.
				const pooled = (s: Float64Array) => s.reduce((sum, value, i) => sum + value * (1 + i / 7), 0);
				const model: FocusModel = { ...base, cells: { ...base.cells!, kernels, pool: pooled } };
				const map = pool(model, columns, rows, validity, grid);
				const [across, down] = [Math.min(windowCells, columns), Math.min(windowCells, rows)];
				const numbers = kernels * STATISTICS_PER_KERNEL;
				for (let i = 0; i < columns * rows; i++) {
					if (map.validity[i] !== VALIDITY.assessable) continue;
					const left = Math.max(0, Math.min((i % columns) - (windowCells >> 1), columns - across));
					const top = Math.max(0, Math.min(Math.floor(i / columns) - (windowCells >> 1), rows - down));
					const whole = Float64Array.from(createCellGrid(0, 0, 1, 1, kernels).data);
					for (let y = top; y < top + down; y++) {
						for (let x = left; x < left + across; x++) {
							const at = y * columns + x;
							if (validity[at] === VALIDITY.assessable) mergeStatistics(whole, 0, grid.data, at * numbers, numbers);
						}
					}
					expect(map.values[i]).toBeCloseTo(Math.fround(pooled(whole)), 0);
				}
			},
		),
		{ numRuns: 100 },
	);
});
