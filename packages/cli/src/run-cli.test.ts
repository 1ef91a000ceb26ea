import { expect, test } from 'vitest';
import { EXIT } from './exit-codes.ts';
import { runCli } from './run-cli.ts';
import { fakeContext } from './testing/fake-context.ts';
import { softwareVersion } from './version.ts';

async function cli(...inputs: string[]): Promise<{ code: number; out: string; err: string }> {
	const context = fakeContext();
	const code = await runCli(inputs, context);
	return { code, out: context.out(), err: context.err() };
}

const commands = ['scan', 'score', 'info', 'models', 'demo', 'doctor', 'phantom', 'train-dictionary', 'version'];

test.each([[[]], [['--help']], [['-h']]])('%j lists the commands', async (inputs) => {
	const { code, out, err } = await cli(...inputs);
	expect(code).toBe(EXIT.ok);
	expect(err).toBe('');
	for (const command of commands) {
		expect(out).toMatch(new RegExp(`^ +${command} `, 'm'));
	}
	expect(out).toContain('Exit codes: 0 all pass');
});

test.each([...commands, 'models import', 'models list', 'models show'])('the help of %s', async (command) => {
	const { code, out, err } = await cli(...command.split(' '), '--help');
	expect({ code, err }).toEqual({ code: EXIT.ok, err: '' });
	expect(out).toMatchSnapshot();
});

test('an error that is ours shows its stack only with --debug', async () => {
	const plain = await cli('models', 'show', 'no-such-model');
	const debug = await cli('models', 'show', 'no-such-model', '--debug');
	expect([plain.code, debug.code]).toEqual([EXIT.usage, EXIT.usage]);
	expect(plain.err).not.toMatch(/\n +at /);
	expect(debug.err).toMatch(/\n +at /);
	// After `--` it is the name of something.
	expect((await cli('models', 'show', '--', '--debug')).err).toContain("There is no model '--debug'");
});

test('the version, three ways', async () => {
	expect(softwareVersion()).toMatch(/^\d+\.\d+\.\d+/);
	expect(await cli('version')).toEqual({ code: 0, out: `${softwareVersion()}\n`, err: '' });
	expect((await cli('--version')).out).toBe(`${softwareVersion()}\n`);
	expect((await cli('-v')).out).toBe(`${softwareVersion()}\n`);
});

test('a mistyped flag gives the nearest one and the usage', async () => {
	const { code, err } = await cli('scan', 'a.svs', '--pollicy', 'strict');
	expect(code).toBe(EXIT.usage);
	expect(err).toMatch(/--pollicy.*did you mean --policy/);
	expect(err).toMatch(/^usage: parfocal scan .*SLIDE/m);
});

test('a mistyped command gives the nearest one and the usage', async () => {
	const { code, err } = await cli('scann', 'a.svs');
	expect(code).toBe(EXIT.usage);
	expect(err).toMatch(/no command scann, did you mean.*scan/);
	expect(err).toMatch(/^usage: parfocal /m);
});

test.each([
	[['scan'], /SLIDE/],
	[['scan', 'a.svs', '--mpp', '0'], /from 0.05 to 20/],
	[['scan', 'a.svs', '--workers', '1.5'], /whole number/],
	[['scan', 'a.svs', '--out'], /out/],
	[['score', 'a.png', '--method', 'magic'], /magic/],
	[['models', 'import', 'a.pt'], /name/],
])('%j is bad usage', async (inputs, message) => {
	const { code, out, err } = await cli(...inputs);
	expect(code).toBe(EXIT.usage);
	expect(out).toBe('');
	expect(err).toMatch(message);
	expect(err).not.toMatch(/\n +at /);
});
