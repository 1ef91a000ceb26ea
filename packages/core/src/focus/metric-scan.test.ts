import { expect, test } from 'vitest';
import { assess } from '../assess.ts';
import { colourFraction, colourRange } from '../map/colour.ts';
import { VALIDITY } from '../map/focus-map.ts';
import { fakeSlide } from '../map/testing/fake-slide.ts';
import { createFocusModel } from './create-focus-model.ts';
import { metricDefinition } from './metric-model.ts';

/** Stained tissue everywhere; fine grain of full contrast on the left, a tenth of it on the right. */
function grainySlide() {
	return fakeSlide({
		widthPx: 1024,
		heightPx: 768,
		mpp: { x: 1, y: 1, source: 'user' },
		pixel: (x, y) => {
			const grain = ((x * 31 + y * 17 + x * y) % 41) * (x < 512 ? 1 : 0.1) + 12 * Math.sin(x / 40) * Math.cos(y / 30);
			return [190 + grain, 110 + grain, 150 + grain];
		},
	});
}

test.each(['mlv', 'fqpath'])(
	'a scan with %s: a map that colours the sharp side sharp, and no verdict',
	async (name) => {
		const model = createFocusModel(await metricDefinition(name));
		const { assessment, map } = await assess(grainySlide(), { model });
		expect(assessment.outcome).toBe('not-assessable');
		expect(assessment.sentence).toContain('there is a map but no verdict');
		expect(assessment.provenance.model).toMatchObject({ name, sha256: model.sha256 });
		expect([map.windowPx, map.stepPx, map.unit]).toEqual([256, 128, 'score']);
		const range = colourRange(map);
		const blurriness = (column: number): number[] =>
			Array.from({ length: map.rows }, (_, row) => row * map.columns + column)
				.filter((i) => map.validity[i] === VALIDITY.assessable)
				.map((i) => colourFraction(map.values[i]!, range));
		const left = blurriness(0);
		const right = blurriness(map.columns - 1);
		expect(left.length).toBeGreaterThan(0);
		expect(right.length).toBeGreaterThan(0);
		expect(Math.max(...left)).toBeLessThan(Math.min(...right));
	},
);
