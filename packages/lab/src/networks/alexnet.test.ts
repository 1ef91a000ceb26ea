import { describe, expect, test } from 'vitest';
import { alexnet } from './alexnet.ts';
import { featureSpecs } from './network.ts';
import { learnedCount } from './parameters.ts';
import { testCounts, testForward, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testKeys(alexnet, 1000);
testForward(alexnet, ['cpu']);
testCounts(alexnet, [
	{ head: 'classifier', outputs: 1000, count: 61_100_840 },
	{ head: 'flatten', outputs: 12, count: 7_323_212 },
	{ head: 'flatten', outputs: 11, count: 7_322_955 },
	{ head: 'flatten', outputs: 1, count: 7_320_385 },
	{ head: 'gap', outputs: 12, count: 2_735_692 },
	{ head: 'gap', outputs: 11, count: 2_735_435 },
	{ head: 'gap', outputs: 1, count: 2_732_865 },
]);

describe('alexnet', () => {
	test('looks with 2,469,696 numbers and gives a map of 256 x 6 x 6', () => {
		expect(learnedCount(featureSpecs(alexnet))).toBe(2_469_696);
		expect(shapesOf(alexnet, 224)).toMatchObject({ map: [2, 256, 6, 6], answers: [2, 5] });
	});

	test('gives a map of the same size for other pictures, and refuses those that are too small', () => {
		expect(shapesOf(alexnet, 300, 180).map).toEqual([2, 256, 6, 6]);
		expect(shapesOf(alexnet, 63).map).toEqual([2, 256, 6, 6]);
		expect(() => shapesOf(alexnet, 62)).toThrow(/the picture is too small/);
	});

	test('drops half before each of its first dense layers', () => {
		expect(shapesOf(alexnet, 224).layers.dropouts.map(({ shape, rate }) => [shape, rate])).toEqual([
			[[2, 9216], 0.5],
			[[2, 4096], 0.5],
		]);
	});
});
