import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNetworkFile, TRAINING_FILES } from '@parfocal/lab';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';

let cwd: string;
let out: string;
let runs = 0;
beforeAll(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-train-'));
	for (let label = 0; label < 3; label++) {
		for (let slide = 0; slide < 4; slide++) await drawPatch(label, slide);
	}
});
afterAll(() => rm(cwd, { recursive: true, force: true }));
beforeEach(() => {
	out = `run-${runs++}`;
});

/** Stripes with noise, blurrier the higher the class. */
async function drawPatch(label: number, slide: number, side = 64): Promise<void> {
	const folder = join(cwd, 'set', String(label), `slide${slide}`);
	await mkdir(folder, { recursive: true });
	const data = new Uint8Array(3 * side * side);
	for (let i = 0; i < data.length; i++) data[i] = 120 + 60 * Math.sin(i / (3 + slide)) + ((i * 7919) % 61);
	const picture = sharp(data, { raw: { width: side, height: side, channels: 3 } });
	await (label > 0 ? picture.blur(0.5 + label) : picture).png().toFile(join(folder, 'patch.png'));
}

async function cli(inputs: string, context: FakeContext = fakeContext({ cwd })) {
	const code = await runCli(['train', ...inputs.split(' ')], context);
	return { code, out: context.out(), err: context.err() };
}
const small = '--network focuslitenn --input-px 64 --data set --batch 4';

test('trains, says how it went, and leaves all files', async () => {
	const { code, out: words, err } = await cli(`${small} --epochs 2 --out ${out} --licence MIT --mpp 0.5`);
	expect(code).toBe(EXIT.ok);
	expect(words).toMatch(
		/^epoch 1 {2}loss -?[\d.]+ {2}SRCC -?[\d.]+ PLCC -?[\d.]+ {2}lr 0.01 {2}[\d.]+ ms\/step\nepoch 2 /,
	);
	expect(words).toMatch(
		/2 epochs, .*; kept: epoch [12]\nvalidation: SRCC .*, 3 patches\ntest: SRCC .*, 3 patches\nSplit by slide: no test patch/,
	);
	expect(words).toContain(`${out}/model.safetensors, card.md, curve.svg, log.csv`);
	expect(err).toMatch(/^Taken for one folder a class: 12 patches of 3 classes/);
	expect((await readdir(join(cwd, out))).sort()).toEqual(
		['card', 'checkpoint', 'curve', 'log', 'model', 'answers']
			.map((file) => TRAINING_FILES[file as keyof typeof TRAINING_FILES])
			.sort(),
	);
	const { description } = readNetworkFile(new Uint8Array(await readFile(join(cwd, out, TRAINING_FILES.model))), 'm');
	expect(description).toMatchObject({ network: 'focuslitenn', loss: 'plcc', licence: 'MIT', mppUm: 0.5, inputPx: 64 });
});

test('flags become settings', async () => {
	const flags =
		'--network focuslitenn_energy --loss oe --head classifier --classes 2 --split patch --input-px 48 --resampler box --augment papers --class-weights inverse-frequency --lr 0.002 --schedule step:5:0.5 --batch 4 --accumulate 2 --patience 7 --seed 3 --threads 2 --device cpu --epochs 1 --data set';
	const { code, out: words } = await cli(`${flags} --out ${out} --json`);
	expect(code).toBe(EXIT.ok);
	const { settings, epochs, test: figures, leak, folder } = JSON.parse(words) as Record<string, never>;
	expect(settings).toMatchObject({
		loss: 'oe',
		head: 'classifier',
		classes: 2,
		split: 'patch',
		inputPx: 48,
		resampler: 'box',
		augmentation: { flips: true, quarterTurns: false, saturation: [0.5, 2] },
		classWeights: 'inverse-frequency',
		learningRate: 0.002,
		schedule: { kind: 'step', everyEpochs: 5, factor: 0.5 },
		batch: 4,
		accumulate: 2,
		patience: 7,
		seed: 3,
		threads: 2,
		device: 'cpu',
	});
	expect([epochs, folder]).toEqual([1, out]);
	expect(figures).toHaveProperty('accuracy');
	expect(leak).toMatch(/^Split by patch/);
});

test('what was trained on whole pictures made smaller scores windows of their size, with certainty', async () => {
	const flags = '--network focuslitenn_energy --loss oe --input-px 48 --resampler box --batch 4 --epochs 1 --data set';
	await cli(`${flags} --out ${out} --quiet`);
	const model = `${out}/${TRAINING_FILES.model}`;
	const { description } = readNetworkFile(new Uint8Array(await readFile(join(cwd, model))), 'm');
	expect(description).toMatchObject({ inputPx: 48, windowPx: 64 });
	await runCli('phantom --size 1024x1024 --tissue everywhere p.tif'.split(' '), fakeContext({ cwd }));
	const context = fakeContext({ cwd });
	await runCli(['scan', 'p.tif', '--model', model, '--out', `${out}-scan`, '--quiet'], context);
	expect(context.err()).toBe('');
	const [head, ...rows] = (await readFile(join(cwd, `${out}-scan`, 'p.tif', 'cells.tsv'), 'utf8')).trim().split('\n');
	const column = head!.split('\t').indexOf('certainty');
	const certainties = rows.map((row) => row.split('\t')[column]!).filter((text) => text !== '');
	expect(certainties.length).toBeGreaterThan(10);
	for (const certainty of certainties) expect(Number(certainty)).toBeGreaterThan(1 / 3);
	for (const certainty of certainties) expect(Number(certainty)).toBeLessThanOrEqual(1);
});

test('quiet is quiet; the folder is named by network and loss', async () => {
	const own = await mkdtemp(join(tmpdir(), 'parfocal-cli-train-'));
	const context = fakeContext({ cwd: own });
	const code = await runCli(
		[
			'train',
			...`--network focuslitenn --loss mse --input-px 64 --data ${join(cwd, 'set')} --epochs 1 --quiet`.split(' '),
		],
		context,
	);
	expect([code, context.out(), context.err()]).toEqual([EXIT.ok, '', '']);
	expect(await readdir(own)).toEqual(['focuslitenn-mse']);
	await rm(own, { recursive: true });
});

test('a terminal sees where it is', async () => {
	const { err } = await cli(`${small} --epochs 2 --out ${out}`, fakeContext({ cwd, tty: true }));
	expect(err).toMatch(/focuslitenn …/);
	expect(err).toMatch(/epoch 2\/2 loss/);
});

test('interrupted: 130, with the way to go on; going on ends as if nothing had been', async () => {
	await cli(`${small} --epochs 3 --out ${out}-whole --quiet`);
	const context = fakeContext({ cwd });
	const { stdout } = context.process;
	const stopping: FakeContext = {
		...context,
		process: {
			...context.process,
			stdout: {
				...stdout,
				write(text) {
					if (text.startsWith('epoch 2')) context.abort(new DOMException('stopped by SIGINT', 'AbortError'));
				},
			},
		},
	};
	const stopped = await cli(`${small} --epochs 3 --out ${out}`, stopping);
	expect(stopped.code).toBe(EXIT.interrupted);
	expect(stopped.err).toContain(`parfocal: stopped; go on with parfocal train --resume --out ${out}\n`);
	expect(await readdir(join(cwd, out))).not.toContain(TRAINING_FILES.model);
	const resumed = await cli(`--resume --out ${out}`);
	expect(resumed.code).toBe(EXIT.ok);
	expect(resumed.out).toMatch(/^epoch 3 /);
	const [one, other] = await Promise.all(
		[out, `${out}-whole`].map((folder) => readFile(join(cwd, folder, TRAINING_FILES.model))),
	);
	expect(one).toEqual(other);
});

test('a search of lambda has a table', async () => {
	const flags =
		'--network focuslitenn_energy --loss co --head classifier --input-px 64 --data set --batch 4 --epochs 4';
	const { code, out: words } = await cli(`${flags} --split patch --search lambda --grid 0.1,10 --folds 2 --out ${out}`);
	expect(code).toBe(EXIT.ok);
	expect(words).toMatch(/lambda +mean accuracy\n0\.1( \*)? +[\d.]+ %\n10( \*)? +[\d.]+ %\n/);
});

test.each([
	['--data set', EXIT.usage, /Say which to train, with --network: focuslitenn, eonss, densenet13/],
	['--network mobilnet --data set', EXIT.usage, /There is no network 'mobilnet'. There are .*mobilenet_v2,/],
	[`${small} --loss huber`, EXIT.usage, /There is no loss "huber". Choose one of plcc, mse, mae, ce, oe/],
	['--network focuslitenn', EXIT.usage, /Say what to train on/],
	['--network focuslitenn --data nowhere', EXIT.notRead, /nowhere does not exist/],
	[`${small} --weights none.pth`, EXIT.notRead, /none\.pth does not exist/],
	[`${small} --epochs 0`, EXIT.usage, /number from 1 to 100000/],
	[`${small} --schedule cosine`, EXIT.usage, /give constant, step:EPOCHS:FACTOR/],
	[`${small} --schedule step:0`, EXIT.usage, /give constant/],
	[`${small} --search lambda --grid 1,x`, EXIT.usage, /numbers from 0 with commas/],
	[`${small} --search lambda`, EXIT.usage, /The loss plcc has no penalty/],
	[`${small} --lambda 1`, EXIT.usage, /no penalty/],
	[`${small} --split listed`, EXIT.usage, /no patch on the train side/],
	[`${small} --accumulate 3`, EXIT.usage, /cannot be taken in 3 equal parts/],
	['--resume', EXIT.usage, /which folder to go on in/],
	['--resume --out nothing', EXIT.usage, /holds no training to go on with/],
	[`${small} --out set`, EXIT.usage, /set holds other files already/],
])('bad usage: %s', async (inputs, code, message) => {
	const result = await cli(`${inputs}${inputs.includes('--out') || inputs === '--resume' ? '' : ` --out ${out}`}`);
	expect(result.err).toMatch(message);
	expect(result.code).toBe(code);
});

test('help shows how', async () => {
	const { code, out: words } = await cli('--help');
	expect(code).toBe(EXIT.ok);
	for (const text of [
		'--network',
		'--search',
		'--freeze',
		'--resume',
		'parfocal train --resume --out',
		'Exit codes: 0',
	]) {
		expect(words).toContain(text);
	}
});
