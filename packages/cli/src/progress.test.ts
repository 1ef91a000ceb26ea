import { expect, test } from 'vitest';
import { createProgress, formatDuration } from './progress.ts';
import { fakeContext } from './testing/fake-context.ts';

function lines(text: string): string[] {
	return text.split('\r\x1b[K').slice(1);
}

test('on a terminal one line is drawn over and over, with the time left once that can be told', () => {
	const context = fakeContext({ tty: true });
	let ms = 0;
	const progress = createProgress(context.process.stderr, true, () => ms);
	progress.start('a.svs');
	ms = 1000;
	progress.update(10, 100);
	ms = 1050;
	progress.update(11, 100);
	ms = 10_000;
	progress.update(25, 100);
	progress.update(100, 100);
	progress.clear();
	expect(lines(context.err())).toEqual([
		'a.svs …',
		'a.svs ██░░░░░░░░░░░░░░░░░░ 10 %',
		'a.svs █████░░░░░░░░░░░░░░░ 25 %  30 s left',
		'a.svs ████████████████████ 100 %',
		'',
	]);
});

test('nothing to do is all done, and a new slide starts its own clock', () => {
	const context = fakeContext({ tty: true });
	let ms = 0;
	const progress = createProgress(context.process.stderr, true, () => ms);
	progress.start('a.svs');
	progress.update(0, 0);
	ms = 60_000;
	progress.start('b.svs');
	ms = 61_000;
	progress.update(1, 2);
	expect(lines(context.err())).toEqual([
		'a.svs …',
		'a.svs ████████████████████ 100 %',
		'b.svs …',
		'b.svs ██████████░░░░░░░░░░ 50 %',
	]);
});

test('a line never wraps', () => {
	const context = fakeContext({ tty: true });
	createProgress(context.process.stderr, true).start('long'.repeat(50));
	expect(lines(context.err())[0]!.length).toBe(59);
});

test.each([
	[false, true],
	[true, false],
])('nothing is drawn when terminal is %s and enabled is %s', (tty, enabled) => {
	const context = fakeContext({ tty });
	const progress = createProgress(context.process.stderr, enabled);
	progress.start('a.svs');
	progress.update(1, 2);
	progress.clear();
	expect(context.err()).toBe('');
});

test.each([
	[0, '0.0 s'],
	[1234, '1.2 s'],
	[9949, '9.9 s'],
	[9960, '10 s'],
	[59_400, '59 s'],
	[59_600, '1 min 00 s'],
	[185_000, '3 min 05 s'],
	[7_800_000, '2 h 10 min'],
])('%i ms is %s', (ms, words) => {
	expect(formatDuration(ms)).toBe(words);
});
