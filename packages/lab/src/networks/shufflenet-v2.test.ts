import { describe, expect, test } from 'vitest';
import { featureSpecs } from './network.ts';
import { learnedCount } from './parameters.ts';
import { shufflenetV2 } from './shufflenet-v2.ts';
import { testCounts, testForward, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testKeys(shufflenetV2, 1000);
testForward(shufflenetV2, ['cpu', 'wasm', 'webgpu']);
testCounts(shufflenetV2, [
	{ head: 'classifier', outputs: 1000, count: 2_278_604 },
	{ head: 'flatten', outputs: 12, count: 27_078_640 },
	{ head: 'flatten', outputs: 11, count: 27_078_383 },
	{ head: 'flatten', outputs: 1, count: 27_075_813 },
	{ head: 'gap', outputs: 12, count: 1_912_816 },
	{ head: 'gap', outputs: 11, count: 1_912_559 },
	{ head: 'gap', outputs: 1, count: 1_909_989 },
]);

describe('shufflenet_v2_x1_0', () => {
	test('looks with 1,253,604 numbers and gives a map of 1024 x 7 x 7', () => {
		expect(learnedCount(featureSpecs(shufflenetV2))).toBe(1_253_604);
		expect(shapesOf(shufflenetV2, 224)).toMatchObject({ map: [2, 1024, 7, 7], answers: [2, 5] });
	});

	test('halves the map five times', () => {
		expect(shapesOf(shufflenetV2, 64, 96).map).toEqual([2, 1024, 2, 3]);
		expect(shapesOf(shufflenetV2, 1).map).toEqual([2, 1024, 1, 1]);
	});

	test('normalises without remembering in use, and remembers every batch in training', () => {
		const { layers } = shapesOf(shufflenetV2, 64);
		const keys = layers.statistics.map(({ key }) => key);
		expect(keys.length).toBe(56);
		expect([keys[0], keys.at(-1)]).toEqual(['conv1.1', 'conv5.1']);
	});
});
