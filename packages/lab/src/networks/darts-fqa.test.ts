import { describe, expect, test } from 'vitest';
import { dartsFqa, dartsFqaBioimage, dartsFqaDeepfocus } from './darts-fqa.ts';
import { featureSpecs } from './network.ts';
import { testCounts } from './testing/architecture-tests.ts';
import { shapesOf } from './testing/output-shapes.ts';

testCounts(dartsFqa, [{ head: 'classifier', outputs: 1, count: 35_021 }]);
testCounts(dartsFqaBioimage, [{ head: 'classifier', outputs: 1, count: 69_181 }]);
testCounts(dartsFqaDeepfocus, [{ head: 'classifier', outputs: 1, count: 295_581 }]);

describe('DARTS-FQA', () => {
	test.each([
		[dartsFqa, 160],
		[dartsFqaBioimage, 160],
		[dartsFqaDeepfocus, 320],
	])('$name gives %i features whatever the picture', (network, channels) => {
		expect(shapesOf(network, 64)).toMatchObject({ map: [2, channels, 1, 1], answers: [2, 5] });
		expect(shapesOf(network, 80, 32).map).toEqual([2, channels, 1, 1]);
	});

	test('sides that cannot be halved three times are refused in words', () => {
		expect(() => shapesOf(dartsFqa, 63)).toThrow(/cannot halve a map of 63 x 63: .* in steps of 8/);
		expect(() => shapesOf(dartsFqa, 68)).not.toThrow();
		expect(() => shapesOf(dartsFqa, 66)).toThrow(/cannot halve a map of 33 x 33/);
	});

	test('the cell found on FocusPath has no numbers of its own', () => {
		const inside = (keys: readonly { readonly key: string }[]) =>
			keys.filter(({ key }) => key.includes('._ops.')).length;
		expect(inside(featureSpecs(dartsFqa))).toBe(0);
		expect(inside(featureSpecs(dartsFqaBioimage))).toBe(3 * 6);
		expect(inside(featureSpecs(dartsFqaDeepfocus))).toBe(3 * 3 * 2 * 6);
	});
});
