import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spots, writeManifest } from '../../../lab/src/data/testing/sharp-pictures.ts';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

let cwd: string;
beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-simulate-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const SMALL = ['--slides', '3', '--positions', '1', '--slices', '3', '--size', '64', '--step-um', '1'];

async function run(...inputs: string[]): Promise<{ code: number; out: string; err: string }> {
	const context = fakeContext({ cwd });
	const code = await runCli(inputs, context);
	return { code, out: context.out(), err: context.err() };
}

test('writes stacks and says how many', async () => {
	const { code, out, err } = await run('simulate', 'focuspath', '--out', 'stacks', ...SMALL);
	expect({ code, out, err }).toEqual({
		code: EXIT.ok,
		out: 'stacks: 9 simulated patches and list.csv, split by slide\n',
		err: '',
	});
	expect(await readdir(join(cwd, 'stacks'))).toHaveLength(11);
});

test('as JSON, and quietly', async () => {
	const json = await run('simulate', 'focuspath', '--out', 'a', '--json', ...SMALL);
	expect(JSON.parse(json.out)).toEqual({
		...{ out: 'a', slides: 3, patches: 9, list: 'list.csv', leftOut: [] },
		simulated: true,
	});
	expect(await run('simulate', 'focuspath', '--out', 'b', '--quiet', ...SMALL)).toEqual({ code: 0, out: '', err: '' });
});

test('makes stacks of pictures, says which were left out and why, and fails only for those it could not read', async () => {
	await mkdir(join(cwd, 'pictures'));
	for (const name of ['a', 'b', 'c'])
		await spots(260, 260, name.charCodeAt(0)).toFile(join(cwd, 'pictures', `${name}.png`));
	for (let i = 0; i < 4; i++) await spots(90, 90).toFile(join(cwd, 'pictures', `small${i}.png`));
	const flags = ['--positions', '1', '--slices', '2', '--images', 'pictures'];
	const made = await run('simulate', 'focuspath', '--out', 'stacks', ...flags);
	expect(made).toEqual({
		code: EXIT.ok,
		out: [
			'stacks: 6 simulated patches and list.csv, split by slide\n',
			'left out: 4 too small (small0.png, small1.png, small2.png, …)\n',
		].join(''),
		err: '',
	});
	expect(await readFile(join(cwd, 'stacks', 'README.md'), 'utf8')).toContain('256 px at 0.5 µm');
	await writeFile(join(cwd, 'broken.png'), 'no picture');
	const partly = await run('simulate', 'focuspath', '--out', 'partly', ...flags, '--images', 'broken.png', '--quiet');
	expect(partly).toEqual({ code: EXIT.notRead, out: '', err: expect.stringMatching(/broken\.png is no picture/) });
});

test('pictures that are not there, or too few, are errors before anything is written', async () => {
	const flags = ['simulate', 'focuspath', '--out', 'stacks', '--images'];
	const missing = await run(...flags, 'none');
	expect([missing.code, missing.err]).toEqual([EXIT.notRead, expect.stringMatching(/none does not exist/)]);
	await spots(300, 300).toFile(join(cwd, 'one.png'));
	const few = await run(...flags, 'one.png');
	expect([few.code, few.err]).toEqual([EXIT.usage, expect.stringMatching(/three slides at least/)]);
	expect(await readdir(cwd)).toEqual(['one.png']);
});

test('crops of one slide stay on one side, as the manifest beside them says', async () => {
	const entry = { role: 'sharp', source_repo: 'repo', licence: 'CC-BY-4.0', attribution: 'A, "B" and C' };
	const files = [];
	for (let i = 0; i < 6; i++) {
		await spots(260, 260, i).toFile(join(cwd, `${i}.png`));
		files.push({ ...entry, file: `${i}.png`, source_path: `slide ${i % 3}`, magnification: '20x' });
	}
	await writeManifest(cwd, files);
	const flags = ['--images', '.', '--positions', '5', '--slices', '2', '--json'];
	const { code, out } = await run('simulate', 'focuspath', '--out', 'stacks', ...flags);
	expect([code, JSON.parse(out)]).toMatchObject([EXIT.ok, { slides: 3, patches: 12, leftOut: [] }]);
	const rows = (await readFile(join(cwd, 'stacks', 'sources.csv'), 'utf8')).trim().split('\n').slice(1);
	expect(rows).toHaveLength(6);
	const sides = new Map<string, Set<string>>();
	for (const row of rows) {
		const [slide = '', side = '', picture = '', source] = row.split(',');
		expect(source).toBe(`repo#slide ${Number.parseInt(picture, 10) % 3}`);
		expect(row).toContain(',CC-BY-4.0,"A, ""B"" and C"');
		sides.set(slide, (sides.get(slide) ?? new Set()).add(side));
	}
	expect([...sides.values()].map((own) => own.size)).toEqual([1, 1, 1]);
});

test('on a terminal it says what it is doing', async () => {
	for (const name of ['a', 'b', 'c']) await spots(260, 260, name.charCodeAt(0)).toFile(join(cwd, `${name}.png`));
	const context = fakeContext({ cwd, tty: true });
	const flags = ['--images', 'a.png', '--images', 'b.png', '--images', 'c.png', '--slices', '2', '--positions', '1'];
	expect(await runCli(['simulate', 'focuspath', '--out', 'stacks', ...flags], context)).toBe(EXIT.ok);
	expect(context.err()).toMatch(/looking at pictures.*stacks .*100 %/s);
});

test('never writes among other files', async () => {
	await run('simulate', 'focuspath', '--out', 'stacks', ...SMALL);
	const again = await run('simulate', 'focuspath', '--out', 'stacks', ...SMALL);
	expect(again).toMatchObject({ code: EXIT.notWritten, err: expect.stringMatching(/not empty.*--out/) });
});

test('wrong values are usage errors', async () => {
	for (const wrong of [['--slides', '2'], ['--size', '5'], ['--step-um', 'much'], []]) {
		const flags = wrong.length === 0 ? [] : ['--out', 'x', ...wrong];
		expect((await run('simulate', 'focuspath', ...flags)).code).toBe(EXIT.usage);
	}
	const help = await run('simulate', 'focuspath', '--help');
	expect(help.out).toMatch(/simulated.*parfocal train/s);
});

test('one ordinal network learns from stacks with each of the six losses', async () => {
	await run('simulate', 'focuspath', '--out', 'stacks', ...SMALL);
	for (const loss of ['ce', 'bu', 'oe', 'co', 'co2', 'ho2']) {
		const flags = ['--classes', '2', '--split', 'listed', '--input-px', '64', '--resampler', 'none', '--epochs', '1'];
		const trained = await run(
			...['train', '--network', 'shufflenet_v2_x1_0', '--loss', loss, '--data', 'stacks', '--out', loss],
			...['--batch', '2', '--quiet', ...flags],
		);
		expect(trained, loss).toMatchObject({ code: EXIT.ok });
		const card = await readFile(join(cwd, loss, 'card.md'), 'utf8');
		expect(card).toContain(`shufflenet_v2_x1_0 with ${loss}`);
		expect(card).toMatch(/simulated/i);
	}
}, 120_000);
