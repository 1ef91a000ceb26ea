import { describe, expect, test } from 'vitest';
import { mobilenetV2, mobilenetV2Same } from './mobilenet-v2.ts';
import { featureSpecs, type Network } from './network.ts';
import { learnedCount } from './parameters.ts';
import { testCounts, testForward, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testKeys(mobilenetV2, 1000);
testForward(mobilenetV2, ['cpu', 'wasm']);
testCounts(mobilenetV2, [
	{ head: 'classifier', outputs: 1000, count: 3_504_872 },
	{ head: 'flatten', outputs: 12, count: 34_471_436 },
	{ head: 'flatten', outputs: 11, count: 34_471_179 },
	{ head: 'flatten', outputs: 1, count: 34_468_609 },
	{ head: 'gap', outputs: 12, count: 3_014_156 },
	{ head: 'gap', outputs: 11, count: 3_013_899 },
	{ head: 'gap', outputs: 1, count: 3_011_329 },
]);

describe('mobilenet_v2', () => {
	test('looks with 2,223,872 numbers and gives a map of 1280 x 7 x 7', () => {
		expect(learnedCount(featureSpecs(mobilenetV2))).toBe(2_223_872);
		expect(shapesOf(mobilenetV2, 224)).toMatchObject({ map: [2, 1280, 7, 7], answers: [2, 5] });
	});

	test('drops a fifth before its classifier', () => {
		expect(shapesOf(mobilenetV2, 224).layers.dropouts).toMatchObject([{ shape: [2, 1280], rate: 0.2 }]);
	});
});

/** Padding of the convolutions that skip places, as ONNX has it: top, left, bottom, right. */
function stridedPadding(network: Network, heightPx: number, widthPx: number): unknown[] {
	const { layers } = shapesOf(network, heightPx, widthPx);
	return layers.tape.graph.nodes
		.filter(({ operator, attributes }) => operator === 'Conv' && String(attributes['strides']) === '2,2')
		.map(({ attributes }) => attributes['pads']);
}

describe('padding where places are skipped', () => {
	test('is one at every side, as in torchvision', () => {
		expect(stridedPadding(mobilenetV2, 224, 224)).toEqual(new Array(5).fill([1, 1, 1, 1]));
	});

	test("is none before and one after an even map, as in TensorFlow's files", () => {
		expect(mobilenetV2Same.name).toBe('mobilenet_v2_same');
		expect(stridedPadding(mobilenetV2Same, 224, 224)).toEqual(new Array(5).fill([0, 0, 1, 1]));
	});

	test('is one before and one after an odd map there, each axis by itself', () => {
		expect(stridedPadding(mobilenetV2Same, 65, 64)[0]).toEqual([1, 0, 1, 1]);
	});

	test('makes no difference to sizes and parameters', () => {
		expect(featureSpecs(mobilenetV2Same)).toEqual(featureSpecs(mobilenetV2));
		for (const side of [224, 235, 97]) {
			expect(shapesOf(mobilenetV2Same, side).map).toEqual(shapesOf(mobilenetV2, side).map);
		}
	});
});
