import { describe, expect, test } from 'vitest';
import { googlenet } from './googlenet.ts';
import { featureSpecs } from './network.ts';
import { learnedCount } from './parameters.ts';
import { testCounts, testForward, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testKeys(googlenet, 1000);
testForward(googlenet, ['cpu', 'wasm']);
testCounts(googlenet, [
	{ head: 'classifier', outputs: 1000, count: 6_624_904 },
	{ head: 'flatten', outputs: 12, count: 6_259_116 },
	{ head: 'flatten', outputs: 11, count: 6_258_859 },
	{ head: 'flatten', outputs: 1, count: 6_256_289 },
	{ head: 'gap', outputs: 12, count: 6_259_116 },
	{ head: 'gap', outputs: 11, count: 6_258_859 },
	{ head: 'gap', outputs: 1, count: 6_256_289 },
]);

describe('googlenet', () => {
	test('looks with 5,599,904 numbers and gives a map of 1024 x 1 x 1', () => {
		expect(learnedCount(featureSpecs(googlenet))).toBe(5_599_904);
		expect(shapesOf(googlenet, 224)).toMatchObject({ map: [2, 1024, 1, 1], answers: [2, 5] });
	});

	test('drops a fifth of its features, before any head', () => {
		const { layers } = shapesOf(googlenet, 224);
		expect(layers.dropouts).toMatchObject([{ shape: [2, 1024], rate: 0.2 }]);
	});

	test('takes small pictures: its pools reach over the edge', () => {
		expect(shapesOf(googlenet, 32, 15).map).toEqual([2, 1024, 1, 1]);
	});
});
