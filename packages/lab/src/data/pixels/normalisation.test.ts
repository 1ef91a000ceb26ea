import { expect, test } from 'vitest';
import { IMAGENET_STATISTICS, normalisationTables, UNIT_RANGE } from './normalisation.ts';

test('the unit range divides by 255, in float32', () => {
	for (const table of normalisationTables(UNIT_RANGE)) {
		expect(table).toHaveLength(256);
		expect([table[0], table[51], table[255]]).toEqual([0, Math.fround(0.2), 1]);
	}
});

test('statistics are taken off and divided by, channel by channel', () => {
	const [red, green, blue] = normalisationTables(IMAGENET_STATISTICS) as [Float32Array, Float32Array, Float32Array];
	// torchvision: (1 - .485) / .229, (0 - .456) / .224, (128 / 255 - .406) / .225
	expect(red[255]).toBeCloseTo(2.2489, 4);
	expect(green[0]).toBeCloseTo(-2.0357, 4);
	expect(blue[128]).toBeCloseTo(0.4265, 4);
});
