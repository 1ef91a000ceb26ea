import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VALIDATION_REPOS } from '../../data/split.ts';
import { seededRandom } from '../../simulate/random.ts';
import { openScorer } from '../scorer.ts';
import { acrossTable, askAboutRealDefocus, seriesTable } from './real-defocus-tables.ts';
import { centralCrops, readRealPictures, realCrops } from './real-pictures.ts';

let folder: string;

/** Drawn in place of real pictures: stains in blobs, blurred by so much. */
async function draw(file: string, blur: number, seed: number, sidePx = 300): Promise<void> {
	const random = seededRandom(seed);
	const data = Uint8Array.from({ length: 3 * sidePx * sidePx }, (_, i) => (i % 3 === 1 ? 60 : 120) + random.below(110));
	const picture = sharp(data, { raw: { width: sidePx, height: sidePx, channels: 3 } });
	await mkdir(join(folder, file, '..'), { recursive: true });
	await (blur > 0 ? picture.blur(blur) : picture).png().toFile(join(folder, file));
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'real-'));
	const files: object[] = [];
	const add = async (file: string, role: string, blur: number, repo: string): Promise<void> => {
		await draw(file, blur, files.length + 1);
		files.push({
			...{ file, role, source_repo: repo, source_path: file, licence: 'none', stain: 'drawn', organ: 'none' },
		});
	};
	for (const z of [-2, -1, 0, 1, 2]) {
		const name = `z${z < 0 ? '-' : '+'}${String(Math.abs(z)).padStart(2, '0')}.png`;
		await add(`defocus/smear_zstack/${name}`, 'defocus', 0.8 * Math.abs(z), 'smear');
	}
	await add('defocus/leishmania_oof.png', 'defocus', 3, 'oof');
	await add('defocus/artefacts/pen.png', 'defocus', 0, 'pen');
	await add('sharp/a.png', 'sharp', 0, 'trained-on');
	await add('sharp/b.png', 'sharp', 0, VALIDATION_REPOS[0]!);
	await add('sharp/c.png', 'sharp', 0, VALIDATION_REPOS[1]!);
	await writeFile(join(folder, 'manifest.json'), JSON.stringify({ files }));
});
afterAll(() => rm(folder, { recursive: true }));

test('planes are found by their names and ordered from focus outwards; what is missing is left out', async () => {
	const { series, outOfFocus, artefacts, sharp: own } = await readRealPictures(folder);
	expect(series.map(({ planes }) => planes.map(({ distance }) => distance))).toEqual([[0, 1, 1, 2, 2]]);
	expect([outOfFocus, artefacts, own].map((list) => list.length)).toEqual([1, 1, 3]);
});

test('crops: the outer half of a series and single fields are blurred, collections say what is held out', async () => {
	const crops = await realCrops(await readRealPictures(folder), folder);
	expect(crops.map(({ blurry }) => blurry)).toEqual([0, 0, 0, 1, 1, 1]);
	expect(crops.slice(0, 3).map(({ heldOut }) => heldOut)).toEqual([false, true, true]);
	for (const { image } of crops) expect([image.widthPx, image.heightPx]).toEqual([256, 256]);
});

test('crops lie about the middle, four at most, none of a picture that is too small', () => {
	const image = (widthPx: number, heightPx: number) => ({
		...{ layout: 'rgb' as const, widthPx, heightPx, data: new Uint8Array(3 * widthPx * heightPx) },
	});
	expect(centralCrops(image(2000, 2000))).toHaveLength(4);
	expect(centralCrops(image(600, 300))).toHaveLength(2);
	expect(centralCrops(image(255, 900))).toHaveLength(0);
});

test('tables hold a row a method, and the better method is marked', async () => {
	const pictures = await readRealPictures(folder);
	const crops = await realCrops(pictures, folder);
	const methods = [];
	for (const name of ['laplacian-variance', 'mlv'])
		methods.push(await askAboutRealDefocus(await openScorer(name), pictures, crops));
	const reversed = {
		...methods[0]!,
		method: 'reversed',
		planes: methods[0]!.planes.map((own) => own.map((score) => -score)),
	};
	const table = seriesTable([...methods, reversed], pictures);
	expect(table.rows.map(([method]) => method!.text)).toEqual(['laplacian-variance', 'mlv', 'reversed']);
	expect(table.rows[0]![1]).toMatchObject({ best: true });
	expect(table.rows[0]![1]!.value).toBeGreaterThan(0.9);
	expect(table.rows[2]![1]!.value).toBeLessThan(-0.9);
	const constant = { ...methods[0]!, method: 'constant', planes: methods[0]!.planes.map((own) => own.map(() => 1)) };
	expect(seriesTable([constant], pictures).rows[0]![1]!.value).toBe(0);
	for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
	const across = acrossTable(methods, crops);
	expect(across.rows[0]![1]!.text).toMatch(/^1\.000/);
	expect(across.notes[0]).toContain('2 crops of 2 slides of held-out collections, 3 crops of 3 slides');
});

test('the command writes a page, and names what is missing', { timeout: 120_000 }, async () => {
	const main = fileURLToPath(new URL('./main.ts', import.meta.url));
	const run = (...flags: string[]) =>
		spawnSync(process.execPath, ['--conditions=source', main, ...flags], { encoding: 'utf8' });
	const out = join(folder, 'page.md');
	const { status, stderr } = run(
		'--data',
		folder,
		'--methods',
		'laplacian-variance,focuslitenn-luma4-energy',
		'--out',
		out,
	);
	expect([status, stderr]).toEqual([0, 'laplacian-variance\nfocuslitenn-luma4-energy\n']);
	const page = await readFile(out, 'utf8');
	for (const title of [
		'Real focal series',
		'Real defocus against sharp tissue',
		'False alarms on sharp tissue',
		'Pen, glass and folds',
	])
		expect(page).toContain(`### ${title}`);
	expect(page).toContain('| pen.png |');
	expect(run('--data', '/nowhere')).toMatchObject({ status: 2, stderr: expect.stringContaining('/nowhere') });
	expect(run('--data', folder, '--methods', 'nonsense')).toMatchObject({
		status: 2,
		stderr: expect.stringContaining("'nonsense'"),
	});
	expect(run('--sideways').status).toBe(2);
});
