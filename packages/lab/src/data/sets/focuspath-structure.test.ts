import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../../core/src/testing/shared.ts';
import { FOCUSPATH_PATCHES, FOCUSPATH_SLICES, parseFocusPathName, publishedBestSlice } from './focuspath-structure.ts';
import { focusPathName } from './testing/written-set.ts';

test('names say slide, strip, slice and position; others say nothing', () => {
	expect(parseFocusPathName('Slide03_Strip01_Slice16_Position30')).toEqual({
		slide: 3,
		strip: 1,
		slice: 16,
		position: 30,
	});
	for (const name of ['Slide03', 'xSlide03_Strip01_Slice16_Position30', 'Slide03_Strip01_Slice16_Position30 (1)', '']) {
		expect(parseFocusPathName(name)).toBeUndefined();
	}
	expect(parseFocusPathName(focusPathName(9, 0, 1, 2))).toEqual({ slide: 9, strip: 0, slice: 1, position: 2 });
});

test('every stack of the published set has a best slice, and no other stack', () => {
	let stacks = 0;
	for (let slide = 0; slide <= 10; slide++) {
		for (let strip = -1; strip <= 2; strip++) {
			for (let position = 0; position <= 31; position++) {
				const best = publishedBestSlice({ slide, strip, slice: 1, position });
				if (best === undefined) continue;
				stacks++;
				expect(best).toBeGreaterThanOrEqual(2);
				expect(best).toBeLessThanOrEqual(11);
			}
		}
	}
	expect(stacks).toBe(540);
	expect(stacks * FOCUSPATH_SLICES).toBe(FOCUSPATH_PATCHES);
});

test.skipIf(!hasShared)('the best slices are those of the reference, and so are the histograms', () => {
	const golden = JSON.parse(readFileSync(sharedPath('golden/focuspath-labels.json'), 'utf8')) as {
		rows: [number, number, number, number][];
		abs_z_histogram: Record<string, number>;
		twelve_class_histogram: number[];
	};
	const histogram = new Array<number>(15).fill(0);
	for (const [slide, strip, position, best] of golden.rows) {
		expect(publishedBestSlice({ slide, strip, slice: 1, position })).toBe(best);
		for (let slice = 1; slice <= FOCUSPATH_SLICES; slice++) histogram[Math.abs(slice - best)]!++;
	}
	expect(golden.rows).toHaveLength(540);
	expect(histogram).toEqual(Object.values(golden.abs_z_histogram));
	expect([...histogram.slice(0, 11), histogram[11]! + histogram[12]! + histogram[13]! + histogram[14]!]).toEqual(
		golden.twelve_class_histogram,
	);
});
