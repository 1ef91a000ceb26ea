import { ArgumentError, DEFAULT_POLICY } from '@parfocal/core';
import { expect, test } from 'vitest';
import { settleUnit } from './settle-unit.ts';

test('0 and 1 are two classes', () => {
	expect(settleUnit([0, 1, 1, 0], {})).toEqual({ unit: 'score', limit: 1 });
	expect(settleUnit([0, 0], {})).toEqual({ unit: 'score', limit: 1 });
});

test('a unit makes them numbers', () => {
	expect(settleUnit([0, 1], { unit: 'um', limit: 0.5 })).toEqual({ unit: 'defocusUm', limit: 0.5 });
});

test('without a limit, out of focus begins where the default policy begins', () => {
	expect(settleUnit([0, 2.5], { unit: 'um' })).toEqual({
		unit: 'defocusUm',
		limit: DEFAULT_POLICY.thresholds.defocusUm!.slight,
	});
	expect(settleUnit([0, 5], { unit: 'z-level' })).toEqual({
		unit: 'zLevel',
		limit: DEFAULT_POLICY.thresholds.zLevel!.slight,
	});
});

test('numbers without a unit, and classes with a limit, are refused', () => {
	expect(() => settleUnit([0, 1, 2], {})).toThrow(/say --unit um or --unit z-level/);
	expect(() => settleUnit([0, 1, 2], { limit: 1 })).toThrow(ArgumentError);
	expect(() => settleUnit([0, 1], { limit: 0.5 })).toThrow(/two classes and need no --limit/);
});
