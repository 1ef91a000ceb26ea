/**
 * Folders laid out as the published archives unpack, with their lists beside them, go through `compare` untouched. The pictures
 * are simulated: those of FocusPath and TCGA@Focus are not distributed.
 */
import { cp, mkdir, mkdtemp, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset, writeSimulatedFocusPath } from '@parfocal/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

let cwd: string;
const FOCUSPATH = 'FocusPath Full';
const TCGA = 'TCGA@Focus';

beforeAll(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-published-'));
	const sizes = { slides: 6, positions: 1, slices: 8, sidePx: 240, stepUm: 0.75, mpp: 0.25, seed: 4 };
	await writeSimulatedFocusPath(join(cwd, FOCUSPATH), sizes);
	await asTcgaFocus();
	await asPublishedFocusPath();
}, 60_000);
afterAll(() => rm(cwd, { recursive: true, force: true }));

/** In and out of focus by organ and slide, and the list with spaces, commas and `@` in names. */
async function asTcgaFocus(): Promise<void> {
	const { root, patches } = await openDataset(join(cwd, FOCUSPATH));
	const rows: string[] = [];
	for (const [i, { path, zLevel, group }] of patches.entries()) {
		if (Math.abs(zLevel!) === 2) continue;
		const out = Math.abs(zLevel!) > 2;
		const marker = out && i % 5 === 0;
		const side = out ? (marker ? 'Out of Focus (Marker)' : 'Out of Focus') : 'In Focus';
		const organ = i % 2 === 0 ? 'Breast' : 'Head and Neck, tongue';
		const own = `${side}/${organ}/TCGA-${group.slide}@1/patch_i_${1024 * i}_j_${2048 * (i % 3)}.png`;
		await mkdir(join(cwd, TCGA, own, '..'), { recursive: true });
		await cp(join(root, path), join(cwd, TCGA, own));
		rows.push(`${own},${organ},${marker ? 1 : 0},${out ? 1 : 0}`);
	}
	await writeFile(join(cwd, 'TCGA@Focus.txt'), `${rows.join('\n')}\n`);
}

/** The list of FocusPath: names ending in `.tif` of pictures that end in `.png`, slide, strip, slice, position, sharpness, z. */
async function asPublishedFocusPath(): Promise<void> {
	const { patches } = await openDataset(join(cwd, FOCUSPATH));
	const rows = patches.map(({ path, zLevel }) => {
		const [, slide, strip, slice, position] = /Slide(\d+)_Strip(\d+)_Slice(\d+)_Position(\d+)/.exec(path)!;
		const numbers = [slide, strip, slice, position].map(Number);
		return `${path.replace('.png', '.tif')},${numbers.join(',')},${(90 - Math.abs(zLevel!)).toFixed(4)},${zLevel}`;
	});
	await writeFile(join(cwd, 'FocusPath_full_list.txt'), `${rows.join('\n')}\n`);
	for (const name of ['list.csv', 'README.md']) await unlink(join(cwd, FOCUSPATH, name));
}

async function cli(...inputs: string[]) {
	const context = fakeContext({ cwd });
	const code = await runCli(['compare', ...inputs], context);
	return { code, out: context.out(), err: context.err() };
}

test('both at once: trained and judged on one, carried over to the other', { timeout: 180_000 }, async () => {
	const { code, out, err } = await cli(
		...['--data', FOCUSPATH, '--transfer', TCGA, '--methods', 'laplacian-variance,mlv,focuslitenn'],
		...['--epochs', '3', '--seeds', '1', '--draws', '100', '--sharp-up-to', '1', '--out', 'comparison'],
	);
	expect(err).toMatch(/FocusPath Full: Taken for a set laid out like FocusPath/);
	expect(err).toMatch(/TCGA@Focus: Taken for TCGA@Focus/);
	expect(code).toBe(EXIT.ok);
	expect(out).toContain('Scores against distance from focus: FocusPath Full');
	expect(out).toContain('Scores against distance from focus: TCGA@Focus');
	// SRCC, PLCC, ROC-AUC of a set that nothing was trained on.
	const carried = out.slice(out.indexOf('TCGA@Focus'));
	expect(Number(/laplacian-variance +baseline +[\d.]+ +[\d.]+ +([\d.]+)/.exec(carried)![1])).toBeGreaterThan(0.9);
	const tables = await readdir(join(cwd, 'comparison', 'tables'));
	expect(tables).toEqual(expect.arrayContaining(['scores-focuspath-full.csv', 'scores-tcga-focus.csv']));
});

test('each alone', { timeout: 120_000 }, async () => {
	for (const name of [FOCUSPATH, TCGA]) {
		const { code, out } = await cli(
			'--data',
			name,
			'--methods',
			'mlv',
			'--seeds',
			'1',
			'--draws',
			'100',
			'--out',
			`alone ${name}`,
		);
		expect(code).toBe(EXIT.ok);
		expect(out).toMatch(/\nmlv +knowledge-based +\d/);
	}
});
