import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const known = ['focuslitenn-luma4-energy', 'focuslitenn-1', 'focuslitenn-10', 'lab'];

describe('the nearest name', () => {
	test.each([
		['focuslitenn-luma4-enrgy', 'focuslitenn-luma4-energy'],
		['FocusLiteNN-10', 'focuslitenn-10'],
		['luma4', 'focuslitenn-luma4-energy'],
		['labb', 'lab'],
		['zzz', undefined],
		['', undefined],
		['x'.repeat(5000), undefined],
	])('to %s is %s', (name, expected) => {
		expect(nearestName(name, known)).toBe(expected);
	});

	test('among none is none', () => {
		expect(nearestName('anything', [])).toBeUndefined();
	});

	test('of a known name is itself, and it is always a known one', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string({ minLength: 1, maxLength: 30 }), { minLength: 1 }),
				fc.string(),
				(names, name) => {
					const own = nearestName(names[0]!, names);
					expect(own?.toLowerCase()).toBe(names[0]!.toLowerCase());
					expect([...names, undefined]).toContain(nearestName(name, names));
				},
			),
		);
	});
});
