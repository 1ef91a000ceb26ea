import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listShippedModels, metricNames } from '@parfocal/core';
import { listShippedNetworks } from '@parfocal/lab';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { floats, writeZipTorch } from '../../../core/src/weights/testing/torch-writer.ts';
import { checkModels } from '../doctor/checks.ts';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

let cwd: string;
let store: string;
beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-models-'));
	store = join(cwd, 'store');
	vi.stubEnv('PARFOCAL_MODELS', store);
	const weights = Array.from({ length: 147 }, (_, i) => Math.sin(i));
	const tensors = [floats('conv.weight', '0', [1, 3, 7, 7], weights), floats('conv.bias', '1', [1], [0.25])];
	await writeFile(join(cwd, 'theirs.pt'), writeZipTorch(tensors));
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await rm(cwd, { recursive: true, force: true });
});

async function models(...inputs: string[]): Promise<{ code: number; out: string; err: string }> {
	const context = fakeContext({ cwd });
	const code = await runCli(['models', ...inputs], context);
	return { code, out: context.out(), err: context.err() };
}

test('import says what it took, list and show know it', async () => {
	const imported = await models('import', 'theirs.pt', '--name', 'mine', '--unit', 'zLevel', '--licence', 'CC0');
	expect(imported).toMatchObject({ code: EXIT.ok, err: '' });
	expect(imported.out).toMatch(/^name +mine, imported$/m);
	expect(imported.out).toMatch(/^unit +zLevel, not calibrated$/m);
	expect(imported.out).toMatch(/^parameters +148$/m);
	const { out } = await models('list');
	expect(out).toMatch(/^mine +1 +\S+ +zLevel +imported +CC0$/m);
	expect(out.match(/\(default\)/g)).toHaveLength(1);
	const shown = JSON.parse((await models('show', 'mine', '--json')).out);
	expect(shown).toMatchObject({ name: 'mine', source: 'imported', licence: 'CC0', mppRange: null });
	expect(shown).not.toHaveProperty('convWeight');
});

test('list as JSON has every model', async () => {
	const { out } = await models('list', '--json');
	expect(JSON.parse(out).map((model: { name: string }) => model.name)).toEqual([
		...listShippedModels(),
		...listShippedNetworks(),
		...metricNames(),
	]);
});

test('a damaged model is marked, and the others are listed', async () => {
	await models('import', 'theirs.pt', '--name', 'mine');
	await writeFile(join(store, 'cut.safetensors'), Uint8Array.of(1, 2, 3));
	const { code, out } = await models('list');
	expect(code).toBe(EXIT.ok);
	expect(out).toMatch(/^mine +1 /m);
	expect(out).toMatch(/^damaged: cut: .{10,}\. Import it again with --force, or remove .*cut\.safetensors\.$/m);
	expect(out).not.toMatch(/^cut /m);
	expect(JSON.parse((await models('list', '--json')).out)).toContainEqual(
		expect.objectContaining({ name: 'cut', damaged: expect.stringContaining('cut.safetensors') }),
	);
	const check = await checkModels();
	expect(check).toMatchObject({ state: 'absent', cost: expect.stringMatching(/^cut cannot be used: /) });
	expect(check.found).toMatch(/\bmine \(imported ones in/);
});

test('doctor finds nothing wrong with whole models, and something with a folder that is a file', async () => {
	expect(await checkModels()).toMatchObject({ state: 'ok', found: expect.stringContaining(listShippedModels()[0]!) });
	await writeFile(store, 'x');
	expect(await checkModels()).toMatchObject({ state: 'missing', cost: expect.stringContaining('cannot be listed') });
});

test.each<[string, string[], number, RegExp]>([
	['a missing file', ['import', 'none.pt', '--name', 'a'], EXIT.notRead, /none\.pt does not exist/],
	['a bad name', ['import', 'theirs.pt', '--name', 'A b'], EXIT.usage, /'A b' cannot be a model's name/],
	['a unit there is none of', ['import', 'theirs.pt', '--name', 'a', '--unit', 'mm'], EXIT.usage, /mm/],
	['no name', ['import', 'theirs.pt'], EXIT.usage, /name/],
	['an empty name', ['import', 'theirs.pt', '--name', ' '], EXIT.usage, /not an empty text/],
	['an unknown model', ['show', 'focuslitenn'], EXIT.usage, /There is no model 'focuslitenn'/],
	['nothing to show', ['show'], EXIT.usage, /NAME/],
	['one too many', ['list', 'x'], EXIT.usage, /x/],
	['no such command', ['lst'], EXIT.usage, /did you mean.*list/],
])('%s is refused and changes nothing', async (_, inputs, code, words) => {
	const ended = await models(...inputs);
	expect(ended).toMatchObject({ code, out: '' });
	expect(ended.err).toMatch(words);
	expect(await readdir(cwd)).toEqual(['theirs.pt']);
});

test('a model of that name is replaced only with --force', async () => {
	await models('import', 'theirs.pt', '--name', 'mine', '--licence', 'first');
	const again = await models('import', 'theirs.pt', '--name', 'mine', '--licence', 'second');
	expect(again.code).toBe(EXIT.notWritten);
	expect(again.err).toContain('--force');
	expect((await models('import', 'theirs.pt', '--name', 'mine', '--licence', 'second', '--force')).code).toBe(EXIT.ok);
	expect((await models('show', 'mine')).out).toMatch(/^licence +second$/m);
});

test('metrics are listed and shown beside models: direction, what they look at, windows, paper', async () => {
	const list = await models('list');
	expect(list.out).toMatch(/\nmetric +higher means +looks at\nmlv +sharper +the 1,000 steepest/);
	for (const name of metricNames()) expect(list.out).toContain(`\n${name} `);
	const shown = await models('show', 'fqpath');
	expect(shown.code).toBe(EXIT.ok);
	expect(shown.out).toMatch(/name +fqpath: FQPath, a formula without training/);
	expect(shown.out).toMatch(/unit +score, higher means blurrier/);
	expect(shown.out).toMatch(/windows of 256 px every 128 px/);
	expect(JSON.parse((await models('show', 'gpc', '--json')).out)).toMatchObject({
		...{ name: 'gpc', kind: 'metric', higherMeans: 'sharper', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
		paper: expect.stringContaining('Leclaire'),
	});
});
