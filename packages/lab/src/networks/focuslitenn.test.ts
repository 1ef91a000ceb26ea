import { describe, expect, test } from 'vitest';
import {
	focuslitenn,
	focuslitenn2,
	focuslitenn10,
	focuslitennMinMax,
	focuslitennMinMax2,
	focuslitennMinMax10,
} from './focuslitenn.ts';
import { parameterSpecs } from './network.ts';
import { testCounts, testKeys } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testKeys(focuslitenn, 1, 'focuslitenn1');
testKeys(focuslitenn2, 1, 'focuslitenn2');
testKeys(focuslitenn10, 1, 'focuslitenn10');
for (const [network, count] of [
	[focuslitenn, 148],
	[focuslitenn2, 299],
	[focuslitenn10, 1491],
	[focuslitennMinMax, 151],
	[focuslitennMinMax2, 301],
	[focuslitennMinMax10, 1501],
] as const) {
	testCounts(network, [{ head: 'classifier', outputs: 1, count }]);
}

describe('focuslitenn', () => {
	test('gives one feature a kernel, two with maxima, whatever the picture', () => {
		expect(shapesOf(focuslitenn, 235).map).toEqual([2, 1, 1, 1]);
		expect(shapesOf(focuslitenn10, 64, 300).map).toEqual([2, 10, 1, 1]);
		expect(shapesOf(focuslitennMinMax2, 235)).toMatchObject({ map: [2, 4, 1, 1], answers: [2, 5] });
		expect(() => shapesOf(focuslitenn, 4)).toThrow(/the picture is too small/);
	});

	test('the minimum of one kernel is the answer; more answers need weights', () => {
		expect(parameterSpecs(focuslitenn, 'classifier', 1).map(({ key }) => key)).toEqual(['conv.weight', 'conv.bias']);
		expect(parameterSpecs(focuslitenn, 'classifier', 3).at(-2)).toMatchObject({
			key: 'fc.weight',
			shape: [3, 1, 1, 1],
		});
	});
});
