import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePhantom } from '@parfocal/lab';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

let cwd: string;
beforeAll(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-info-'));
	await writePhantom(join(cwd, 'a.svs'), { widthPx: 600, heightPx: 300, mpp: 0.5, seed: 1, layout: 'svs' });
	const blank = sharp({ create: { width: 40, height: 30, channels: 3, background: 'white' } });
	await blank.png().toFile(join(cwd, 'plain.png'));
	await writeFile(join(cwd, 'text.svs'), 'no slide');
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

async function info(...inputs: string[]): Promise<{ code: number; out: string; err: string }> {
	const context = fakeContext({ cwd });
	const code = await runCli(['info', ...inputs], context);
	return { code, out: context.out(), err: context.err() };
}

test('says in words what the header says', async () => {
	const { code, out, err } = await info('a.svs');
	expect({ code, err }).toEqual({ code: EXIT.ok, err: '' });
	expect(out).toMatch(/^file +\S.*a\.svs$/m);
	expect(out).toMatch(/^format .*vendor aperio$/im);
	expect(out).toMatch(/^pixel size +0\.5 x 0\.5 µm \(from its header\)$/m);
	expect(out).toMatch(/^level +pixels +scale +tiles +stored as$/m);
	expect(out).toMatch(/^ *0 +600 x 300 +1\/1 +6 tiles of 240 x 240 +\S/m);
	expect(out).toMatch(/^beside it .*label/m);
});

test('a pixel size that was given is said to be given', async () => {
	expect((await info('a.svs', '--mpp', '0.25')).out).toContain('0.25 x 0.25 µm (as given)');
	expect((await info('plain.png', '--mpp', '0.25')).out).toContain('0.25 x 0.25 µm (as given)');
});

test('a picture without a pixel size says how to give one', async () => {
	const { out } = await info('plain.png');
	expect(out).toMatch(/^pixel size +unknown; give it with --mpp$/m);
	expect(out).toMatch(/^objective +unknown$/m);
	expect(out).toMatch(/^beside it +nothing$/m);
	expect(out).toMatch(/1 tile of 512 x 512/);
});

test('JSON has every key, null where nothing is known', async () => {
	const picture = JSON.parse((await info('plain.png', '--json')).out);
	const slide = JSON.parse((await info('a.svs', '--json')).out);
	expect(Object.keys(picture)).toEqual(Object.keys(slide));
	expect(picture).toMatchObject({ mpp: null, objectivePower: null, levels: [{ widthPx: 40, heightPx: 30 }] });
	expect(slide.mpp).toEqual({ x: 0.5, y: 0.5, source: 'tag' });
});

test.each<[string[], number, RegExp]>([
	[[], EXIT.usage, /SLIDE/],
	[['a.svs', 'b.svs'], EXIT.usage, /b\.svs|Too many/],
	[['a.svs', '--mpp', '0.04'], EXIT.usage, /from 0\.05 to 20 µm per pixel/],
	[['a.svs', '--mpp', 'fine'], EXIT.usage, /from 0\.05 to 20 µm per pixel/],
	[[''], EXIT.usage, /not an empty text/],
	[['gone.svs'], EXIT.notRead, /gone\.svs does not exist/],
	[['text.svs'], EXIT.notRead, /text\.svs/],
	[['.'], EXIT.notRead, /is a folder/],
])('%j is refused in words', async (inputs, code, message) => {
	const ended = await info(...inputs);
	expect(ended).toMatchObject({ code, out: '' });
	expect(ended.err).toMatch(message);
	expect(ended.err).not.toMatch(/\n +at /);
});
