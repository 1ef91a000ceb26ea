import { expect, test } from 'vitest';
import { TISSUE_CLASS, type TissueMask } from '../tissue/tissue-mask.ts';
import { exactMap, planWindows } from './exact-map.ts';
import { VALIDITY } from './focus-map.ts';
import { fakeModel, fakeNetwork, fakeSlide, tissuePixel } from './testing/fake-slide.ts';
import { unitConversion } from './units.ts';
import { measureWindows } from './windows.ts';

const size = { widthPx: 1100, heightPx: 700 };
const model = fakeModel({ unit: 'score' });

/** Tissue from x = 500 on. */
const mask: TissueMask = {
	widthPx: 11,
	heightPx: 7,
	downsampleX: 100,
	downsampleY: 100,
	classes: Uint8Array.from({ length: 77 }, (_, i) => (i % 11 >= 5 ? TISSUE_CLASS.tissue : TISSUE_CLASS.glass)),
	source: 'detected',
};

test('plans the published windows that hold enough tissue', () => {
	const plan = planWindows(model, mask, size);
	// Starts 0, 128, … while 235 px fit.
	expect(plan.windows).toMatchObject({ columns: 7, rows: 4, stepPx: 128, sizePx: 235 });
	// The window from 384 ends at 619: only 119 of its 235 px are tissue.
	expect(plan.origins.slice(0, 3)).toEqual([512, 640, 768].map((x) => ({ x, y: 0 })));
	expect(plan.origins).toHaveLength(12);
});

test('pictures smaller than a window have none', () => {
	const plan = planWindows(
		model,
		{ ...mask, widthPx: 1, heightPx: 1, classes: Uint8Array.of(1) },
		{ widthPx: 100, heightPx: 100 },
	);
	expect(plan.origins).toEqual([]);
	const none = { scores: new Float32Array(0), unreadable: [] };
	const slide = fakeSlide({ widthPx: 100, heightPx: 100, pixel: () => [0, 0, 0] });
	expect(exactMap(model, plan, none, slide.levels[0]!, unitConversion('score', undefined)).values).toHaveLength(0);
});

async function mapOf(corrupt: string[] = []) {
	const slide = fakeSlide({ ...size, corrupt, pixel: (x, y) => tissuePixel(x / 100, x, y) });
	const plan = planWindows(model, mask, size);
	const measured = await measureWindows({ slide, model, windows: plan.origins });
	return exactMap(model, plan, measured, slide.levels[0]!, unitConversion('score', undefined));
}

test('scores stand in the middle of their windows', async () => {
	const map = await mapOf();
	expect(map).toMatchObject({ originXPx: 53, originYPx: 53, stepPx: 128, windowPx: 235, columns: 7, rows: 4 });
	for (let i = 0; i < 28; i++) {
		const column = i % 7;
		if (column < 4) {
			expect(map.values[i]).toBeNaN();
			expect(map.validity[i]).toBe(VALIDITY.background);
		} else expect(map.values[i]).toBeCloseTo((column * 128 + 115) / 100, 0);
	}
});

test('windows over a corrupt tile are holes', async () => {
	const map = await mapOf(['3,1']);
	const holes = Array.from(map.validity, (code) => Number(code === VALIDITY.unreadable));
	// Tile 3,1 covers 768..1023, 256..511: windows from x = 640 and y = 128 on.
	expect(holes.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
	expect(holes.slice(7, 14)).toEqual([0, 0, 0, 0, 0, 1, 1]);
	expect(holes.slice(14, 21)).toEqual([0, 0, 0, 0, 0, 1, 1]);
});

test('certainty stands where values do, and only for models that say so', async () => {
	expect('certainty' in (await mapOf())).toBe(false);
	const network = fakeNetwork();
	const slide = fakeSlide({ ...size, corrupt: ['3,1'], pixel: (x, y) => tissuePixel(x / 100, x, y) });
	const plan = planWindows(network, mask, size);
	const measured = await measureWindows({ slide, model: network, windows: plan.origins });
	const map = exactMap(network, plan, measured, slide.levels[0]!, unitConversion('zLevel', undefined));
	expect(map.unit).toBe('zLevel');
	const known = [...map.values].filter((value) => !Number.isNaN(value));
	expect(known.length).toBeGreaterThan(2);
	expect(known.length).toBeLessThan(plan.origins.length);
	for (const [i, value] of map.values.entries()) {
		if (Number.isNaN(value)) expect(map.certainty![i]).toBeNaN();
		else expect(map.certainty![i]).toBeCloseTo(value / 10, 6);
	}
});
