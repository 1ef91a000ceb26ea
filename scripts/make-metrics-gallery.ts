// Makes docs/images/metrics-gallery.png: one simulated tile at five blur levels, with the score of every metric and a map of
// its scores in small windows. Prints the scores as a Markdown table.
// usage: node --conditions=source scripts/make-metrics-gallery.ts
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	colourFraction,
	createFocusModel,
	cropRgb,
	FOCUS_COLOURS,
	formatNumber,
	METRICS,
	type Metric,
	metricDefinition,
	type RgbImage,
	type WindowScores,
} from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';
import sharp from 'sharp';
import { table } from '../bench/harness.ts';
import { generalisedGaussian } from '../packages/core/src/metrics/maxpol/inverse-blur.ts';
import { convolve } from '../packages/core/src/metrics/signal/convolve.ts';
import { writePhantom } from '../packages/lab/src/phantom/write-phantom.ts';

const TILE_PX = 512;
/** Windows of the maps: small, so that something is to be seen. */
const WINDOWS = { windowPx: 64, stridePx: 32 };
const BLURS_PX = [0, 0.5, 1, 2, 4];
const CELL_PX = 150;
const LABEL_PX = 22;
const NAME_PX = 130;

/** The sharpest tile of a simulated slide without glass. */
async function sharpTile(): Promise<RgbImage> {
	const scratch = mkdtempSync(join(tmpdir(), 'parfocal-gallery-'));
	try {
		const path = join(scratch, 'phantom.tif');
		await writePhantom(path, { widthPx: 2048, heightPx: 2048, tissue: 'everywhere', quality: 95, seed: 3 });
		const slide = await openSlideFile(path);
		const image = await slide.readRegion(0, { x: 0, y: 0, widthPx: 2048, heightPx: 2048 });
		await slide.close();
		const { score } = METRICS.find(({ name }) => name === 'hvs-maxpol-2')!;
		const tiles = Array.from({ length: 16 }, (_, i) =>
			cropRgb(image, { x: TILE_PX * (i % 4), y: TILE_PX * Math.floor(i / 4), widthPx: TILE_PX, heightPx: TILE_PX }),
		);
		return tiles.toSorted((a, b) => score(b) - score(a))[0]!;
	} finally {
		rmSync(scratch, { recursive: true });
	}
}

function blurred(image: RgbImage, sigmaPx: number): RgbImage {
	if (sigmaPx === 0) return image;
	const { widthPx, heightPx } = image;
	const taps = generalisedGaussian(sigmaPx, 2, Math.ceil(4 * sigmaPx));
	const data = new Uint8Array(image.data.length);
	for (let channel = 0; channel < 3; channel++) {
		const plane = Float64Array.from({ length: widthPx * heightPx }, (_, i) => image.data[3 * i + channel]!);
		const rows = convolve({ widthPx, heightPx, data: plane }, taps, 'horizontal');
		convolve(rows, taps, 'vertical').data.forEach((value, i) => {
			data[3 * i + channel] = Math.round(value);
		});
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

/** Maps in colours that span nearly all values of them: blue is the sharpest value, yellow the blurriest. */
async function drawMaps(maps: readonly WindowScores[], { higherMeans }: Metric): Promise<Buffer[]> {
	const all = maps
		.flatMap(({ scores }) => [...scores])
		.filter(Number.isFinite)
		.sort((a, b) => a - b);
	// Without the outermost hundredths: windows that blurring left flat have scores far from all others.
	const [low, high] = [all[Math.floor(all.length / 100)]!, all[Math.floor((all.length * 99) / 100)]!];
	const range = higherMeans === 'sharper' ? { sharp: high, blurry: low } : { sharp: low, blurry: high };
	return Promise.all(
		maps.map(({ scores, columns, rows }) => {
			const pixels = Buffer.alloc(3 * scores.length, 255);
			scores.forEach((value, i) => {
				if (!Number.isFinite(value)) return;
				const colour = 3 * Math.round(255 * colourFraction(value, range));
				pixels.set(FOCUS_COLOURS.subarray(colour, colour + 3), 3 * i);
			});
			const raw = { width: columns, height: rows, channels: 3 } as const;
			return sharp(pixels, { raw }).resize(CELL_PX, CELL_PX, { kernel: 'nearest' }).png().toBuffer();
		}),
	);
}

/** How the GPC of the quarters of a real tile labelled out of focus compares with that of pictures in focus, all 512 px. */
async function compareGpc(shared: string): Promise<void> {
	const gpc = METRICS.find(({ name }) => name === 'gpc')!;
	const scoresOf = async (path: string): Promise<number[]> => {
		const slide = await openSlideFile(path);
		const { widthPx, heightPx } = slide.levels[0]!;
		const image = await slide.readRegion(0, { x: 0, y: 0, widthPx, heightPx });
		await slide.close();
		const scores = [];
		for (let y = 0; y + TILE_PX <= heightPx; y += TILE_PX) {
			for (let x = 0; x + TILE_PX <= widthPx; x += TILE_PX) {
				scores.push(gpc.score(cropRgb(image, { x, y, widthPx: TILE_PX, heightPx: TILE_PX })));
			}
		}
		return scores;
	};
	const blurry = await scoresOf(join(shared, 'data/defocus/tcga_at_focus/TCGA_at_Focus_patch_i_9651_j_81514.png'));
	const sharp = [];
	for (const name of readdirSync(join(shared, 'data/sharp')).filter((each) => each.endsWith('.png'))) {
		sharp.push(...(await scoresOf(join(shared, 'data/sharp', name))));
	}
	for (const score of blurry) {
		const below = sharp.filter((other) => other < score).length;
		console.log(
			`GPC of a quarter of patch 9651, out of focus: ${score.toFixed(0)}; of ${sharp.length} pictures in focus ${below} have less.`,
		);
	}
}

const tile = await sharpTile();
const levels = BLURS_PX.map((sigma) => blurred(tile, sigma));
const layers: { input: Buffer; left: number; top: number }[] = [];
const labels: string[] = [];
const label = (x: number, y: number, words: string, anchor = 'middle') =>
	labels.push(`<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`);
const left = (column: number) => NAME_PX + column * (CELL_PX + 8);
const top = (row: number) => LABEL_PX + row * (CELL_PX + LABEL_PX);

for (const [column, { data, widthPx, heightPx }] of levels.entries()) {
	const raw = { width: widthPx, height: heightPx, channels: 3 } as const;
	const crop = { left: 128, top: 128, width: 256, height: 256 };
	const input = await sharp(data, { raw }).extract(crop).resize(CELL_PX).png().toBuffer();
	layers.push({ input, left: left(column), top: top(0) });
	label(
		left(column) + CELL_PX / 2,
		LABEL_PX - 6,
		BLURS_PX[column] === 0 ? 'as simulated' : `blurred, σ ${BLURS_PX[column]} px`,
	);
}
const rows: string[][] = [];
for (const [i, metric] of METRICS.entries()) {
	const model = createFocusModel(await metricDefinition(metric.name, WINDOWS));
	const pictures = await drawMaps(
		levels.map((level) => model.scoreWindows(level)),
		metric,
	);
	const scores = levels.map((level) => formatNumber(metric.score(level), 4));
	rows.push([metric.title, metric.higherMeans, ...scores]);
	label(8, top(i + 1) + CELL_PX / 2, metric.title, 'start');
	label(8, top(i + 1) + CELL_PX / 2 + 16, `higher: ${metric.higherMeans}`, 'start');
	for (const [column, input] of pictures.entries()) {
		layers.push({ input, left: left(column), top: top(i + 1) });
		label(left(column) + CELL_PX / 2, top(i + 1) - 6, scores[column]!);
	}
}
const width = left(BLURS_PX.length);
const height = top(METRICS.length + 1);
const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="13">${labels.join('')}</svg>`;
const images = join(import.meta.dirname, '..', 'docs', 'images');
mkdirSync(images, { recursive: true });
await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
	.composite([...layers, { input: Buffer.from(text), left: 0, top: 0 }])
	.png({ palette: true, quality: 90, effort: 10 })
	.toFile(join(images, 'metrics-gallery.png'));
console.log(table(['metric', 'higher means', ...BLURS_PX.map((sigma) => `σ ${sigma}`)], rows));
const shared = join(import.meta.dirname, '..', '..', 'shared');
if (existsSync(shared)) await compareGpc(shared);
else console.log('The comparison of GPC on real pictures was left out, because ../shared is missing.');
