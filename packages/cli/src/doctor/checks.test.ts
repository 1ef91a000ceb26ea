import { expect, test } from 'vitest';
import { fakeContext } from '../testing/fake-context.ts';
import { checkNode } from './check-node.ts';
import { checkDisk, checkMemory, checkPackage, checkProgram, checkSimd, runChecks } from './checks.ts';

const GIB = 1024 ** 3;

test.each([
	['22.18.0', 'ok'],
	['24.0.0', 'ok'],
	['22.17.9', 'missing'],
	['20.20.2', 'missing'],
	['9.0.0', 'missing'],
])('Node %s is %s', (version, state) => {
	expect(checkNode(version).state).toBe(state);
});

test('this engine has SIMD', () => {
	expect(checkSimd()).toMatchObject({ state: 'ok' });
});

test('packages and programs that are not there are named with what that costs', async () => {
	expect(await checkPackage('sharp', 'x')).toMatchObject({ state: 'ok' });
	expect(await checkPackage('no-such-package', 'no pictures')).toMatchObject({ state: 'absent', cost: 'no pictures' });
	expect(await checkProgram('Node', process.execPath, ['--version'], 'x')).toMatchObject({ found: process.version });
	expect(await checkProgram('X', 'no-such-program', [], 'no x')).toMatchObject({ state: 'absent', cost: 'no x' });
});

test('little memory and a bad folder are noted', async () => {
	expect(checkMemory(GIB, 2 * GIB)).toMatchObject({ state: 'ok', found: '1.0 GiB free of 2.0' });
	expect(checkMemory(GIB / 4, 2 * GIB)).toMatchObject({ state: 'absent' });
	expect(await checkDisk(process.cwd())).toMatchObject({ name: 'Disk here' });
	expect(await checkDisk('/no/such/folder')).toMatchObject({ state: 'absent' });
});

test('everything that is not there says what it costs', async () => {
	const checks = await runChecks(fakeContext());
	expect(checks.map((check) => check.name)).toContain('Models');
	for (const check of checks) if (check.state !== 'ok') expect(check.cost).toBeTruthy();
});
