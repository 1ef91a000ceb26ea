import { type Assessment, FormatError, type Outcome, WriteError } from '@parfocal/core';
import { expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { createReporter, exitCodeOf, formatResults, isDiskFull, type SlideResult } from './report.ts';

function done(name: string, outcome: Outcome, blurry = 0): SlideResult {
	const focus = { inFocusFraction: 1 - blurry, slightFraction: 0, clearFraction: blurry, strongFraction: 0 };
	const assessment = { outcome, sentence: `${outcome} it is.`, focus } as unknown as Assessment;
	return { state: 'done', input: { path: `in/${name}`, folder: name }, assessment, folder: `out/${name}`, ms: 1234 };
}

function unread(name: string): SlideResult {
	const error = new FormatError('slide', 'unrecognised', `${name} is not a slide.`);
	return { state: 'unread', input: { path: `in/${name}`, folder: name }, error };
}

function unwritten(name: string): SlideResult {
	const error = new WriteError('out', 'disk-full', 'The disk is full.');
	return { state: 'unwritten', input: { path: `in/${name}`, folder: name }, error };
}

function failed(name: string): SlideResult {
	return { state: 'failed', input: { path: `in/${name}`, folder: name }, error: new TypeError('x is not a function') };
}

function stopped(name: string): SlideResult {
	return { state: 'stopped', input: { path: `in/${name}`, folder: name } };
}

test('the table is sorted worst first and closed by a count', () => {
	const results = [
		done('a.svs', 'pass', 0.01),
		unread('b.svs'),
		done('c.svs', 'review', 0.1),
		done('d.svs', 'rescan', 0.3),
		done('e.svs', 'review', 0.2),
		done('f.svs', 'pass'),
		done('g.svs', 'not-assessable'),
		unwritten('h.svs'),
		failed('i.svs'),
	];
	expect(formatResults(results)).toMatchInlineSnapshot(`
		"FAILED          i.svs  internal error: x is not a function. Please report it with the output of --debug.
		NOT WRITTEN     h.svs  The disk is full.
		NOT READ        b.svs  b.svs is not a slide.
		rescan          d.svs  30 % out of focus, out/d.svs/report.html
		review          e.svs  20 % out of focus, out/e.svs/report.html
		review          c.svs  10 % out of focus, out/c.svs/report.html
		not assessable  g.svs  0 % out of focus, out/g.svs/report.html
		pass            a.svs  1 % out of focus, out/a.svs/report.html
		pass            f.svs  0 % out of focus, out/f.svs/report.html
		2 pass, 1 not assessable, 2 review, 1 rescan, 1 could not be read, 1 could not be written, 1 failed
		"
	`);
});

test.each([
	[done('a', 'pass'), EXIT.ok],
	[done('a', 'review'), EXIT.attention],
	[done('a', 'rescan'), EXIT.attention],
	[done('a', 'not-assessable'), EXIT.attention],
	[unread('a'), EXIT.notRead],
	[unwritten('a'), EXIT.notWritten],
	[failed('a'), EXIT.internal],
	[stopped('a'), EXIT.interrupted],
])('%o asks for exit code %i', (result, code) => {
	expect(exitCodeOf(result)).toBe(code);
});

test('one line a slide on standard output, failures on standard error', () => {
	const context = fakeContext();
	const report = createReporter(context, { json: false, quiet: false });
	report.slide(done('a.svs', 'pass'));
	report.slide(unread('b.svs'));
	report.end([done('a.svs', 'pass')], 1);
	expect(context.out()).toBe('a.svs: pass it is. (1.2 s) out/a.svs/report.html\n');
	expect(context.err()).toBe('parfocal: in/b.svs: b.svs is not a slide.\n');
});

test('with --json standard output carries assessments only', () => {
	const context = fakeContext();
	const report = createReporter(context, { json: true, quiet: false });
	const results = [done('a.svs', 'pass'), done('b.svs', 'rescan')];
	for (const result of results) report.slide(result);
	report.end(results, 2);
	const lines = context.out().trim().split('\n');
	expect(lines.map((line) => JSON.parse(line).outcome)).toEqual(['pass', 'rescan']);
	expect(context.err()).toContain('1 pass, 1 rescan');
});

test('--quiet leaves errors, and JSON when asked for', () => {
	const context = fakeContext();
	const report = createReporter(context, { json: true, quiet: true });
	report.slide(done('a.svs', 'pass'));
	report.slide(unread('b.svs'));
	report.end([done('a.svs', 'pass'), unread('b.svs')], 2);
	expect(context.out().split('\n')).toHaveLength(2);
	expect(context.err()).toBe('parfocal: in/b.svs: b.svs is not a slide.\n');
});

test('an interruption says what was finished', () => {
	const context = fakeContext();
	createReporter(context, {}).end([done('a.svs', 'pass'), stopped('b.svs')], 3);
	expect(context.out()).toBe('');
	expect(context.err()).toBe('parfocal: stopped; 1 of 3 slides finished and kept\n');
});

test('only a full disk says that nothing else can be written', () => {
	expect(isDiskFull(unwritten('a'))).toBe(true);
	const closed = { ...unwritten('a'), error: new WriteError('out', 'permission', 'No.') } as SlideResult;
	expect(isDiskFull(closed)).toBe(false);
	expect(isDiskFull(unread('a'))).toBe(false);
});
