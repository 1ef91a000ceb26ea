import { describe, expect, test } from 'vitest';
import { ArgumentError, ModelError } from '../errors.ts';
import { cropRgb } from '../image/crop.ts';
import { metricNamed, metricNames } from '../metrics/metrics.ts';
import { greyPicture, noisePicture } from '../metrics/testing/pictures.ts';
import { createFocusModel } from './create-focus-model.ts';
import { createMetricModel, METRIC_STRIDE_PX, METRIC_WINDOW_PX, metricDefinition } from './metric-model.ts';

describe('definition', () => {
	test('is plain data that crosses threads, and names its paper', async () => {
		const definition = await metricDefinition('mlv');
		expect(structuredClone(definition)).toEqual(definition);
		expect(definition).toMatchObject({ kind: 'metric', windowPx: METRIC_WINDOW_PX, stridePx: METRIC_STRIDE_PX });
		expect(definition.origin).toContain('Bahrami');
	});

	test('its fingerprint tells metrics and windows apart, and nothing else', async () => {
		const { sha256 } = await metricDefinition('mlv');
		expect(sha256).toMatch(/^[0-9a-f]{64}$/);
		expect((await metricDefinition('mlv')).sha256).toBe(sha256);
		expect((await metricDefinition('fqpath')).sha256).not.toBe(sha256);
		expect((await metricDefinition('mlv', { windowPx: 128 })).sha256).not.toBe(sha256);
	});

	test('of no metric is refused', async () => {
		await expect(metricDefinition('mlvv')).rejects.toThrow(ArgumentError);
	});
});

describe('model', () => {
	test.each(metricNames())('%s has exact windows only, and no calibrated unit', async (name) => {
		const model = createFocusModel(await metricDefinition(name));
		expect(model).toMatchObject({ name, unit: 'score', planes: 'all', windowPx: 256, stridePx: 128 });
		expect(model.higherMeans).toBe(metricNamed(name).higherMeans);
		expect(model.cells).toBeUndefined();
	});

	test('scores each window as if it were the whole picture', async () => {
		const picture = noisePicture(100, 70, 4, 255);
		const model = createMetricModel(await metricDefinition('mlv', { windowPx: 32, stridePx: 20 }));
		const { columns, rows, scores, score } = model.scoreWindows(picture);
		expect([columns, rows]).toEqual([4, 2]);
		scores.forEach((value, i) => {
			const window = { x: 20 * (i % 4), y: 20 * Math.floor(i / 4), widthPx: 32, heightPx: 32 };
			expect(value).toBe(Math.fround(metricNamed('mlv').score(cropRgb(picture, window))));
		});
		expect(score).toBeCloseTo(scores.reduce((sum, value) => sum + value, 0) / 8, 10);
	});

	test('windows without a score are left out of the mean', async () => {
		// Nearly flat on the left, where Synthetic-MaxPol is undefined.
		const picture = greyPicture(64, 32, (x, y) =>
			x < 32 ? (x < 2 && y < 2 ? 255 : 0) : (x * 37 + y * 61 + x * y) % 256,
		);
		const model = createMetricModel(await metricDefinition('synthetic-maxpol', { windowPx: 32, stridePx: 32 }));
		const { scores, score } = model.scoreWindows(picture);
		expect(scores[0]).toBeNaN();
		expect(score).toBe(scores[1]);
	});

	test('too small an image is refused', async () => {
		const model = createFocusModel(await metricDefinition('mlv'));
		expect(() => model.scoreWindows(noisePicture(255, 300, 1, 9))).toThrow('255 x 300 px is too small');
	});

	test.each([{ windowPx: 8 }, { windowPx: 100.5 }, { stridePx: 0 }, { windowPx: Number.NaN }])(
		'windows %o make no sense',
		async (windows) => {
			const definition = await metricDefinition('mlv', windows);
			expect(() => createMetricModel(definition)).toThrow(ModelError);
		},
	);

	test('a definition of an unknown metric, as from a newer version, is a model error', async () => {
		const definition = { ...(await metricDefinition('mlv')), name: 'brisque' };
		expect(() => createFocusModel(definition)).toThrow(ModelError);
	});
});
