import { expect, test } from 'vitest';
import { JsonChecker } from './json-checker.ts';

class Complaint extends Error {}

const checked = new JsonChecker((complaint, options) => new Complaint(complaint, options));

test('what fits comes back as it is', () => {
	expect(checked.json('{"a": [1]}')).toEqual({ a: [1] });
	expect(checked.object({ a: 1 }, 'it', ['a'], ['b'])).toEqual({ a: 1 });
	expect(checked.list([1, 2], 'it', 2)).toEqual([1, 2]);
	expect(checked.text('x', 'it')).toBe('x');
	expect(checked.number(0.5, 'it', 0, 1)).toBe(0.5);
	expect(checked.integer(3, 'it', 0, 3)).toBe(3);
	expect(checked.oneOf('b', 'it', ['a', 'b'])).toBe('b');
});

test.each<[string, () => unknown, string]>([
	['text', () => checked.json('{'), 'the file is not JSON.'],
	['object', () => checked.object([], 'it', []), 'it must be an object, not a list.'],
	['key', () => checked.object({ c: 1 }, 'it', ['a'], ['b']), 'it has the unknown key "c"; allowed are a, b.'],
	['missing', () => checked.object({}, 'it', ['a']), 'it needs the key "a".'],
	['inherited', () => checked.object({}, 'it', ['toString']), 'it needs the key "toString".'],
	['list', () => checked.list({}, 'it', 2), 'it must be a list, not an object.'],
	['long list', () => checked.list([1, 2, 3], 'it', 2), 'it has more than 2 entries.'],
	['blank', () => checked.text('  ', 'it'), 'it must be a text, not "  ".'],
	['number', () => checked.number('1', 'it', 0, 1), 'it must be a number from 0 to 1, not "1".'],
	['NaN', () => checked.number(Number.NaN, 'it', 0, 1), 'it must be a number from 0 to 1, not null.'],
	['integer', () => checked.integer(0.5, 'it', 0, 1), 'it must be a whole number from 0 to 1, not 0.5.'],
	['choice', () => checked.oneOf(undefined, 'it', ['a', 'b']), 'it must be one of a, b, not nothing.'],
])('%s: a sentence in an error of the caller', (_, check, sentence) => {
	expect(check).toThrow(Complaint);
	expect(check).toThrow(new Complaint(sentence));
});

test('a long value is cut in the sentence, and the cause is kept', () => {
	expect(() => checked.text(['x'.repeat(99)].at(0)!.length, 'it')).toThrow('not 99.');
	expect(() => checked.number('x'.repeat(99), 'it', 0, 1)).toThrow(/not "x{59}….$/);
	try {
		checked.json('{');
		expect.unreachable();
	} catch (error) {
		expect((error as Error).cause).toBeInstanceOf(SyntaxError);
	}
});
