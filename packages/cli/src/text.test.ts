import {
	ArgumentError,
	FormatError,
	ModelError,
	type ParfocalError,
	PolicyError,
	ReadError,
	WriteError,
} from '@parfocal/core';
import { expect, test } from 'vitest';
import { EXIT } from './exit-codes.ts';
import { fakeContext } from './testing/fake-context.ts';
import { describeError, exitCodeForError } from './text.ts';

const family: [ParfocalError, number][] = [
	[new ArgumentError('mpp', 'mpp is -1'), EXIT.usage],
	[new ModelError('x', 'there is no model x'), EXIT.usage],
	[new PolicyError('x', 'there is no policy x'), EXIT.usage],
	[new ReadError('a.svs', 'not-found', 'a.svs does not exist'), EXIT.notRead],
	[new FormatError('TIFF', 'corrupt', 'a.svs is corrupt'), EXIT.notRead],
	[new WriteError('out', 'disk-full', 'the disk is full'), EXIT.notWritten],
];

test.each(family)('%s ends with code %i and its own sentence, without a stack', (error, code) => {
	const context = fakeContext();
	expect(exitCodeForError(error, context)).toBe(code);
	expect(describeError(error, context, false)).toBe(`parfocal: ${error.message}`);
});

test('a foreign error is internal: one line that says how to report it', () => {
	const context = fakeContext();
	const error = new TypeError('x is not a function');
	expect(exitCodeForError(error, context)).toBe(EXIT.internal);
	const line = describeError(error, context, false);
	expect(line).toMatch(/^parfocal: internal error: x is not a function\. Please report it with .*--debug/);
	expect(line.split('\n')).toHaveLength(1);
});

test('--debug shows the stack and the causes', () => {
	const error = new TypeError('outer', { cause: new RangeError('inner') });
	const shown = describeError(error, fakeContext(), true);
	expect(shown).toContain('text.test.ts');
	expect(shown).toContain('caused by RangeError: inner');
});

test('after Ctrl-C whatever ended the command is the interruption', () => {
	const context = fakeContext();
	context.abort();
	expect(exitCodeForError(new TypeError('torn down'), context)).toBe(EXIT.interrupted);
	expect(describeError(new TypeError('torn down'), context, false)).toBe('parfocal: stopped; finished slides are kept');
});
