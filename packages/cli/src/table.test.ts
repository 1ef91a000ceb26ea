import { expect, test } from 'vitest';
import { count, formatTable } from './table.ts';

test('columns are as wide as their widest cell, without blanks at line ends', () => {
	expect(
		formatTable([
			['a', 'long cell', ''],
			['bbb', 'c', 'd'],
		]),
	).toBe('a    long cell\nbbb  c          d\n');
});

test('numbers can end flush', () => {
	expect(formatTable([['1'], ['12']], [0])).toBe(' 1\n12\n');
});

test('no rows, no text', () => {
	expect(formatTable([])).toBe('');
});

test('counts agree with their noun', () => {
	expect([count(0, 'slide'), count(1, 'slide'), count(2, 'slide'), count(2, 'match', 'matches')]).toEqual([
		'0 slides',
		'1 slide',
		'2 slides',
		'2 matches',
	]);
});
