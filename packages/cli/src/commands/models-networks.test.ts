/** Networks among the models: import, list, show, export, score. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '@parfocal/core';
import { lossNamed, networkNamed, openNodeEngine, parameterSpecs, writeNetworkFile } from '@parfocal/lab';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { initialParameters } from '../../../lab/src/networks/parameters.ts';
import { seededRandom } from '../../../lab/src/simulate/random.ts';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

let cwd: string;
beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-networks-'));
	vi.stubEnv('PARFOCAL_MODELS', join(cwd, 'store'));
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await rm(cwd, { recursive: true, force: true });
});

async function run(...inputs: string[]): Promise<{ code: number; out: string; err: string }> {
	const context = fakeContext({ cwd });
	const code = await runCli(inputs, context);
	return { code, out: context.out(), err: context.err() };
}

/** Random weights of a small network with one output, as a file of PyTorch's names only. */
async function weightsFile(name: string, network = 'eonss', outputs = 1): Promise<void> {
	const specs = parameterSpecs(networkNamed(network), 'classifier', outputs);
	await writeFile(join(cwd, name), writeSafetensors(initialParameters(specs, seededRandom(1)), {}));
}

/** A file as `parfocal train` writes it: five ordered classes. */
async function trainedFile(name: string): Promise<void> {
	const network = networkNamed('focuslitenn_energy');
	const outputs = lossNamed('oe').outputs(5);
	const tensors = initialParameters(parameterSpecs(network, 'gap', outputs), seededRandom(2));
	const description = {
		format: 1,
		network: network.name,
		options: {},
		head: 'gap',
		loss: 'oe',
		classes: 5,
		outputs,
		inputPx: 235,
		resampler: 'none',
		normalisation: { mean: [0, 0, 0], deviation: [1, 1, 1] },
		unit: 'zLevel',
		higherMeans: 'blurrier',
		licence: 'CC0',
		trainedOn: 'random numbers',
	} as const;
	await writeFile(join(cwd, name), writeNetworkFile({ description, tensors }));
}

async function picture(name: string, side = 480): Promise<void> {
	const random = seededRandom(3);
	const data = Buffer.from(Array.from({ length: 3 * side * side }, () => random.below(256)));
	await sharp(data, { raw: { width: side, height: side, channels: 3 } })
		.png()
		.toFile(join(cwd, name));
}

test('weights of a network are imported, listed, shown and score pictures', async () => {
	await weightsFile('theirs.safetensors');
	await picture('noise.png');
	const imported = await run('models', 'import', 'theirs.safetensors', '--network', 'eonss', '--name', 'mine');
	expect(imported).toMatchObject({ code: EXIT.ok, err: '' });
	expect(imported.out).toMatch(/^network +eonss, head classifier$/m);
	expect((await run('models', 'list')).out).toMatch(/^mine +eonss +classifier +plcc +score +not stated/m);
	const listed = JSON.parse((await run('models', 'list', '--json')).out);
	expect(listed).toContainEqual(expect.objectContaining({ name: 'mine', kind: 'network', network: 'eonss' }));
	expect((await run('models', 'show', 'mine')).out).toMatch(/^numbers +123401$/m);
	const scored = await run('score', 'noise.png', '--model', 'mine', '--json');
	expect(scored).toMatchObject({ code: EXIT.ok, err: '' });
	const { model, score, crops } = JSON.parse(scored.out);
	expect(model).toBe('mine');
	expect(Number.isFinite(score)).toBe(true);
	expect(crops).toHaveLength(4);
	expect(await run('models', 'import', 'theirs.safetensors', '--network', 'eonss', '--name', 'mine')).toMatchObject({
		code: EXIT.notWritten,
		err: expect.stringContaining('--force'),
	});
});

test('a trained network scores by its file: the mean class, between the first and the last', async () => {
	await trainedFile('model.safetensors');
	await picture('noise.png');
	const { code, out } = await run('score', 'noise.png', '--model', 'model.safetensors', '--json');
	expect(code).toBe(EXIT.ok);
	const { score, unit } = JSON.parse(out);
	expect(unit).toBe('zLevel');
	expect(score).toBeGreaterThan(0);
	expect(score).toBeLessThan(4);
});

test('what cannot be imported is refused in words', async () => {
	await weightsFile('imagenet.safetensors', 'squeezenet1_0', 1000);
	await weightsFile('eonss.safetensors');
	const refused = async (file: string, ...flags: string[]) => run('models', 'import', file, '--name', 'x', ...flags);
	expect((await refused('imagenet.safetensors', '--network', 'squeezenet1_0')).err).toMatch(
		/ImageNet's 1000 classes.*parfocal train --network squeezenet1_0/,
	);
	expect((await refused('eonss.safetensors', '--network', 'resnet18')).err).toMatch(
		/do not fit resnet18: .*bn1\.weight.* missing/,
	);
	expect((await refused('eonss.safetensors', '--network', 'eons')).err).toMatch(/no network 'eons'.*eonss/);
	expect((await refused('eonss.safetensors', '--network', 'eonss', '--normalisation', '1,2')).err).toMatch(
		/--normalisation must be unit, imagenet/,
	);
	expect((await refused('eonss.safetensors', '--head', 'gap')).err).toMatch(/--head.*--network/);
	expect((await refused('missing.pt', '--network', 'eonss')).err).toMatch(/missing\.pt/);
	const named = await run('models', 'import', 'eonss.safetensors', '--network', 'eonss', '--name', 'Not A Name');
	expect(named).toMatchObject({ code: EXIT.usage, err: expect.stringContaining("'Not A Name'") });
});

test('an exported network answers as the network does', async () => {
	await trainedFile('model.safetensors');
	const exported = await run('models', 'export', 'model.safetensors', '--onnx', 'focus.onnx', '--batch', '2');
	expect(exported).toMatchObject({ code: EXIT.ok, err: '' });
	const bytes = await readFile(join(cwd, 'focus.onnx'));
	const pixels = Float32Array.from({ length: 2 * 3 * 235 * 235 }, (_, i) => (i * 7919) % 256);
	const answers: Float32Array[] = [];
	for (const device of ['cpu', 'wasm'] as const) {
		const engine = await openNodeEngine(device);
		const session = await engine.load(bytes);
		const outputs = await session.run({ pictures: engine.tensor('float32', pixels, [2, 3, 235, 235]) });
		answers.push((await outputs['answers']!.getData()) as Float32Array);
		await session.close();
	}
	expect(answers[0]).toHaveLength(8);
	for (const [i, value] of answers[0]!.entries()) expect(answers[1]![i]).toBeCloseTo(value, 3);
	expect((await run('models', 'export', 'focuslitenn-1-min', '--onnx', 'x.onnx')).err).toMatch(/no network that could/);
});

/** Debian's python3-onnx, by the system's own Python. */
const PYTHON = '/usr/bin/python3';
const hasOnnx = spawnSync(PYTHON, ['-c', 'import onnx']).status === 0;
if (!hasOnnx) console.warn('skipped: ONNX files before its own checker, because python3-onnx is not installed');

test.skipIf(!hasOnnx)("an exported network passes ONNX's own checker", async () => {
	await trainedFile('model.safetensors');
	await run('models', 'export', 'model.safetensors', '--onnx', 'focus.onnx');
	const check = 'import onnx, sys; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True)';
	const checked = (path: string) => spawnSync(PYTHON, ['-c', check, path], { encoding: 'utf8' });
	expect(checked(join(cwd, 'focus.onnx'))).toMatchObject({ status: 0, stderr: '' });
	await writeFile(join(cwd, 'broken.onnx'), (await readFile(join(cwd, 'focus.onnx'))).subarray(0, 400));
	expect(checked(join(cwd, 'broken.onnx')).status).not.toBe(0);
});

describe.skipIf(!hasShared)('networks of the authors', () => {
	test.each([
		['darts-fqa_focuspath.pt', 'torch-files', 'darts_fqa'],
		['darts-fqa_bioimage.pt', 'torch-files', 'darts_fqa_bioimage'],
		['darts-fqa_deepfocus.pt', 'torch-files', 'darts_fqa_deepfocus'],
		['eonss.pt', 'focuslitenn-official', 'eonss'],
		['densenet13.pt', 'focuslitenn-official', 'densenet13'],
	])('%s is imported', async (file, folder, network) => {
		const path = sharedPath(`weights/${folder}/${file}`);
		expect(await run('models', 'import', path, '--network', network, '--name', 'theirs')).toMatchObject({
			code: EXIT.ok,
			err: '',
		});
	});
});
