import { beforeEach, expect, test, vi } from 'vitest';
import { type Check, runChecks } from '../doctor/checks.ts';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

vi.mock('../doctor/checks.ts', () => ({ runChecks: vi.fn() }));

const fine: Check = { name: 'Node.js', state: 'ok', found: '24.0.0', cost: 'never said' };
const absent: Check = { name: 'Chromium', state: 'absent', found: 'not found', cost: 'no browser tests' };
const missing: Check = { name: 'Models', state: 'missing', found: 'none', cost: 'nothing can be scored' };

let checks: Check[];
beforeEach(() => {
	vi.mocked(runChecks).mockImplementation(async () => checks);
});

async function doctor(...flags: string[]): Promise<{ code: number; out: string; err: string }> {
	const context = fakeContext();
	const code = await runCli(['doctor', ...flags], context);
	return { code, out: context.out(), err: context.err() };
}

test('where all is well it lists what it found, and no costs', async () => {
	checks = [fine];
	expect(await doctor()).toEqual({ code: EXIT.ok, out: 'ok  Node.js  24.0.0\n', err: '' });
});

test('what is absent costs something but is no failure', async () => {
	checks = [fine, absent];
	const { code, out } = await doctor();
	expect(code).toBe(EXIT.ok);
	expect(out.split('\n')).toEqual([
		'ok  Node.js   24.0.0',
		'-   Chromium  not found',
		'',
		'Chromium: no browser tests',
		'',
	]);
});

test('what is missing is marked, explained and ends with a code of its own', async () => {
	checks = [absent, missing, fine];
	const { code, out } = await doctor();
	expect(code).toBe(EXIT.attention);
	expect(out).toMatch(/^MISSING +Models +none$/m);
	expect(out).toMatch(/^Chromium: .*\nModels: nothing can be scored\n$/m);
});

test('as JSON it says the same, with the same code', async () => {
	checks = [fine, missing];
	const { code, out } = await doctor('--json');
	expect(code).toBe(EXIT.attention);
	expect(JSON.parse(out)).toEqual({ checks });
});

test.each([['--jsn'], ['extra']])('%s is bad usage, and nothing is looked at', async (input) => {
	checks = [fine];
	vi.mocked(runChecks).mockClear();
	const { code, out } = await doctor(input);
	expect(code).toBe(EXIT.usage);
	expect(out).toBe('');
	expect(runChecks).not.toHaveBeenCalled();
});
