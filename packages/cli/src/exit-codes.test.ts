import { expect, test } from 'vitest';
import { EXIT, worstExitCode } from './exit-codes.ts';

test('the codes are as documented', () => {
	expect(EXIT).toEqual({ ok: 0, internal: 1, usage: 2, attention: 3, notRead: 4, notWritten: 5, interrupted: 130 });
});

test.each([
	[[], EXIT.ok],
	[[EXIT.ok, EXIT.ok], EXIT.ok],
	[[EXIT.ok, EXIT.attention], EXIT.attention],
	[[EXIT.notRead, EXIT.attention, EXIT.ok], EXIT.notRead],
	[[EXIT.notRead, EXIT.notWritten], EXIT.notWritten],
	[[EXIT.interrupted, EXIT.notWritten], EXIT.interrupted],
])('of %j the worst is %i', (codes, worst) => {
	expect(worstExitCode(codes)).toBe(worst);
	expect(worstExitCode([...codes].reverse())).toBe(worst);
});
