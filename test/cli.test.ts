/** The built command line, end to end, on good and on bad slides. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Ended, parfocal } from './helpers/program.ts';
import { scratchFolder } from './helpers/scratch.ts';
import { copyWithBadTiles } from './helpers/tiles.ts';

const folder = scratchFolder('cli');
const OUTPUTS = [
	'assessment.json',
	'cells.parquet',
	'cells.tsv',
	'map.png',
	'map.tif',
	'regions.geojson',
	'report.html',
];

/** Nothing a user sees may be a stack trace or a bare system error. */
function expectPlainWords({ err, out }: Ended): void {
	for (const words of [err, out]) {
		expect(words).not.toMatch(/\n\s+at \S+ \(|internal error|node:internal|UnhandledPromise|undefined/);
	}
}

interface Place {
	readonly x: number;
	readonly y: number;
	readonly validity: string;
}

/** Rows of a cells.tsv. */
function placesOf(results: string): Place[] {
	const [head = '', ...lines] = readFileSync(join(folder, results, 'cells.tsv'), 'utf8')
		.trimEnd()
		.split('\n');
	const names = head.split('\t');
	return lines.map((line) => {
		const cells = line.split('\t');
		const of = (name: string): string => cells[names.indexOf(name)] ?? '';
		return { x: Number(of('x_px')), y: Number(of('y_px')), validity: of('validity') };
	});
}

beforeAll(async () => {
	const made = await parfocal(folder, 'phantom', 'good.tif', '--size', '2048x2048', '--seed', '3');
	expect(made.err).toBe('');
	expect(made.code).toBe(0);
}, 120_000);

test('scan writes every file, names them, and ends with what the verdict asks for', async () => {
	const ended = await parfocal(folder, 'scan', 'good.tif', '--out', 'out', '--workers', '2');
	expectPlainWords(ended);
	const assessment = JSON.parse(readFileSync(join(folder, 'out/good.tif/assessment.json'), 'utf8'));
	expect(readdirSync(join(folder, 'out/good.tif')).sort()).toEqual(OUTPUTS);
	expect(readdirSync(join(folder, 'out'))).toEqual(['good.tif']);
	expect(ended.code).toBe(assessment.outcome === 'pass' ? 0 : 3);
	expect(ended.out).toContain(assessment.sentence);
	expect(ended.out).toContain('out/good.tif/report.html');
	expect(ended.err).toBe('');
});

test('the same slide gives the same bytes, whatever the number of workers', async () => {
	await parfocal(folder, 'scan', 'good.tif', '--out', 'one', '--workers', '1', '--quiet');
	await parfocal(folder, 'scan', 'good.tif', '--out', 'three', '--workers', '3', '--quiet');
	for (const name of OUTPUTS) {
		const [one, three] = ['one', 'three'].map((out) => readFileSync(join(folder, out, 'good.tif', name)));
		expect(one!.equals(three!), name).toBe(true);
	}
});

test('--json gives one assessment a line and nothing else, also for a slide that cannot be read', async () => {
	writeFileSync(join(folder, 'text.svs'), 'This is no slide.\n');
	const ended = await parfocal(folder, 'scan', 'good.tif', 'text.svs', '--json', '--out', 'json');
	expectPlainWords(ended);
	const lines = ended.out.trimEnd().split('\n');
	expect(lines).toHaveLength(1);
	expect(JSON.parse(lines[0]!)).toMatchObject({ schema: 'parfocal-assessment-1', slide: { name: 'good.tif' } });
	expect(ended.err).toContain('1 could not be read');
	expect(ended.code).toBe(4);
});

test('--mpp, --policy and --roi change what they should and are remembered', async () => {
	const square = [
		[0, 0],
		[1024, 0],
		[1024, 1024],
		[0, 1024],
		[0, 0],
	];
	const roi = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [square] } };
	writeFileSync(join(folder, 'roi.geojson'), JSON.stringify(roi));
	const ended = await parfocal(
		folder,
		'scan',
		'good.tif',
		'--json',
		'--out',
		'set',
		'--mpp',
		'0.5',
		'--policy',
		'strict',
		'--roi',
		'roi.geojson',
	);
	expectPlainWords(ended);
	const assessment = JSON.parse(ended.out);
	expect(assessment.slide.mpp).toEqual({ x: 0.5, y: 0.5, source: 'user' });
	expect(assessment.provenance.policy.name).toBe('strict');
	expect(assessment.tissue.source).toBe('roi');
	expect(assessment.tissue.fraction).toBeLessThanOrEqual(0.26);
});

test('--exact goes by the published windows', async () => {
	const ended = await parfocal(folder, 'scan', 'good.tif', '--json', '--exact', '--out', 'exact', '--workers', '2');
	expectPlainWords(ended);
	expect(JSON.parse(ended.out)).toMatchObject({ provenance: { mode: 'exact' }, map: { stepPx: 128, windowPx: 235 } });
});

test('a slide with damaged tiles gets a map with holes that says how many', async () => {
	// 8 x 8 tiles of 256 px; these lie in the middle, where the tissue is.
	const bad = [27, 28, 35];
	copyWithBadTiles(join(folder, 'good.tif'), join(folder, 'holes.tif'), bad);
	const ended = await parfocal(folder, 'scan', 'holes.tif', '--json', '--out', 'holes', '--workers', '2');
	expectPlainWords(ended);
	const { tiles } = JSON.parse(ended.out);
	expect(tiles.unreadable).toBe(bad.length);
	expect(tiles.examples).toHaveLength(bad.length);
	const inHoles = ({ x, y }: Place): boolean => bad.includes(Math.floor(y / 256) * 8 + Math.floor(x / 256));
	const lost = placesOf('holes/holes.tif').filter(({ validity }) => validity === 'unreadable');
	const wouldBe = placesOf('out/good.tif').filter((place) => place.validity === 'assessable' && inHoles(place));
	expect(wouldBe.length).toBeGreaterThan(10);
	expect(lost.map(({ x, y }) => [x, y])).toEqual(wouldBe.map(({ x, y }) => [x, y]));
	expect([0, 3]).toContain(ended.code);
});

const badSlides: Record<string, (path: string) => void> = {
	'empty.svs': (path) => writeFileSync(path, ''),
	'text.tif': (path) => writeFileSync(path, 'not a slide\n'.repeat(1000)),
	'header-only.svs': (path) => writeFileSync(path, readFileSync(join(folder, 'good.tif')).subarray(0, 8)),
	'half.tif': (path) => {
		cpSync(join(folder, 'good.tif'), path);
		truncateSync(path, 60_000);
	},
	'page.tif': (path) => writeFileSync(path, '<!doctype html><title>404</title>'),
	'nothing-in-it': (path) => mkdirSync(path),
};

test('bad slides are each reported in words; the good one among them is still done', async () => {
	for (const [name, make] of Object.entries(badSlides)) make(join(folder, name));
	const names = [...Object.keys(badSlides), 'gone.svs'];
	const ended = await parfocal(folder, 'scan', ...names.slice(0, 3), 'good.tif', ...names.slice(3), '--out', 'mixed');
	expectPlainWords(ended);
	expect(ended.code).toBe(4);
	for (const name of names) expect(ended.err).toMatch(new RegExp(`^parfocal: ${name}: .{20,}$`, 'm'));
	expect(ended.out).toContain(`${names.length} could not be read`);
	expect(readdirSync(join(folder, 'mixed'))).toEqual(['good.tif']);
});

test.each(Object.keys(badSlides))('info and score refuse %s in words', async (name) => {
	rmSync(join(folder, name), { recursive: true, force: true });
	badSlides[name]!(join(folder, name));
	for (const command of ['info', 'score']) {
		const ended = await parfocal(folder, command, name);
		expectPlainWords(ended);
		// A slide cut short may still have a header worth showing.
		if (command === 'score' || name !== 'half.tif') expect(ended.code, ended.err).toBe(4);
		if (ended.code !== 0) expect(ended.err).toMatch(/^parfocal: .{20,}$/m);
	}
});

test('what the user got wrong is said before anything is scanned', async () => {
	writeFileSync(join(folder, 'bad-policy.json'), '{"name":"x"}');
	const wrong: [string[], RegExp][] = [
		[['--policy', 'stric'], /strict, routine, research/],
		[['--policy', 'bad-policy.json'], /bad-policy.json/],
		[['--policy', 'gone.json'], /no such file/],
		[['--model', 'no-such-model'], /no-such-model/],
		[['--model', 'text.tif'], /text.tif/],
		[['--roi', 'gone.geojson'], /no such file/],
		[['--roi', 'text.tif'], /neither GeoJSON nor a picture/],
		[['--roi', 'bad-policy.json'], /region of interest/],
	];
	writeFileSync(join(folder, 'text.tif'), 'not a slide');
	for (const [flags, words] of wrong) {
		const ended = await parfocal(folder, 'scan', 'good.tif', '--out', 'wrong', ...flags);
		expectPlainWords(ended);
		expect(ended.err).toMatch(words);
		expect(ended.code, ended.err).toBe(2);
	}
});

test('score gives one line a picture with the published fields', async () => {
	const fast = await parfocal(folder, 'score', 'good.tif', '--json');
	expectPlainWords(fast);
	expect(fast.code).toBe(0);
	expect(JSON.parse(fast.out)).toMatchObject({ file: 'good.tif', method: 'focuslitenn', score: expect.any(Number) });
	const exact = await parfocal(folder, 'score', 'good.tif', '--json', '--exact');
	const { crops, score } = JSON.parse(exact.out);
	expect(crops).toHaveLength(15 * 15);
	expect(score).toBeCloseTo(crops.reduce((sum: number, crop: number) => sum + crop, 0) / crops.length, 3);
});

test('info tells what the header says', async () => {
	const ended = await parfocal(folder, 'info', 'good.tif', '--json');
	const { mpp, levels } = JSON.parse(ended.out);
	expect(mpp).toEqual({ x: 0.25, y: 0.25, source: 'tag' });
	expect(levels.map((level: { widthPx: number }) => level.widthPx)).toEqual([2048, 1024, 512, 256]);
	const words = await parfocal(folder, 'info', 'good.tif');
	expect(words.out).toMatch(/2048 x 2048/);
	expectPlainWords(words);
});

test('doctor ends well where the tests run', async () => {
	const ended = await parfocal(folder, 'doctor', '--json');
	expect(ended.code).toBe(0);
	expect(JSON.parse(ended.out).checks.length).toBeGreaterThan(5);
});
