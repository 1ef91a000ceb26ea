import { describe, expect, test } from 'vitest';
import { featureSpecs } from './network.ts';
import { learnedCount } from './parameters.ts';
import { testCounts, testForward, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';
import { vgg16 } from './vgg.ts';

testKeys(vgg16, 1000);
testForward(vgg16, ['cpu']);
testCounts(vgg16, [
	{ head: 'classifier', outputs: 1000, count: 138_357_544 },
	{ head: 'flatten', outputs: 12, count: 27_694_668 },
	{ head: 'flatten', outputs: 11, count: 27_694_411 },
	{ head: 'flatten', outputs: 1, count: 27_691_841 },
	{ head: 'gap', outputs: 12, count: 15_111_756 },
	{ head: 'gap', outputs: 11, count: 15_111_499 },
	{ head: 'gap', outputs: 1, count: 15_108_929 },
]);

describe('vgg16', () => {
	test('looks with 14,714,688 numbers and gives a map of 512 x 7 x 7', () => {
		expect(learnedCount(featureSpecs(vgg16))).toBe(14_714_688);
		expect(shapesOf(vgg16, 224)).toMatchObject({ map: [2, 512, 7, 7], answers: [2, 5] });
	});

	test('gives a map of the same size for other pictures, and refuses those that are too small', () => {
		expect(shapesOf(vgg16, 64, 96).map).toEqual([2, 512, 7, 7]);
		expect(shapesOf(vgg16, 32).map).toEqual([2, 512, 7, 7]);
		expect(() => shapesOf(vgg16, 31)).toThrow(/the picture is too small/);
	});

	test('drops half after each of its first dense layers', () => {
		expect(shapesOf(vgg16, 224).layers.dropouts.map(({ shape, rate }) => [shape, rate])).toEqual([
			[[2, 4096], 0.5],
			[[2, 4096], 0.5],
		]);
	});
});
