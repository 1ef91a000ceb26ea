import { describe, expect, test } from 'vitest';
import { featureSpecs } from './network.ts';
import { learnedCount } from './parameters.ts';
import { squeezenet } from './squeezenet.ts';
import { testCounts, testForward, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testKeys(squeezenet, 1000);
testForward(squeezenet, ['cpu', 'wasm']);
testCounts(squeezenet, [
	{ head: 'classifier', outputs: 1000, count: 1_248_424 },
	{ head: 'flatten', outputs: 12, count: 45_172_684 },
	{ head: 'flatten', outputs: 11, count: 45_172_427 },
	{ head: 'flatten', outputs: 1, count: 45_169_857 },
	{ head: 'gap', outputs: 12, count: 1_132_492 },
	{ head: 'gap', outputs: 11, count: 1_132_235 },
	{ head: 'gap', outputs: 1, count: 1_129_665 },
]);

describe('squeezenet1_0', () => {
	test('looks with 735,424 numbers and gives a map of 512 x 13 x 13', () => {
		expect(learnedCount(featureSpecs(squeezenet))).toBe(735_424);
		expect(shapesOf(squeezenet, 224)).toMatchObject({ map: [2, 512, 13, 13], answers: [2, 5] });
	});

	test('lets its pools reach over the edge', () => {
		// 231 px: a map of 113, pooled to 56, 27.5 and 13.5 places, each rounded up.
		expect(shapesOf(squeezenet, 231).map).toEqual([2, 512, 14, 14]);
		expect(() => shapesOf(squeezenet, 6)).toThrow(/the picture is too small/);
	});

	test('drops half before its classifier', () => {
		expect(shapesOf(squeezenet, 224).layers.dropouts).toMatchObject([{ shape: [2, 512, 13, 13], rate: 0.5 }]);
	});
});
