import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { createFocusLiteNN } from './focuslitenn.ts';
import { createWindowHead } from './head.ts';
import { poolFeatures } from './pooling.ts';
import {
	lumaSampler,
	plainCropResponses,
	plainStatistics,
	rgbSampler,
	type SyntheticOptions,
	stripedImage,
	syntheticDefinition,
} from './testing/synthetic.ts';

/** What the official network gives in PyTorch, in float64, with images and weights made by formula. */
const GOLDEN_IMAGES = { a: stripedImage(235, 235, 1, 12), b: stripedImage(235, 235, 2, 40) };
const GOLDEN_SCORES: readonly [string, SyntheticOptions, number, number][] = [
	['1 kernel, min', { kernels: 1 }, -1.010058372129141, -1.0563877444967358],
	['2 kernels, min', { kernels: 2 }, -0.21666349616265584, -0.19430040480233324],
	['10 kernels, min', { kernels: 10 }, -0.16002892082945464, -0.06544351047441588],
	['1 kernel, min and max', { kernels: 1, pooling: 'minMax' }, -0.3660039420401556, -0.4159001895587683],
	['2 kernels, min and max', { kernels: 2, pooling: 'minMax' }, 0.30603888885802416, 0.3938667262635804],
];

function scoresOf(options: SyntheticOptions, image: RgbImage) {
	return createFocusLiteNN(syntheticDefinition(options)).scoreWindows(image);
}

/** A window's score computed plainly. */
function plainScore(options: SyntheticOptions, image: RgbImage, x: number, y: number): number {
	const definition = syntheticDefinition(options);
	const sample = options.planes === 'luma' ? lumaSampler(rgbSampler(image)) : rgbSampler(image);
	const statistics = Array.from({ length: definition.kernels }, (_, kernel) =>
		plainStatistics(plainCropResponses(definition, sample, kernel, { x, y, sizePx: 235 })),
	);
	const features = poolFeatures(definition.pooling, Float64Array.from(statistics.flat()), definition.kernels);
	return createWindowHead(definition).ofFeatures(features);
}

describe('the golden images', () => {
	test('are those the golden values were made from', () => {
		expect([...GOLDEN_IMAGES.a.data.subarray(0, 8)]).toEqual([111, 172, 149, 151, 163, 129, 166, 184]);
		expect(GOLDEN_IMAGES.a.data.reduce((sum, value) => sum + value, 0)).toBe(26371618);
		expect(GOLDEN_IMAGES.b.data.reduce((sum, value) => sum + value, 0)).toBe(26346400);
	});

	test.each(GOLDEN_SCORES)('%s', (_, options, a, b) => {
		const definition = syntheticDefinition(options);
		const { kernels, pooling, head } = definition;
		// The official class puts all minima before all maxima.
		const weight = head[0]?.weight;
		const paired =
			pooling === 'minMax' && weight !== undefined
				? [{ ...head[0]!, weight: weight.map((_w, i) => weight[(i % 2) * kernels + (i >> 1)]!) }]
				: head;
		const model = createFocusLiteNN({ ...definition, head: paired });
		expect(model.scoreWindows(GOLDEN_IMAGES.a).score).toBeCloseTo(a, 6);
		expect(model.scoreWindows(GOLDEN_IMAGES.b).score).toBeCloseTo(b, 6);
	});

	test('six crops of a larger one, y outer, x inner', () => {
		const image = stripedImage(491, 363, 3, 16);
		const { columns, rows, scores, score } = scoresOf({ kernels: 2 }, image);
		expect([columns, rows]).toEqual([3, 2]);
		expect(score).toBeCloseTo(-0.09214950970899542, 6);
		const golden = [
			-0.10264762819789222, -0.07864733656153783, -0.11655190611098618, -0.13856860477875385, -0.01532183589596317,
			-0.10115974670883926,
		];
		for (const [crop, value] of golden.entries()) expect(scores[crop]).toBeCloseTo(value, 6);
	});
});

describe('windows equal those computed plainly', () => {
	const image = stripedImage(365, 240, 9, 21);
	const cases: [string, SyntheticOptions][] = [
		['without padding', { kernels: 3, paddingPx: 0 }],
		['luma', { kernels: 2, planes: 'luma', pooling: 'minMax' }],
		['luma without padding', { kernels: 5, planes: 'luma', paddingPx: 0 }],
		['energies', { kernels: 3, pooling: 'energy', paddingPx: 0 }],
		['energies, padded', { kernels: 4, pooling: 'energy' }],
		['energies of luma', { kernels: 6, pooling: 'energy', planes: 'luma', paddingPx: 0 }],
	];
	test.each(cases)('%s', (_, options) => {
		const { columns, rows, scores } = scoresOf(options, image);
		expect([columns, rows]).toEqual([2, 1]);
		const tolerance = options.pooling === 'energy' ? 1e-3 : 2e-6;
		for (const [window, x] of [0, 128].entries()) {
			expect(Math.abs(scores[window]! - plainScore(options, image, x, 0))).toBeLessThan(tolerance);
		}
	});
});

describe('the grid of windows', () => {
	test.each([
		[235, 235, 1, 1],
		[362, 235, 1, 1],
		[363, 362, 2, 1],
		[1024, 1025, 7, 7],
	])('%i x %i px have %i x %i windows', (widthPx, heightPx, columns, rows) => {
		const image = { layout: 'rgb' as const, widthPx, heightPx, data: new Uint8Array(3 * widthPx * heightPx) };
		const found = scoresOf({}, image);
		expect([found.columns, found.rows, found.scores.length]).toEqual([columns, rows, columns * rows]);
	});

	test('a window’s score does not depend on what lies around it', () => {
		const image = stripedImage(400, 400, 11, 8);
		const all = scoresOf({ kernels: 4 }, image);
		const data = new Uint8Array(3 * 235 * 235);
		for (let y = 0; y < 235; y++) {
			const from = 3 * ((y + 128) * 400 + 128);
			data.set(image.data.subarray(from, from + 3 * 235), 3 * 235 * y);
		}
		const alone = scoresOf({ kernels: 4 }, { layout: 'rgb', widthPx: 235, heightPx: 235, data });
		expect(alone.scores[0]).toBe(all.scores[3]);
	});

	test('a picture too large to copy at once has the same scores', () => {
		const strip = stripedImage(235, 900, 1, 30);
		const narrow = scoresOf({ planes: 'luma' }, strip);
		const widthPx = 235 + 128 * 62;
		const data = new Uint8Array(3 * widthPx * 900).fill(200);
		for (let y = 0; y < 900; y++) data.set(strip.data.subarray(705 * y, 705 * (y + 1)), 3 * widthPx * y);
		const wide = scoresOf({ planes: 'luma' }, { layout: 'rgb', widthPx, heightPx: 900, data });
		expect(wide.columns).toBe(63);
		for (const [row, score] of narrow.scores.entries()) expect(wide.scores[row * 63]).toBe(score);
	});

	test('the mean is clamped at zero only where the model says so', () => {
		const definition = syntheticDefinition();
		const plain = createFocusLiteNN(definition).scoreWindows(GOLDEN_IMAGES.a);
		const clamped = createFocusLiteNN({ ...definition, clampAtZero: true }).scoreWindows(GOLDEN_IMAGES.a);
		expect(plain.score).toBeLessThan(-1);
		expect(clamped.score).toBe(0);
		expect(clamped.scores).toEqual(plain.scores);
	});

	test('calibration applies to each window', () => {
		const calibration = { raw: [-2, 0], value: [10, 20] };
		const model = createFocusLiteNN({ ...syntheticDefinition(), calibration });
		expect(model.scoreWindows(GOLDEN_IMAGES.a).score).toBeCloseTo(10 + 5 * (2 - 1.010058372129141), 5);
	});
});

describe('pictures that cannot be scored', () => {
	const model = createFocusLiteNN(syntheticDefinition());
	test('too small: says both sizes', () => {
		const image = { layout: 'rgb' as const, widthPx: 300, heightPx: 200, data: new Uint8Array(180000) };
		expect(() => model.scoreWindows(image)).toThrow(ArgumentError);
		expect(() => model.scoreWindows(image)).toThrow(/300 x 200 px.*235 x 235/);
	});

	test('data of another size', () => {
		const image = { layout: 'rgb' as const, widthPx: 235, heightPx: 235, data: new Uint8Array(235 * 235) };
		expect(() => model.scoreWindows(image)).toThrow(/165675 bytes.*55225/);
	});
});
