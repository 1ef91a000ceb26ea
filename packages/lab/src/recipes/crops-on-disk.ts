/**
 * Training crops as a data set on disk, for the general trainer.
 * @module
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ASSUMED_OPTICS, defocusFromBlur } from '@parfocal/core';
import sharp from 'sharp';
import { CROP_PX, type CropSet, rgbOf } from '../data/crops.ts';
import type { Dataset } from '../data/dataset.ts';
import { LEVEL_MPP, UM_PER_LEVEL } from './network-recipes.ts';

/** Of the slides that are held out from training, one in so many tests; the others choose the epoch. */
const TEST_EVERY = 3;

/**
 * Writes every crop as a picture and `list.csv` (`path,z,group,position,split`), and a note that says that the defocus is
 * simulated. Levels are signed, every other one below focus, as in a stack: what is learned is the distance.
 */
export async function writeCrops(folder: string, { train, validation }: Dataset): Promise<void> {
	await mkdir(folder, { recursive: true });
	const heldOut = [...new Set(validation.sources)].sort();
	const sideOf = (source: string): string => (heldOut.indexOf(source) % TEST_EVERY === 0 ? 'test' : 'validation');
	const rows = ['path,z,group,position,split'];
	for (const [prefix, set] of [['train', train] as const, ['held-out', validation] as const]) {
		for (let i = 0; i < set.count; i++) {
			const view = set.view[i]!;
			const source = set.sources[view]!;
			const name = `${prefix}-${i}.png`;
			const raw = { width: CROP_PX, height: CROP_PX, channels: 3 as const };
			const png = await sharp(rgbOf(set, i), { raw }).png({ compressionLevel: 1 }).toBuffer();
			await writeFile(join(folder, name), png);
			const level = (i % 2 === 0 ? 1 : -1) * zLevelOf(set, i);
			const side = set === train ? 'train' : sideOf(source);
			rows.push(`${name},${level},${source.replaceAll(/[",\n]/g, ' ')},${prefix} ${view},${side}`);
		}
	}
	await writeFile(join(folder, 'list.csv'), `${rows.join('\n')}\n`);
	await writeFile(join(folder, 'README.md'), '# Simulated defocus of real and drawn tissue\n');
}

/**
 * The level of a crop: the defocus that its blur in pixels would be at 0.25 µm a pixel. A network sees pixels and cannot know
 * their size, so what it can learn is blur in pixels.
 */
export function zLevelOf(set: CropSet, index: number): number {
	return Math.round(defocusFromBlur(set.blurRadiusPx[index]!, LEVEL_MPP, ASSUMED_OPTICS) / UM_PER_LEVEL);
}
