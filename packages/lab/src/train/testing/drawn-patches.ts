/**
 * A data set of drawn pictures on disk: noise that is blurrier the higher its class, of several slides.
 * @module
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { seededRandom } from '../../simulate/random.ts';

/** What to draw. */
export interface DrawnPatches {
	readonly sidePx: number;
	readonly classes: number;
	readonly slides: number;
	/** Of each class on each slide. */
	readonly patches: number;
}

/** Draws a set, one folder a class, and gives the folder. */
export async function drawnPatches({ sidePx, classes, slides, patches }: DrawnPatches): Promise<string> {
	const root = mkdtempSync(join(tmpdir(), 'parfocal-patches-'));
	const random = seededRandom(8);
	for (let label = 0; label < classes; label++) {
		for (let slide = 0; slide < slides; slide++) {
			const folder = join(root, String(label), `slide${slide}`);
			mkdirSync(folder, { recursive: true });
			for (let i = 0; i < patches; i++) {
				const data = Uint8Array.from({ length: 3 * sidePx * sidePx }, () => 60 + random.below(180));
				const picture = sharp(data, { raw: { width: sidePx, height: sidePx, channels: 3 } });
				const blurred = label === 0 ? picture : picture.blur(0.4 + 0.6 * label);
				await blurred.png().toFile(join(folder, `patch${i}.png`));
			}
		}
	}
	return root;
}
