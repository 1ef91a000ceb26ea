/**
 * Pictures written for tests: drawn tissue, crisp to the pixel.
 * @module
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { seededRandom } from '../../simulate/random.ts';

/** Dark spots on pink with grain, as an encoder to finish. */
export function spots(widthPx: number, heightPx: number, seed = 1): Sharp {
	const random = seededRandom(seed);
	const data = Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, i) => [225, 160, 190][i % 3]!);
	for (let spot = 0; spot < (widthPx * heightPx) / 150; spot++) {
		const [left, top, side] = [random.below(widthPx), random.below(heightPx), 2 + random.below(7)];
		for (let y = top; y < Math.min(heightPx, top + side); y++) {
			for (let x = left; x < Math.min(widthPx, left + side); x++) data.set([90, 50, 130], 3 * (y * widthPx + x));
		}
	}
	for (let i = 0; i < data.length; i++) data[i] = data[i]! + random.below(9);
	return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
}

/** A manifest beside pictures; entries as in the file. */
export async function writeManifest(folder: string, files: readonly Record<string, string>[]): Promise<void> {
	await writeFile(join(folder, 'manifest.json'), JSON.stringify({ files }));
}
