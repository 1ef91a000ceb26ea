import { describe, expect, test } from 'vitest';
import { densenet13 } from './densenet.ts';
import { parameterSpecs } from './network.ts';
import { testCounts, testForward, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testKeys(densenet13, 1);
testForward(densenet13, ['cpu', 'wasm']);
testCounts(densenet13, [{ head: 'classifier', outputs: 1, count: 193_557 }]);

describe('densenet13', () => {
	test('has 2,160 running statistics', () => {
		const running = parameterSpecs(densenet13, 'classifier', 1).filter(({ learned }) => !learned);
		expect(running.reduce((sum, { shape }) => sum + shape[0]!, 0)).toBe(2160);
	});

	test('gives a map of 7 x 7 for 235 px and takes other sizes', () => {
		expect(shapesOf(densenet13, 235)).toMatchObject({ map: [2, 68, 7, 7], answers: [2, 5] });
		expect(shapesOf(densenet13, 224, 64).map).toEqual([2, 68, 7, 2]);
	});

	test('each block adds 32 channels and each transition halves them', () => {
		const channels = parameterSpecs(densenet13, 'classifier', 1)
			.filter(({ key }) => /transition\d\.norm\.weight|norm5\.weight/.test(key))
			.map(({ shape }) => shape[0]);
		expect(channels).toEqual([96, 80, 72, 68]);
	});
});
