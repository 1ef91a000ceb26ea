/** `--dictionary` of `score` and `scan`: what train-dictionary wrote changes SPARISH, and nothing else takes it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

let cwd: string;
beforeAll(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-dictionary-'));
	const side = 288;
	const data = Uint8Array.from({ length: 3 * side * side }, (_, i) => {
		const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
		return 128 + 60 * Math.sign(Math.sin(x / 9) * Math.cos(y / 7)) + ((i * 7919) % 31);
	});
	await sharp(data, { raw: { width: side, height: side, channels: 3 } })
		.png()
		.toFile(join(cwd, 'a.png'));
	await writeFile(join(cwd, 'broken.safetensors'), 'nothing');
	await cli('train-dictionary a.png --out d.safetensors --atoms 64 --iterations 1 --blocks 1024');
});
afterAll(() => rm(cwd, { recursive: true }));

async function cli(inputs: string) {
	const context = fakeContext({ cwd });
	const code = await runCli(inputs.split(' '), context);
	return { code, out: context.out(), err: context.err() };
}

const scoreOf = async (flags: string): Promise<number> =>
	(JSON.parse((await cli(`score a.png --json ${flags}`)).out) as { score: number }).score;

test('score: another dictionary, another SPARISH; with all metrics it is for the one that uses it', async () => {
	const cosines = await scoreOf('--method sparish');
	const learned = await scoreOf('--method sparish --dictionary d.safetensors');
	expect(learned).not.toBe(cosines);
	const all = async (flags: string): Promise<Map<string, number>> => {
		const lines = (await cli(`score a.png --json --method all ${flags}`.trim())).out.trim().split('\n');
		return new Map(
			lines
				.map((line) => JSON.parse(line) as { method: string; score: number })
				.map(({ method, score }) => [method, score]),
		);
	};
	const [plain, own] = [await all(''), await all('--dictionary d.safetensors')];
	expect(own.get('sparish')).toBe(learned);
	for (const [method, score] of plain) if (method !== 'sparish') expect(own.get(method)).toBe(score);
});

test('scan: a map with it, and a model that is another by its fingerprint', async () => {
	const modelOf = async (out: string, flags: string): Promise<{ name: string; sha256: string }> => {
		const { err } = await cli(`scan a.png --model sparish --mpp 0.25 --out ${out} --quiet ${flags}`.trim());
		expect(err).toBe('');
		const text = await readFile(join(cwd, out, 'a.png', 'assessment.json'), 'utf8');
		return (JSON.parse(text) as { provenance: { model: { name: string; sha256: string } } }).provenance.model;
	};
	const [cosines, learned] = [await modelOf('one', ''), await modelOf('two', '--dictionary d.safetensors')];
	expect([cosines.name, learned.name]).toEqual(['sparish', 'sparish']);
	expect(learned.sha256).not.toBe(cosines.sha256);
});

test.each([
	['score a.png --method mlv --dictionary d.safetensors', /belongs to sparish; mlv uses none/],
	['scan a.png --model gpc --dictionary d.safetensors', /belongs to sparish; gpc uses none/],
	['scan a.png --dictionary d.safetensors', /belongs to --model sparish/],
	['score a.png --dictionary d.safetensors', /belongs to --model sparish/],
	[
		'score a.png --method sparish --dictionary none.safetensors',
		/--dictionary none\.safetensors cannot be read: there is no such file/,
	],
	['score a.png --method sparish --dictionary broken.safetensors', /--dictionary broken\.safetensors cannot be used/],
])('%s is refused in words', async (inputs, words) => {
	const { code, err } = await cli(inputs);
	expect(err).toMatch(words);
	expect(code).toBe(EXIT.usage);
});
