import { metricNames } from '@parfocal/core';
import { expect, test } from 'vitest';
import { METHODS } from './methods.ts';

test('methods are the model, every metric of the library in its order, and all', () => {
	expect([...METHODS]).toEqual(['focuslitenn', ...metricNames(), 'all']);
});
