import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spots } from '../../../lab/src/data/testing/sharp-pictures.ts';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

let cwd: string;
beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-zstack-'));
	await mkdir(join(cwd, 'fields'));
	for (const name of ['a.png', 'b.jpg']) await picture(join('fields', name));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

async function picture(name: string, side = 40): Promise<void> {
	const data = Uint8Array.from({ length: 3 * side * side }, (_, i) => 60 + ((i * 53) % 160));
	await sharp(data, { raw: { width: side, height: side, channels: 3 } }).toFile(join(cwd, name));
}

async function run(...inputs: string[]): Promise<{ code: number; out: string; err: string }> {
	const context = fakeContext({ cwd });
	const code = await runCli(['simulate', 'zstack', ...inputs], context);
	return { code, out: context.out(), err: context.err() };
}

const SMALL = ['--planes', '-1..1', '--mpp', '0.5', '--out', 'stacks'];
const PLANES = ['README.md', 'series.csv', 'z+00.png', 'z+01.png', 'z-01.png'];

test('makes a stack of each picture in a folder', async () => {
	expect(await run('fields', ...SMALL)).toEqual({
		code: EXIT.ok,
		out: 'stacks/a: 3 simulated planes, -0.5 to 0.5 µm\nstacks/b: 3 simulated planes, -0.5 to 0.5 µm\n',
		err: '',
	});
	expect((await readdir(join(cwd, 'stacks'))).sort()).toEqual(['a', 'b']);
	for (const name of ['a', 'b']) expect((await readdir(join(cwd, 'stacks', name))).sort()).toEqual(PLANES);
});

test('as JSON lines, and quietly', async () => {
	const { out } = await run('fields/a.png', ...SMALL, '--json');
	expect(JSON.parse(out)).toEqual({
		image: 'fields/a.png',
		folder: 'stacks/a',
		planes: ['z-01.png', 'z+00.png', 'z+01.png'],
		simulated: true,
	});
	const quiet = await run('fields/a.png', '--planes', '0..1', '--mpp', '0.5', '--out', 'quiet', '--quiet');
	expect(quiet).toEqual({ code: EXIT.ok, out: '', err: '' });
});

test('every setting reaches the note', async () => {
	const settings = [
		...[
			'--step-um',
			'0.4',
			'--na',
			'0.9',
			'--refractive-index',
			'1.33',
			'--spherical',
			'-0.6',
			'--chromatic-um',
			'0.3',
		],
		...['--thickness-um', '1.5', '--stain', '1.2', '--vignetting', '0.11', '--noise', '1.4', '--gamma', '2.1'],
		...['--white-balance', '1.05,1,0.95', '--sharpening', '0.5', '--stored-mpp', '0.7', '--jpeg-quality', '71'],
		...['--jpeg-subsampling', '4:4:4', '--seed', '77'],
	];
	expect((await run('fields/a.png', ...SMALL, ...settings)).code).toBe(EXIT.ok);
	const note = await readFile(join(cwd, 'stacks', 'a', 'README.md'), 'utf8');
	for (const shown of ['0.4 µm apart', '0.9, refractive index 1.33', '-0.6 waves', '0.3 µm, B at -0.3', '1.5 µm, as']) {
		expect(note).toContain(shown);
	}
	for (const shown of ['1.2, 1.2, 1.2', '0.11 of', '1.4 grey', 'gamma 2.1', '1.05, 1, 0.95', 'stored at 0.7', '77']) {
		expect(note).toContain(shown);
	}
	expect(note).toContain('JPEG, quality 71, 4:4:4');
	expect(await sharp(join(cwd, 'stacks', 'a', 'z+00.jpg')).metadata()).toMatchObject({ width: 29, format: 'jpeg' });
});

test('a stack is what calibrate and score take', async () => {
	await run('fields/a.png', ...SMALL);
	const context = fakeContext({ cwd });
	expect(await runCli(['score', '--method', 'mlv', '--json', 'stacks/a'], context)).toBe(EXIT.ok);
	const scores = context
		.out()
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { file: string; score: number });
	const best = scores.toSorted((a, b) => b.score - a.score)[0]!;
	expect(best.file).toBe('stacks/a/z+00.png');
});

test('a stack calibrates a scanner, by its heights in µm', async () => {
	await spots(400, 400).toFile(join(cwd, 'tissue.png'));
	await run('tissue.png', '--planes', '-8..8', '--mpp', '0.5', '--noise', '0.5', '--out', 'stacks', '--quiet');
	const context = fakeContext({ cwd });
	const flags = ['--out', 'calibration.json', '--mpp', '0.5', '--quiet'];
	expect(await runCli(['calibrate', '--zstack', 'stacks/tissue', ...flags], context)).toBe(EXIT.ok);
	const calibration = JSON.parse(await readFile(join(cwd, 'calibration.json'), 'utf8')) as Record<string, unknown>;
	expect(calibration).toMatchObject({ source: 'z-stack', unit: 'defocusUm' });
});

test('on a terminal it shows how far a picture is', async () => {
	const context = fakeContext({ cwd, tty: true });
	expect(await runCli(['simulate', 'zstack', 'fields/a.png', ...SMALL], context)).toBe(EXIT.ok);
	expect(context.err()).toMatch(/fields\/a\.png .*100 %/s);
});

test('a TIFF that says its pixel size needs no --mpp', async () => {
	// 0.5 µm a pixel are 2000 pixels a millimetre.
	const sized = sharp(join(cwd, 'fields/a.png')).tiff({ xres: 2000, yres: 2000 });
	await sized.toFile(join(cwd, 'sized.tif'));
	const { code, err } = await run('sized.tif', '--planes', '0..1', '--out', 'stacks');
	expect([code, err]).toEqual([EXIT.ok, '']);
	expect(await readFile(join(cwd, 'stacks', 'sized', 'README.md'), 'utf8')).toContain('| pixel size | 0.5 µm |');
});

test('pictures of one name do not share a folder', async () => {
	await picture('a.png');
	const { out } = await run('fields/a.png', 'a.png', ...SMALL);
	expect(out).toMatch(/^stacks\/a: .*\nstacks\/a-2: /);
});

test('a picture that cannot be read is named, and the others go on', async () => {
	await writeFile(join(cwd, 'broken.png'), 'no picture');
	const whole = await readFile(join(cwd, 'fields/a.png'));
	await writeFile(join(cwd, 'cut.png'), whole.subarray(0, whole.length / 2));
	const { code, out, err } = await run('missing.png', 'broken.png', 'cut.png', 'fields/a.png', ...SMALL);
	expect(code).toBe(EXIT.notRead);
	expect(out).toBe('stacks/a: 3 simulated planes, -0.5 to 0.5 µm\n');
	for (const name of ['missing.png', 'broken.png', 'cut.png']) expect(err).toContain(name);
	expect(await readdir(join(cwd, 'stacks'))).toEqual(['a']);
});

test('a picture too large is refused before it is read, and the others go on', async () => {
	const blank = { create: { width: 4100, height: 4100, channels: 3, background: 'white' } } as const;
	await sharp(blank).png().toFile(join(cwd, 'large.png'));
	const { code, out, err } = await run('large.png', 'fields/a.png', ...SMALL);
	expect(code).toBe(EXIT.notRead);
	expect(err).toMatch(/large\.png: .*4100 x 4100\. Cut out/);
	expect(out).toMatch(/^stacks\/a/);
});

test('wrong values are usage errors that say what is right', async () => {
	for (const [flags, message] of [
		[['--planes', '3..1'], /FIRST\.\.LAST/],
		[['--na', '0'], /0\.05 to 1\.6/],
		[['--na', '1.2'], /refractive index 1/],
		[['--step-um', '0'], /0\.01 to 10/],
		[['--spherical', '9'], /-5 to 5/],
		[['--thickness-um', '-1'], /0 to 50/],
		[['--vignetting', '2'], /0 to 1/],
		[['--white-balance', '1,2'], /R,G,B/],
		[['--jpeg-quality', '0'], /1 to 100/],
		[['--planes', '0..900', '--step-um', '10'], /Ask for less/],
	] as const) {
		const { code, err } = await run('fields/a.png', '--mpp', '0.5', '--out', 'wrong', ...flags);
		expect([code, err], flags.join(' ')).toEqual([EXIT.usage, expect.stringMatching(message)]);
		expect(await readdir(cwd)).not.toContain('wrong');
	}
	const noSize = await run('fields/a.png', '--out', 'wrong');
	expect([noSize.code, noSize.err]).toEqual([EXIT.usage, expect.stringMatching(/fields\/a\.png.*--mpp/)]);
	expect((await run('--out', 'x')).code).toBe(EXIT.usage);
});

test('never writes among other files', async () => {
	await run('fields/a.png', ...SMALL);
	const again = await run('fields/a.png', ...SMALL);
	expect(again).toMatchObject({ code: EXIT.notWritten, err: expect.stringMatching(/not empty.*--out/) });
});

test('Ctrl-C stops and leaves no half a stack', async () => {
	const context = fakeContext({ cwd });
	context.abort(new Error('stopped'));
	expect(await runCli(['simulate', 'zstack', 'fields', ...SMALL], context)).toBe(EXIT.interrupted);
	expect(await readdir(cwd)).toEqual(['fields']);
});

test('help has an example', async () => {
	expect((await run('--help')).out).toMatch(/simulated.*parfocal simulate zstack field\.png.*docs\/simulation\.md/s);
});
