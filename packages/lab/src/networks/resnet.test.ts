import { describe, expect, test } from 'vitest';
import { featureSpecs } from './network.ts';
import { learnedCount } from './parameters.ts';
import { resnet10, resnet18, resnet50, resnet101 } from './resnet.ts';
import { testCounts, testForward, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testKeys(resnet10, 1);
testKeys(resnet18, 1000);
testKeys(resnet50, 1);
testKeys(resnet101, 1);
testForward(resnet10, ['cpu', 'wasm']);
testForward(resnet18, ['cpu', 'wasm']);
testForward(resnet50, ['cpu']);
testForward(resnet101, ['cpu']);
testCounts(resnet10, [{ head: 'classifier', outputs: 1, count: 4_906_305 }]);
testCounts(resnet18, [
	{ head: 'classifier', outputs: 1000, count: 11_689_512 },
	{ head: 'flatten', outputs: 12, count: 11_573_580 },
	{ head: 'flatten', outputs: 11, count: 11_573_323 },
	{ head: 'flatten', outputs: 1, count: 11_570_753 },
	{ head: 'gap', outputs: 12, count: 11_573_580 },
]);
testCounts(resnet50, [
	{ head: 'classifier', outputs: 1, count: 23_510_081 },
	{ head: 'classifier', outputs: 1000, count: 25_557_032 },
]);
testCounts(resnet101, [
	{ head: 'classifier', outputs: 1, count: 42_502_209 },
	{ head: 'classifier', outputs: 1000, count: 44_549_160 },
]);

describe('residual networks', () => {
	test.each([
		[resnet10, 512],
		[resnet18, 512],
		[resnet50, 2048],
		[resnet101, 2048],
	])('$name gives %i features whatever the picture', (network, channels) => {
		for (const [height, width] of [
			[224, 224],
			[33, 70],
		] as const) {
			expect(shapesOf(network, height, width)).toMatchObject({ map: [2, channels, 1, 1], answers: [2, 5] });
		}
	});

	test('ResNet-18 looks with 11,176,512 numbers', () => {
		expect(learnedCount(featureSpecs(resnet18))).toBe(11_176_512);
	});

	test('every normalisation wants its batches remembered, in the order of the keys', () => {
		const keys = shapesOf(resnet10, 64).layers.statistics.map(({ key }) => key);
		expect(keys.slice(0, 3)).toEqual(['bn1', 'layer1.0.bn1', 'layer1.0.bn2']);
		expect(keys.filter((key) => key.endsWith('downsample.1'))).toEqual([
			'layer2.0.downsample.1',
			'layer3.0.downsample.1',
			'layer4.0.downsample.1',
		]);
	});
});
