import { expect, test } from 'vitest';
import { positiveResponses } from './positive-responses.ts';

const signal = (...values: number[]) => ({ widthPx: values.length, heightPx: 1, data: Float64Array.of(...values) });

test('places where both are positive, in order', () => {
	const responses = { vertical: signal(1, -1, 2, 3, -4), horizontal: signal(5, 6, -7, 8, -9) };
	expect(positiveResponses(responses)).toEqual({
		vertical: Float64Array.of(1, 3),
		horizontal: Float64Array.of(5, 8),
	});
});

test('of those, the bright ones', () => {
	const responses = { vertical: signal(1, 2, 3), horizontal: signal(4, 5, 6) };
	const levels = Float64Array.of(0.5, 0.05, 0.06);
	expect([...positiveResponses(responses, { levels, above: 0.05 }).vertical]).toEqual([1, 3]);
	expect(positiveResponses(responses, { levels, above: 1 }).horizontal).toHaveLength(0);
});

test('rounding noise about zero counts, as zero, whatever its sign', () => {
	const responses = { vertical: signal(1e-17, -1e-17, 0, -1e-11), horizontal: signal(-3e-16, 2, 1, 1) };
	const { vertical, horizontal } = positiveResponses(responses);
	expect([...vertical]).toEqual([1e-17, 0, 0]);
	expect([...horizontal]).toEqual([0, 2, 1]);
});
