import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDataset } from '../data/sets/open-dataset.ts';
import type { PatchSet } from '../data/sets/patch-set.ts';
import { drawnPatches } from '../train/testing/drawn-patches.ts';
import { methodsNamed } from './methods.ts';
import { type ComparisonEvent, runComparison } from './run-comparison.ts';
import { writeComparison } from './write-comparison.ts';

let root: string;
let set: PatchSet;
let folder: string;
beforeAll(async () => {
	root = await drawnPatches({ sidePx: 240, classes: 3, slides: 6, patches: 2 });
	set = await openDataset(root);
	folder = await mkdtemp(join(tmpdir(), 'comparison-'));
});
afterAll(() => Promise.all([root, folder].map((path) => rm(path, { recursive: true }))));

const names = [
	'majority-class',
	'laplacian-variance',
	'mlv',
	'focuslitenn-luma4-energy',
	'ordinal-luma4-energy',
	'focuslitenn',
	'focuslitenn_energy/oe',
	'resnet50',
];
const options = (change: object = {}) => ({
	data: { name: 'drawn', set },
	transfer: [{ name: 'again', set }],
	methods: methodsNamed(names),
	split: 'slide' as const,
	seeds: [1, 2],
	protocol: 'reduced' as const,
	weights: new Map(),
	epochs: 2,
	folder,
	threads: 1,
	...change,
});

test('every method answers every test patch of every split, trained ones also the other set', {
	timeout: 120_000,
}, async () => {
	const { answers, leftOut, splits, leaks } = await runComparison(options());
	expect(leftOut.map(({ method }) => method)).toEqual(['resnet50']);
	expect(leaks[0]).toMatch(/no test patch is of a slide that was trained on/);
	for (const method of names.slice(0, -1)) {
		const own = answers.filter((each) => each.method === method && each.set === 'drawn');
		expect(own.map(({ seed }) => seed)).toEqual([1, 2]);
		for (const [i, { indices }] of own.entries()) expect([...indices].sort((a, b) => a - b)).toEqual(splits[i]!.test);
		const other = answers.filter((each) => each.method === method && each.set === 'again');
		expect(other.length).toBe(
			method === 'majority-class' ? 0 : method.includes('luma4') || !method.startsWith('focus') ? 1 : 2,
		);
		for (const { indices } of other) expect(indices).toHaveLength(set.patches.length);
	}
	const graded = answers.find(({ method, set: of }) => method === 'focuslitenn_energy/oe' && of === 'drawn')!;
	expect(graded.classes!.every((own) => [0, 1, 2].includes(own))).toBe(true);
	expect(graded).toMatchObject({ parameters: expect.any(Number), training: expect.stringContaining('2 epochs') });
});

test('goes on where it stopped: nothing is trained or scored again, unless something changed', {
	timeout: 120_000,
}, async () => {
	const events: ComparisonEvent[] = [];
	const first = await stat(join(folder, 'answers', 'focuslitenn@1.json'));
	const again = await runComparison(options({ onEvent: (event: ComparisonEvent) => events.push(event) }));
	expect(events.filter(({ kind }) => kind === 'training' || kind === 'scored')).toEqual([]);
	expect((await stat(join(folder, 'answers', 'focuslitenn@1.json'))).mtimeMs).toBe(first.mtimeMs);
	await writeFile(join(folder, 'answers', 'focuslitenn@2.json'), '{"half":');
	const mended = await runComparison(options({ onEvent: (event: ComparisonEvent) => events.push(event) }));
	expect(events.some((event) => event.kind === 'training' && event.method === 'focuslitenn')).toBe(true);
	expect(mended.answers).toEqual(
		again.answers.map((own) => expect.objectContaining({ method: own.method, blurriness: own.blurriness })),
	);
});

test('the files: every answer as parquet, tables, pictures, a page', async () => {
	const { tables, files, judged } = await writeComparison(options({ draws: 100, timingRuns: 1 }));
	expect((await readdir(folder)).sort()).toEqual([
		'answers',
		'cpu-times-1.json',
		'figures',
		'index.html',
		'models',
		'results.md',
		'results.parquet',
		'tables',
	]);
	expect(files).toContain('tables/scores-drawn.csv');
	const bytes = await readFile(join(folder, 'results.parquet'));
	const rows = await parquetReadObjects({
		file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
	});
	expect(rows.length).toBe(
		judged.reduce((sum, { answers }) => sum + answers.reduce((own, { indices }) => own + indices.length, 0), 0),
	);
	expect(rows[0]).toMatchObject({
		method: 'majority-class',
		seed: 1,
		set: 'drawn',
		slide: expect.stringMatching(/^slide/),
	});
	expect(tables.map(({ id }) => id)).toEqual([
		'scores-drawn',
		'scores-again',
		'classes',
		'against-reference',
		'training',
		'left-out',
	]);
	const scores = tables[0]!;
	expect(scores.rows.map(([method]) => method!.text)).toEqual(names.slice(0, -1));
	const row = scores.rows.find(([method]) => method!.text === 'laplacian-variance')!;
	expect(row[scores.columns.indexOf('SRCC')]!.value).toBeGreaterThan(0.9);
	expect(row[scores.columns.indexOf('CPU, ms')]!.value).toBeGreaterThan(0);
	const page = await readFile(join(folder, 'index.html'), 'utf8');
	for (const { title } of tables) expect(page).toContain(`>${title}</h2>`);
	expect(await readFile(join(folder, 'results.md'), 'utf8')).toContain('| resnet50 |');
});

test('stopped, it keeps what it has', async () => {
	const own = await mkdtemp(join(tmpdir(), 'comparison-'));
	const stop = new AbortController();
	const onEvent = (event: ComparisonEvent): void => {
		if (event.kind === 'training' && event.event.kind === 'step') stop.abort(new Error('enough'));
	};
	await expect(runComparison(options({ folder: own, onEvent, signal: stop.signal }))).rejects.toThrow('enough');
	expect((await readdir(join(own, 'answers'))).filter((name) => name.startsWith('mlv'))).toHaveLength(2);
	await rm(own, { recursive: true });
});

test('no method is refused', async () => {
	await expect(writeComparison(options({ methods: [] }))).rejects.toThrow(/no method/);
});
