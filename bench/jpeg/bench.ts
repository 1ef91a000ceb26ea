/** Our JPEG decoder against libjpeg-turbo and sharp, on the same tiles. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { decodeJpeg, type JpegOptions, type RgbImage, toRgb } from '../../packages/core/src/index.ts';
import { resolvePhantomOptions } from '../../packages/lab/src/phantom/options.ts';
import { createPhantomRenderer } from '../../packages/lab/src/phantom/render.ts';
import { type Candidate, interleave, machine, table } from '../harness.ts';

const TILE_PX = 256;
const TILES = 32;
/** Rounds over all tiles in one timing, so that a timing takes a tenth of a second or more. */
const ROUNDS = 4;
const REPEATS = 21;
const cache = fileURLToPath(new URL('../../.cache/bench/jpeg/', import.meta.url));

/** Tissue from the middle of a phantom slide. */
function renderTiles(): RgbImage[] {
	const renderer = createPhantomRenderer(resolvePhantomOptions({ tissue: 'everywhere' }));
	const side = { widthPx: TILE_PX, heightPx: TILE_PX };
	return Array.from({ length: TILES }, (_, i) => {
		const rect = { x: 1024 + (i % 8) * 800, y: 1024 + Math.floor(i / 8) * 1700, ...side };
		return { layout: 'rgb', ...side, data: renderer.render(rect).data };
	});
}

async function encode420(tile: RgbImage): Promise<Uint8Array> {
	const raw = { width: TILE_PX, height: TILE_PX, channels: 3 } as const;
	const options = { quality: 80, chromaSubsampling: '4:2:0', optimiseCoding: false };
	return sharp(tile.data, { raw }).jpeg(options).toBuffer();
}

function encodeRgb(tile: RgbImage): Uint8Array {
	const input = Buffer.concat([Buffer.from(`P6\n${TILE_PX} ${TILE_PX}\n255\n`), tile.data]);
	return execFileSync('cjpeg', ['-rgb', '-quality', '40'], { input });
}

/** The peer's program, or undefined (and a word on it). */
function buildPeer(): string | undefined {
	try {
		const source = fileURLToPath(new URL('./libjpeg-decode.c', import.meta.url));
		execFileSync('cc', ['-O3', source, '-o', `${cache}libjpeg-decode`, '-ljpeg'], { stdio: 'ignore' });
		return `${cache}libjpeg-decode`;
	} catch {
		console.error('libjpeg-turbo is left out: it needs cc and libjpeg62-turbo-dev');
		return undefined;
	}
}

/** Milliseconds of processor time, all threads, that one round over the tiles takes. */
async function timeRounds(decode: () => unknown): Promise<number> {
	const start = process.cpuUsage();
	for (let round = 0; round < ROUNDS; round++) await decode();
	const { user, system } = process.cpuUsage(start);
	return (user + system) / 1e3 / ROUNDS;
}

function candidates(tiles: readonly Uint8Array[], name: string, peer: string | undefined): Candidate[] {
	const files = tiles.map((bytes, i) => {
		const path = `${cache}${name}-${i}.jpg`;
		writeFileSync(path, bytes);
		return path;
	});
	const ours = (options: JpegOptions) => () =>
		timeRounds(() => {
			for (const bytes of tiles) decodeJpeg(bytes, options);
		});
	const native = (what: string): Candidate[] =>
		peer === undefined
			? []
			: [
					{
						name: `libjpeg-turbo, ${what}`,
						run: () => Number(execFileSync(peer, [what.toLowerCase(), String(ROUNDS), ...files], { encoding: 'utf8' })),
					},
				];
	return [
		...native('RGB'),
		{ name: 'ours, planes', run: ours({}) },
		...native('planes'),
		{ name: 'ours, luma only', run: ours({ planes: 'luma' }) },
		{
			name: 'ours, RGB',
			run: () =>
				timeRounds(() => {
					for (const bytes of tiles) toRgb(decodeJpeg(bytes));
				}),
		},
		{
			name: 'sharp, RGB',
			run: () =>
				timeRounds(async () => {
					for (const bytes of tiles) await sharp(bytes).raw().toBuffer();
				}),
		},
	];
}

async function measure(
	title: string,
	name: string,
	tiles: readonly Uint8Array[],
	peer: string | undefined,
): Promise<string> {
	const megapixels = (tiles.length * TILE_PX ** 2) / 1e6;
	const bytes = tiles.reduce((sum, tile) => sum + tile.length, 0);
	const timings = await interleave(candidates(tiles, name, peer), REPEATS, 2);
	const reference = timings.find((timing) => timing.name === 'libjpeg-turbo, RGB');
	const rows = timings.map(({ name, medianMs, minimumMs }) => [
		name,
		(megapixels / (medianMs / 1e3)).toFixed(0),
		(megapixels / (minimumMs / 1e3)).toFixed(0),
		reference ? (reference.medianMs / medianMs).toFixed(2) : 'not measured',
	]);
	const head = ['decoder', 'median Mpixel/CPU s', 'best Mpixel/CPU s', 'x libjpeg-turbo RGB'];
	return `## ${title}, ${((8 * bytes) / (megapixels * 1e6)).toFixed(2)} bits a pixel\n\n${table(head, rows)}\n`;
}

/** The results as Markdown. */
export async function run(): Promise<string> {
	mkdirSync(cache, { recursive: true });
	sharp.concurrency(1);
	const peer = buildPeer();
	const tiles = renderTiles();
	const parts = [
		`# JPEG\n\n${machine()} ${TILES} tiles of 256 x 256; processor time of all threads, medians of ${REPEATS} interleaved repeats. Goal: planes at least 1.0 x libjpeg-turbo RGB.\n`,
		await measure('4:2:0, quality 80', '420', await Promise.all(tiles.map(encode420)), peer),
	];
	try {
		parts.push(await measure('RGB 4:4:4, quality 40', 'rgb', tiles.map(encodeRgb), peer));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		parts.push('## RGB 4:4:4\n\nNot measured: `cjpeg` is not installed.\n');
	}
	return parts.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const markdown = await run();
	writeFileSync(new URL('./RESULTS.md', import.meta.url), markdown);
	console.log(markdown);
}
