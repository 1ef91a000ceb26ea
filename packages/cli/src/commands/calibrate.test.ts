import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assessment, type Calibration, parseCalibration } from '@parfocal/core';
import sharp, { type Sharp } from 'sharp';
import { is } from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { assessmentSchema } from '../schema/assessment-schema.ts';
import { calibrationSchema } from '../schema/calibration-schema.ts';
import { fakeContext } from '../testing/fake-context.ts';

const SIDE_PX = 256;
/** Tiles a simulated slide, blurred by 0 to 3.5 px in this order. */
const STEPS = 8;
const SLIDES = 6;

let cwd = '';
beforeAll(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-calibrate-'));
	await mkdir(join(cwd, 'tiles'));
	const rows = ['path,label,group'];
	for (let slide = 0; slide < SLIDES; slide++) {
		for (let step = 0; step < STEPS; step++) {
			const name = `tiles/s${slide}-${step}.png`;
			await simulatedTile(slide, step).toFile(join(cwd, name));
			rows.push(`${name},${step / 2},slide ${slide}`);
		}
	}
	await writeFile(join(cwd, 'tiles.csv'), `${rows.join('\n')}\n`);
	await mkdir(join(cwd, 'stack'));
	for (let z = -7; z <= 7; z++) {
		const name = `z${z < 0 ? '-' : '+'}0${Math.abs(z)}.png`;
		await simulatedTile(9, Math.abs(z)).toFile(join(cwd, 'stack', name));
	}
	expect((await run('--labels', 'tiles.csv', '--unit', 'um', '--mpp', '0.25', '--out', 'scanner.json')).code).toBe(
		EXIT.ok,
	);
}, 60_000);
afterAll(() => rm(cwd, { recursive: true }));

/** A simulated tile: grains of one seed, out of focus by `step` steps. */
function simulatedTile(seed: number, step: number): Sharp {
	const pixels = Buffer.alloc(3 * SIDE_PX * SIDE_PX);
	let state = seed + 1;
	for (let i = 0; i < pixels.length; i++) {
		const x = Math.floor(i / 3) % SIDE_PX;
		const y = Math.floor(i / 3 / SIDE_PX);
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		pixels[i] = (Math.sin(x / (4 + seed / 3)) * Math.cos(y / 5) > 0.1 ? 90 : 190) + (state >>> 27);
	}
	const tile = sharp(pixels, { raw: { width: SIDE_PX, height: SIDE_PX, channels: 3 } });
	return (step === 0 ? tile : tile.blur(0.3 + step / 2)).png();
}

async function run(...inputs: string[]) {
	const context = fakeContext({ cwd });
	const code = await runCli(['calibrate', ...inputs], context);
	return { code, out: context.out(), err: context.err() };
}

async function calibrationIn(name: string): Promise<Calibration> {
	return parseCalibration(await readFile(join(cwd, name), 'utf8'), name);
}

describe('labelled tiles', () => {
	test('give a file, and a table of what it says', async () => {
		const { out, err } = await run('--labels', 'tiles.csv', '--unit', 'um', '--mpp', '0.25', '--out', 'words.json');
		expect(err).toBe('');
		expect(out).toMatch(/^calibration +words [0-9a-f]{12}$/m);
		expect(out).toMatch(/^model +focuslitenn\S+, fast mode$/m);
		expect(out).toMatch(/^tiles +48 in 6 groups$/m);
		expect(out).toMatch(/^Spearman +0\.\d\d \(0\.\d\d to [01]\.\d\d\)$/m);
		expect(out).toMatch(/^out of focus +score \S+ or more \(\S+ to \S+\): defocus, µm \S+ \(\S+ to \S+\)$/m);
		expect(out).toMatch(/^score +( +\S+){7}$/m);
		expect(out).toMatch(/^defocus, µm +( +\S+){7}$/m);
		expect(out).toMatch(/\nwords\.json\n$/);
		expect(out).not.toMatch(/beware/);
		const calibration = await calibrationIn('words.json');
		expect(is(calibrationSchema, calibration)).toBe(true);
		expect(calibration).toMatchObject({ name: 'words', unit: 'defocusUm', mpp: 0.25, source: 'labels' });
	});

	test('the same tiles give the same bytes; another name, another identity', async () => {
		await run('--labels', 'tiles.csv', '--unit', 'um', '--mpp', '0.25', '--out', 'again.json', '--name', 'scanner');
		expect(await readFile(join(cwd, 'again.json'))).toEqual(await readFile(join(cwd, 'scanner.json')));
		await run('--labels', 'tiles.csv', '--unit', 'um', '--mpp', '0.25', '--out', 'again.json');
		expect((await calibrationIn('again.json')).sha256).not.toBe((await calibrationIn('scanner.json')).sha256);
	});

	test('as JSON a line with the calibration; quietly nothing', async () => {
		const base = ['--labels', 'tiles.csv', '--unit', 'um', '--out', 'json.json'];
		const { out, err } = await run(...base, '--json');
		expect(err).toBe('');
		expect(JSON.parse(out)).toEqual({ out: 'json.json', calibration: await calibrationIn('json.json') });
		expect(await run(...base, '--quiet')).toEqual({ code: EXIT.ok, out: '', err: '' });
	});

	test('in z-levels, by limit, sensitivity and exact scores, with a plot', async () => {
		const flags = '--labels tiles.csv --unit z-level --limit 1 --sensitivity 0.95 --exact --out z.json --plot z.svg';
		expect((await run(...flags.split(' '))).code).toBe(EXIT.ok);
		const { unit, model, threshold } = await calibrationIn('z.json');
		expect({ unit, mode: model.mode }).toEqual({ unit: 'zLevel', mode: 'exact' });
		expect(threshold).toMatchObject({ limit: 1, target: 'sensitivity', targetSensitivity: 0.95 });
		expect(await readFile(join(cwd, 'z.svg'), 'utf8')).toMatch(/^<svg[\s\S]*steps from focus/);
	});

	test('of two classes, by words', async () => {
		const table = await readFile(join(cwd, 'tiles.csv'), 'utf8');
		const words = table.replaceAll(/,([\d.]+),/g, (_, label) => (Number(label) < 1.5 ? ',sharp,' : ',blurry,'));
		await writeFile(join(cwd, 'classes.csv'), words);
		const { code, out } = await run('--labels', 'classes.csv', '--out', 'classes.json');
		expect(code).toBe(EXIT.ok);
		expect(out).toMatch(/share out of focus/);
		expect(await calibrationIn('classes.json')).toMatchObject({ unit: 'score', threshold: { limit: 1 } });
	});

	test('by a metric whose scores fall with blur', async () => {
		const { out } = await run('--labels', 'tiles.csv', '--unit', 'um', '--model', 'mlv', '--out', 'mlv.json');
		expect(out).toMatch(/score \S+ or less/);
		const { model, curve } = await calibrationIn('mlv.json');
		expect(model).toMatchObject({ name: 'mlv', mode: 'exact', higherMeans: 'sharper' });
		expect(curve.value[0]).toBeGreaterThan(curve.value.at(-1)!);
	});
});

describe('a focal stack', () => {
	test('in µm by a step, best focus found', async () => {
		const { code, out } = await run('--zstack', 'stack', '--step-um', '0.5', '--out', 'stack.json');
		expect(code).toBe(EXIT.ok);
		expect(out).toMatch(/^tiles +15$/m);
		expect(out).toMatch(/^best focus +z = -?0?\.?0*$/m);
		expect(out).toMatch(/beware: All tiles are of one group/);
		expect(out).not.toMatch(/both sides|steadily/);
		const { unit, source, curve } = await calibrationIn('stack.json');
		expect({ unit, source }).toEqual({ unit: 'defocusUm', source: 'z-stack' });
		expect(curve.value.at(-1)).toBeGreaterThan(2.5);
		expect(curve.value.at(-1)).toBeLessThanOrEqual(3.5);
	});

	test('in steps without one', async () => {
		const { code } = await run('--zstack', 'stack', '--out', 'steps.json');
		expect(code).toBe(EXIT.ok);
		expect((await calibrationIn('steps.json')).unit).toBe('zLevel');
	});

	test('with best focus as said; where that cannot be, scores have nothing to do with it', async () => {
		const said = await run('--zstack', 'stack', '--best-plane', '0.4', '--out', 'said.json');
		expect(said.code).toBe(EXIT.ok);
		const wrong = await run('--zstack', 'stack', '--best-plane', '-7', '--limit', '4', '--out', 'wrong.json');
		expect(wrong).toMatchObject({ code: EXIT.usage, out: '' });
		expect(wrong.err).toMatch(/nothing to do with each other/);
	});

	test('by its table series.csv', async () => {
		await mkdir(join(cwd, 'tabled'));
		const rows = Array.from(
			{ length: 15 },
			(_, i) => `../stack/z${i < 7 ? '-' : '+'}0${Math.abs(i - 7)}.png,${(i - 7) * 0.5}`,
		);
		await writeFile(join(cwd, 'tabled', 'series.csv'), `path,zUm\n${rows.join('\n')}\n`);
		await run('--zstack', 'tabled', '--out', 'tabled.json', '--name', 'same');
		await run('--zstack', 'stack', '--step-um', '0.5', '--out', 'stack.json', '--name', 'same');
		expect(await calibrationIn('tabled.json')).toEqual(await calibrationIn('stack.json'));
	});

	test('several stacks are groups', async () => {
		const { code, out } = await run('--zstack', 'stack', '--zstack', 'tabled', '--out', 'two.json');
		expect({ code, out }).toEqual({ code: EXIT.usage, out: '' });
		const both = await run('--zstack', 'stack', '--zstack', './stack', '--step-um', '0.5', '--out', 'two.json');
		expect(both.out).toMatch(/There are 2 groups only/);
		expect((await calibrationIn('two.json')).samples.count).toBe(30);
	});

	test.skipIf(!hasShared)('of real pictures', async () => {
		const { code } = await run(
			'--zstack',
			sharedPath('data/defocus/smear_zstack'),
			'--step-um',
			'0.5',
			'--out',
			'real.json',
		);
		expect(code).toBe(EXIT.ok);
		const { agreement, threshold } = await calibrationIn('real.json');
		expect(agreement.spearman).toBeGreaterThan(0.9);
		expect(Math.abs(threshold.value - 1.5)).toBeLessThan(0.75);
	});
});

describe('used', () => {
	async function score(...inputs: string[]) {
		const context = fakeContext({ cwd });
		const code = await runCli(['score', ...inputs], context);
		return { code, out: context.out(), err: context.err() };
	}

	test('in score, as a second column and a judgement', async () => {
		const { code, out } = await score('--calibration', 'scanner.json', 'tiles/s0-0.png', 'tiles/s0-7.png');
		expect(code).toBe(EXIT.ok);
		const [blurry, fine, model, by] = out.trim().split('\n');
		expect(blurry).toMatch(/^ *\S+ +[23]\.?\d* +out of focus +tiles\/s0-7\.png$/);
		expect(fine).toMatch(/^ *\S+ +0\.?\d* +in focus +tiles\/s0-0\.png$/);
		expect(model).toMatch(/^model focuslitenn/);
		expect(by).toMatch(/^second column by calibration scanner [0-9a-f]{12}, unit defocusUm, higher means blurrier$/);
	});

	test('in score, as JSON with its identity', async () => {
		const { out } = await score('--calibration', 'scanner.json', '--json', 'tiles/s0-7.png');
		const { name, sha256 } = await calibrationIn('scanner.json');
		expect(JSON.parse(out)).toMatchObject({
			calibrated: { outOfFocus: true, uncertain: false, unit: 'defocusUm' },
			calibration: { name, sha256 },
		});
	});

	test.each([
		[['--model', 'mlv'], /was made with focuslitenn.*scores are those of mlv/],
		[['--exact'], /made in fast mode/],
		[['--method', 'mlv'], /belongs to the scores of a model, such as --model mlv/],
		[['--method', 'all'], /belongs to the scores of a model\./],
	])('in score %j it is refused', async (flags, message) => {
		const { code, out, err } = await score('--calibration', 'scanner.json', 'tiles/s0-0.png', ...flags);
		expect({ code, out }).toEqual({ code: EXIT.usage, out: '' });
		expect(err).toMatch(message);
	});

	test('in scan: the assessment names it, and a rerun gives the same bytes', async () => {
		await simulatedTile(3, 6).toFile(join(cwd, 'slide.png'));
		const scan = async (out: string, ...flags: string[]) => {
			const context = fakeContext({ cwd });
			await runCli(
				['scan', 'slide.png', '--workers', '1', '--quiet', '--mpp', '0.25', '--out', out, ...flags],
				context,
			);
			expect(context.err()).toBe('');
			return readFile(join(cwd, out, 'slide.png', 'assessment.json'), 'utf8');
		};
		const first = await scan('one', '--calibration', 'scanner.json');
		expect(await scan('two', '--calibration', 'scanner.json')).toBe(first);
		const assessment = JSON.parse(first) as Assessment;
		const { name, sha256 } = await calibrationIn('scanner.json');
		expect(assessment.provenance.calibration).toEqual({ name, sha256 });
		expect(assessment.map).toMatchObject({ unit: 'defocusUm', higherMeans: 'blurrier' });
		expect(is(assessmentSchema, assessment)).toBe(true);
		const report = await readFile(join(cwd, 'one', 'slide.png', 'report.html'), 'utf8');
		expect(report).toContain(`<th scope="row">Calibration</th><td>scanner <code>${sha256.slice(0, 12)}</code></td>`);
		const plain = JSON.parse(await scan('three')) as Assessment;
		expect(plain.provenance).not.toHaveProperty('calibration');
		expect(plain.provenance.settingsSha256).not.toBe(assessment.provenance.settingsSha256);
	}, 60_000);

	test.each([
		['none.json', /--calibration none\.json cannot be read: there is no such file/],
		['tiles', /it is a folder/],
		['tiles.csv', /In the calibration tiles\.csv, the file is not JSON/],
		['edited.json', /edited\.json, sha256 does not fit the rest/],
		['mlv.json', /was made with mlv/],
	])('in scan %s is refused before any slide is read', async (path, message) => {
		const edited = (await readFile(join(cwd, 'scanner.json'), 'utf8')).replace('"scanner"', '"other"');
		await writeFile(join(cwd, 'edited.json'), edited);
		const context = fakeContext({ cwd });
		expect(await runCli(['scan', 'slide.png', '--calibration', path, '--out', 'never'], context)).toBe(EXIT.usage);
		expect(context.err()).toMatch(message);
		expect(await readdir(cwd)).not.toContain('never');
	});
});

describe('what is wrong is said, and nothing written', () => {
	const table = async (change: (rows: string[]) => string[]) => {
		const rows = (await readFile(join(cwd, 'tiles.csv'), 'utf8')).trim().split('\n');
		await writeFile(join(cwd, 'bad.csv'), `${change(rows).join('\n')}\n`);
	};

	test.each<[string, (rows: string[]) => string[], number, RegExp]>([
		['a tile is missing', (rows) => [...rows, 'tiles/gone.png,1,x'], EXIT.notRead, /tiles\/gone\.png does not exist/],
		['a tile is no picture', (rows) => [...rows, 'tiles.csv,1,x'], EXIT.notRead, /tiles\.csv/],
		['a label is NaN', (rows) => [...rows, 'tiles/s0-0.png,NaN,x'], EXIT.notRead, /row 50 has the label "NaN"/],
		[
			'one class',
			(rows) => rows.filter((row) => !/,[123]/.test(row)),
			EXIT.usage,
			/^parfocal: 0 of \d+ tiles are out of focus/,
		],
		['three tiles', (rows) => rows.slice(0, 4), EXIT.usage, /3 tiles are too few/],
		['no header', (rows) => rows.slice(1), EXIT.notRead, /no header/],
		[
			'labels turned round',
			(rows) => rows.map((row) => row.replace(/,([\d.]+),/, (_, label) => `,${3.5 - Number(label)},`)),
			EXIT.usage,
			/labels turned round\?/,
		],
		[
			'labels of nothing',
			(rows) => rows.map((row, i) => row.replace(/,[\d.]+,/, `,${(31 * i + 7 * i * i) % 11},`)),
			EXIT.usage,
			/nothing to do with each other/,
		],
	])('%s', async (_, change, code, message) => {
		await table(change);
		const result = await run('--labels', 'bad.csv', '--unit', 'um', '--out', 'bad.json');
		expect(result).toMatchObject({ code, out: '' });
		expect(result.err).toMatch(message);
		expect(await readdir(cwd)).not.toContain('bad.json');
	});

	test.each<[string, number, RegExp]>([
		['--out x.json', EXIT.usage, /either --labels TABLE or --zstack FOLDER/],
		['--labels tiles.csv --zstack stack --out x.json', EXIT.usage, /either --labels/],
		['--labels tiles.csv', EXIT.usage, /--out/],
		['--labels tiles.csv --out x.json', EXIT.usage, /say --unit um or --unit z-level/],
		['--labels tiles.csv --unit mm --out x.json', EXIT.usage, /mm/],
		['--labels tiles.csv --step-um 1 --out x.json', EXIT.usage, /belong to --zstack/],
		['--zstack stack --unit um --out x.json', EXIT.usage, /--unit belongs to --labels/],
		['--zstack stack --zstack stack --best-plane 0 --out x.json', EXIT.usage, /belongs to one focal stack/],
		['--zstack tiles.csv --out x.json', EXIT.usage, /is a file: a focal stack is a folder/],
		['--zstack none --out x.json', EXIT.notRead, /none/],
		['--zstack tiles --out x.json', EXIT.notRead, /have the same height/],
		['--labels none.csv --out x.json', EXIT.notRead, /none\.csv/],
		['--labels tiles.csv --unit um --sensitivity 95 --out x.json', EXIT.usage, /give a number from 0\.5 to 1/],
		['--labels tiles.csv --unit um --model nope --out x.json', EXIT.usage, /no model 'nope'/],
		['--labels tiles.csv --unit um --limit 9 --out x.json', EXIT.usage, /choose another limit/],
		['--labels tiles.csv --unit um --out none/x.json', EXIT.notWritten, /none\/x\.json/],
		['--labels classes.csv --limit 1 --out x.json', EXIT.usage, /need no --limit/],
	])('%s', async (flags, code, message) => {
		const result = await run(...flags.split(' '));
		expect(result).toMatchObject({ code, out: '' });
		expect(result.err).toMatch(message);
		expect(result.err).not.toMatch(/internal error|\n +at /);
		expect(await readdir(cwd)).not.toContain('x.json');
	});

	test('stopped: nothing is written', async () => {
		const context = fakeContext({ cwd });
		context.abort();
		expect(await runCli(['calibrate', '--labels', 'tiles.csv', '--unit', 'um', '--out', 'x.json'], context)).toBe(
			EXIT.interrupted,
		);
		expect(await readdir(cwd)).not.toContain('x.json');
	});
});
