import { readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../image/pixels.ts';
import { hasShared, sharedPath } from '../testing/shared.ts';
import { findTissue } from './find-tissue.ts';
import { shares } from './testing/picture.ts';

async function read(file: string, blurPx = 0): Promise<RgbImage> {
	const flat = sharp(file).flatten({ background: '#fff' }).toColourspace('srgb').removeAlpha();
	const picture = blurPx > 0 ? sharp(await flat.png().toBuffer()).blur(blurPx) : flat;
	const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
	return { layout: 'rgb', widthPx: info.width, heightPx: info.height, data };
}

const maskOf = async (file: string, blurPx?: number) =>
	findTissue({ image: await read(sharedPath(file), blurPx), downsampleX: 1, downsampleY: 1 });

interface Listed {
	readonly file: string;
	readonly role: string;
	readonly background_fraction?: number;
}

const listed: readonly Listed[] = hasShared
	? (JSON.parse(readFileSync(sharedPath('data/manifest.json'), 'utf8')) as { files: Listed[] }).files
	: [];

describe.skipIf(!hasShared)('real images', () => {
	test('a nearly white tile has no tissue', async () => {
		expect(shares(await maskOf('data/defocus/artefacts/histolab_almost-white-1.png')).glass).toBe(1);
	});

	test.each(['green', 'red'])('a tile with nothing but a %s pen has no tissue', async (colour) => {
		const { tissue, penMark } = shares(await maskOf(`data/defocus/artefacts/histolab_no-tissue-${colour}-pen.png`));
		expect(tissue).toBeLessThan(0.02);
		expect(penMark).toBeGreaterThan(0.6);
	});

	test.each([
		['high-nuclei-score-red-pen-level1', 0.05, 0.2],
		['medium-nuclei-score-green-pen-level1', 0.1, 0.4],
	])('tissue beside and under a pen mark: %s', async (name, least, most) => {
		const { tissue, penMark } = shares(await maskOf(`data/defocus/artefacts/histolab_${name}.png`));
		expect(penMark).toBeGreaterThan(least);
		expect(penMark).toBeLessThan(most);
		expect(tissue).toBeGreaterThan(0.6);
	});

	// What the list calls background in the blood smears and nuclei crops is their pale plasma or stroma.
	const sharpFields = listed.filter(({ file, role }) => role === 'sharp' && !file.includes('bbbc038'));

	test('sharp fields are tissue but for their background, and have no pen marks', async () => {
		expect(sharpFields.length).toBeGreaterThan(80);
		for (const { file, background_fraction: background = 0 } of sharpFields) {
			const { tissue, littleTexture, penMark } = shares(await maskOf(`data/${file}`));
			expect(penMark, file).toBe(0);
			if (background < 0.15) expect(tissue, file).toBeGreaterThan(0.8);
			// Lumens count among the tissue, so there is always at least as much as is not bright.
			expect(tissue + littleTexture, file).toBeGreaterThan(1 - background - 0.12);
		}
	});

	test('the same fields out of focus are the same tissue', async () => {
		let same = 0;
		let all = 0;
		for (const { file } of sharpFields.filter((_, i) => i % 4 === 0)) {
			const focused = await maskOf(`data/${file}`);
			const blurred = await maskOf(`data/${file}`, 8);
			const agree = focused.classes.reduce((sum, code, i) => sum + Number(code === blurred.classes[i]), 0);
			expect(agree / focused.classes.length, file).toBeGreaterThan(0.8);
			same += agree;
			all += focused.classes.length;
		}
		expect(same / all).toBeGreaterThan(0.97);
	});

	test('fields far out of focus are still tissue', async () => {
		for (const file of ['leishmania_oof.jpg', 'tcga_at_focus/TCGA_at_Focus_patch_i_9651_j_81514.png']) {
			const { glass, penMark } = shares(await maskOf(`data/defocus/${file}`));
			expect(glass + penMark, file).toBeLessThan(0.02);
		}
		const planes = readdirSync(sharedPath('data/defocus/onion_openflexure')).filter((name) => name.endsWith('.png'));
		for (const plane of planes) {
			expect(shares(await maskOf(`data/defocus/onion_openflexure/${plane}`)).penMark, plane).toBe(0);
		}
	});
});
