import { expect, test } from 'vitest';
import { defocusField } from './defocus-field.ts';
import { resolvePhantomOptions } from './options.ts';
import { planPhantom } from './plan.ts';
import { createPhantomRenderer } from './render.ts';
import { type PhantomTruth, TruthCollector, truthJson } from './truth.ts';

function truthOf(widthPx: number, heightPx: number, tilePx: number): PhantomTruth {
	const options = resolvePhantomOptions({ widthPx, heightPx, tileSizePx: tilePx });
	const renderer = createPhantomRenderer(options);
	const collector = new TruthCollector(options, renderer.plan, renderer.defocusAt);
	for (let y = 0; y < heightPx; y += tilePx) {
		for (let x = 0; x < widthPx; x += tilePx) {
			collector.add(renderer.render({ x, y, widthPx: tilePx, heightPx: tilePx }).places);
		}
	}
	return collector.finish();
}

test('the grid covers the slide, and its shares are shares', () => {
	const { grid } = truthOf(700, 500, 256);
	expect([grid.stepPx, grid.columns, grid.rows]).toEqual([64, 11, 8]);
	for (let cell = 0; cell < 88; cell++) {
		const shares = [grid.tissue[cell]!, grid.fat[cell]!, grid.textureless[cell]!];
		for (const share of shares) expect(share >= 0 && share <= 1).toBe(true);
		expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-6);
	}
	expect(Math.max(...(grid.tissue as Float32Array))).toBeGreaterThan(0.9);
});

test('tiles of 240 px, which cut cells, give the same truth as tiles of 256 px', () => {
	expect(truthOf(480, 240, 240).grid).toEqual(truthOf(480, 240, 256).grid);
});

test('the field in the grid is the formula of its regions', () => {
	const truth = truthOf(640, 640, 256);
	const field = defocusField(truth.regions);
	expect(truth.regions).toEqual(planPhantom(truth.options).regions);
	for (let cell = 0; cell < 100; cell++) {
		const x = ((cell % 10) + 0.5) * 64;
		const y = (Math.floor(cell / 10) + 0.5) * 64;
		expect(truth.grid.defocusUm[cell]).toBeCloseTo(field(x, y), 5);
	}
	expect(Math.max(...(truth.grid.defocusUm as Float32Array))).toBeGreaterThan(4);
});

test('as JSON it is the same, rounded', () => {
	const truth = truthOf(400, 300, 256);
	const read = JSON.parse([...truthJson(truth)].join('')) as PhantomTruth;
	expect(read.schema).toBe('parfocal-phantom-truth/1');
	expect(read.simulated).toBe(true);
	expect(read.options).toEqual(truth.options);
	expect(read.optics).toEqual(truth.optics);
	expect(read.rendering).toEqual(truth.rendering);
	expect(read.regions).toEqual(truth.regions);
	expect(read.grid).toMatchObject({ stepPx: 64, columns: 7, rows: 5 });
	for (const name of ['defocusUm', 'tissue', 'fat', 'textureless'] as const) {
		expect(read.grid[name]).toHaveLength(35);
		for (let cell = 0; cell < 35; cell++) expect(read.grid[name][cell]).toBeCloseTo(truth.grid[name][cell]!, 2);
	}
});
