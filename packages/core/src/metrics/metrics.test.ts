import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../errors.ts';
import { METRICS, metricNamed, metricNames } from './metrics.ts';
import { blurredPicture, greyPicture, noisePicture } from './testing/pictures.ts';

/** Blobs of several sizes with sharp edges, and noise: something like tissue. */
const sharp = greyPicture(160, 160, (x, y) => {
	const blob = Math.sin(x / 9) * Math.cos(y / 7) + Math.sin((x * y) / 500) > 0.3 ? 90 : 190;
	return blob + ((x * 31 + y * 17 + x * y) % 13);
});

describe.each(METRICS)('$name', (metric) => {
	test('a blurred picture scores as its direction says', () => {
		const difference = metric.score(blurredPicture(sharp, 2)) - metric.score(sharp);
		expect(metric.higherMeans === 'sharper' ? -difference : difference).toBeGreaterThan(0);
	});

	test('the same picture gives the same score, which does not change it', () => {
		const before = sharp.data.slice();
		expect(metric.score(sharp)).toBe(metric.score(sharp));
		expect(sharp.data).toEqual(before);
	});

	test('sides that are no power of two, and grey, colour alike', () => {
		const picture = noisePicture(83, 61, 9, 255);
		expect(Number.isFinite(metric.score(picture))).toBe(true);
		const tinted = { ...picture, data: picture.data.map((level, i) => (i % 3 === 0 ? level >> 1 : level)) };
		expect(metric.score(tinted)).not.toBe(metric.score(picture));
	});

	test('says what it is', () => {
		expect(metric.looksAt).toMatch(/^[a-z]/);
		expect(metric.source).toMatch(/20\d\d$/);
	});
});

test('names are those a user types, each once', () => {
	expect(new Set(metricNames()).size).toBe(METRICS.length);
	for (const name of metricNames()) {
		expect(name).toMatch(/^[a-z0-9-]+$/);
		expect(metricNamed(name).name).toBe(name);
	}
});

test('an unknown name lists those there are, and the one probably meant', () => {
	expect(() => metricNamed('mvl')).toThrow(ArgumentError);
	expect(() => metricNamed('fqpaht')).toThrow("There is no metric 'fqpaht'; there are mlv, gpc");
	expect(() => metricNamed('fqpaht')).toThrow("Did you mean 'fqpath'?");
});
