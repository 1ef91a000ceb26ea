import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImmediateModel, RgbImage } from '@parfocal/core';
import { expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { lumaPlane } from '../data/source-image.ts';
import { laplacianVariance } from './laplacian-variance.ts';
import { scoreRealDefocus } from './real-series.ts';

/** A model whose score of a picture is minus its variance of the Laplacian. */
const laplacian = {
	windowPx: 235,
	scoreWindows: (image: RgbImage) => ({ score: -laplacianVariance(lumaPlane(image), image.widthPx) }),
} as unknown as ImmediateModel;

test.skipIf(!hasShared)('reads every series from focus outwards; the baseline orders the clear ones', async () => {
	const { series, outOfFocus } = await scoreRealDefocus(laplacian, sharedPath('data'), []);
	expect(series.map((each) => each.distance.length)).toEqual([19, 10, 3]);
	for (const each of series) {
		expect(each.distance).toEqual([...each.distance].sort((a, b) => a - b));
		expect(each.distance[0]).toBe(0);
		expect(each.spearman).toBeGreaterThan(0.8);
	}
	expect(outOfFocus.length).toBe(2);
});

test('a folder without series gives empty ones, not an error', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'parfocal-series-'));
	writeFileSync(join(folder, 'manifest.json'), '{"files": []}');
	const { series, outOfFocus, sharpQuartiles } = await scoreRealDefocus(laplacian, folder, []);
	expect(series.every((each) => each.distance.length === 0)).toBe(true);
	expect(outOfFocus).toEqual([]);
	expect(sharpQuartiles.every(Number.isNaN)).toBe(true);
});
