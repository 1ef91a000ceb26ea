/** Runs that end before they should: Ctrl-C, kill -9, a full disk, no permission, a file that vanishes. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runCli } from 'parfocal';
import { beforeAll, expect, test } from 'vitest';
import { parfocal, programPath, start } from './helpers/program.ts';
import { scratchFolder } from './helpers/scratch.ts';

const folder = scratchFolder('interrupted');
const OUTPUTS = 7;

beforeAll(async () => {
	for (const [name, size] of [
		['small.tif', '1024x1024'],
		['large.tif', '8192x8192'],
	]) {
		const made = await parfocal(folder, 'phantom', name!, '--size', size!);
		expect(made.code, made.err).toBe(0);
	}
}, 120_000);

test.each(['SIGINT', 'SIGTERM'] as const)(
	'%s in the middle keeps finished slides whole and leaves no other',
	async (signal) => {
		const run = start(['scan', 'small.tif', 'large.tif', '--out', signal], folder);
		await run.says('small.tif:');
		run.child.kill(signal);
		const { code, err } = await run.ended;
		expect(err).toBe('parfocal: stopped; 1 of 2 slides finished and kept\n');
		expect(code).toBe(130);
		expect(readdirSync(join(folder, signal))).toEqual(['small.tif']);
		expect(readdirSync(join(folder, signal, 'small.tif'))).toHaveLength(OUTPUTS);
	},
);

test('a second Ctrl-C does not wait', async () => {
	const run = start(['scan', 'small.tif', 'large.tif', '--out', 'twice'], folder);
	await run.says('small.tif:');
	run.child.kill('SIGINT');
	run.child.kill('SIGINT');
	expect((await run.ended).code).toBe(130);
});

test('kill -9 at any moment leaves no half-written slide, and a rerun finishes the work and tidies up', async () => {
	const out = join(folder, 'killed');
	for (const ms of [150, 400, 700, 1000, 1400]) {
		const run = start(['scan', 'small.tif', 'large.tif', '--out', 'killed'], folder);
		await wait(ms);
		run.child.kill('SIGKILL');
		await run.ended;
		for (const name of existsSync(out) ? readdirSync(out) : []) {
			if (!name.startsWith('.')) expect(readdirSync(join(out, name)), `after ${ms} ms`).toHaveLength(OUTPUTS);
		}
	}
	const { code, err } = await parfocal(folder, 'scan', 'small.tif', 'large.tif', '--out', 'killed');
	expect(err).toBe('');
	expect([0, 3]).toContain(code);
	expect(readdirSync(out).sort()).toEqual(['large.tif', 'small.tif']);
});

test('head closes the pipe: the results are still written', async () => {
	execFileSync('sh', ['-c', `"${process.execPath}" "${programPath}" scan small.tif --json --out piped | true`], {
		cwd: folder,
	});
	expect(readdirSync(join(folder, 'piped/small.tif'))).toHaveLength(OUTPUTS);
});

test('a slide that is cut short while it is read is reported; the next one is done', async () => {
	cpSync(join(folder, 'large.tif'), join(folder, 'shrinking.tif'));
	let cut = false;
	let said = '';
	const code = await runCli(['scan', 'shrinking.tif', 'small.tif', '--out', 'vanish', '--workers', '1'], {
		process: {
			stdout: { write: () => {} },
			stderr: {
				isTTY: true,
				write(text) {
					if (!text.startsWith('\r')) said += text;
					// The first sign that tiles have been read.
					if (!cut && / [1-9]\d* %/.test(text)) {
						truncateSync(join(folder, 'shrinking.tif'), 4096);
						cut = true;
					}
				},
			},
			env: {},
		},
		cwd: folder,
		signal: new AbortController().signal,
	});
	expect(cut).toBe(true);
	expect(said).toMatch(/^parfocal: shrinking.tif: .*shorter/);
	expect(readdirSync(join(folder, 'vanish'))).toEqual(['small.tif']);
	expect(code).toBe(4);
});

/** A command that can mount a small file system and unmount it, or the reason why not. */
function tryMount(at: string): string | undefined {
	mkdirSync(at, { recursive: true });
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48k', 'tmpfs', at], { stdio: 'pipe' });
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message.trim() : String(error);
	}
}

test('a full disk ends the run with words and without half-written files', async ({ skip }) => {
	const disk = join(folder, 'disk');
	const refusal = tryMount(disk);
	if (refusal) {
		console.warn(`skipped: a small disk cannot be mounted here (${refusal})`);
		skip();
	}
	try {
		const { code, err } = await parfocal(folder, 'scan', 'small.tif', 'large.tif', '--out', 'disk');
		expect(err).toMatch(/^parfocal: small.tif: .*disk is full/);
		expect(err).not.toMatch(/large.tif/);
		expect(code).toBe(5);
		expect(readdirSync(disk)).toEqual([]);
	} finally {
		execFileSync('umount', [disk]);
	}
});

/** Runs as a user without rights, where there is such a user and it may read the program. */
function asNobody(): { prefix: string[]; refusal?: string } {
	const prefix = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
	const [command, ...args] = [...prefix, process.execPath, programPath, 'version'];
	try {
		execFileSync(command!, args, { stdio: 'pipe' });
		return { prefix };
	} catch (error) {
		return { prefix, refusal: error instanceof Error ? error.message.trim() : String(error) };
	}
}

test('a slide or a folder without permission is reported in words', async ({ skip }) => {
	const { prefix, refusal } = asNobody();
	if (refusal) {
		console.warn(`skipped: the program cannot run as another user here (${refusal})`);
		skip();
	}
	chmodSync(folder, 0o755);
	mkdirSync(join(folder, 'open'));
	chmodSync(join(folder, 'open'), 0o777);
	cpSync(join(folder, 'small.tif'), join(folder, 'locked.tif'));
	chmodSync(join(folder, 'locked.tif'), 0);
	const slide = await start(['scan', 'locked.tif', 'small.tif', '--out', 'open'], folder, prefix).ended;
	expect(slide.err).toMatch(/^parfocal: locked.tif: .*(permission|may not)/i);
	expect(slide.code).toBe(4);
	expect(readdirSync(join(folder, 'open'))).toEqual(['small.tif']);
	mkdirSync(join(folder, 'closed'));
	chmodSync(join(folder, 'closed'), 0o555);
	const output = await start(['scan', 'small.tif', '--out', 'closed/deep'], folder, prefix).ended;
	expect(output.err).toMatch(/^parfocal: .*may not write/);
	expect(output.code).toBe(5);
});
