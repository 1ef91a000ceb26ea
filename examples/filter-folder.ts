/** Keeps the pictures of a folder that are sharp enough: `node --conditions=source examples/filter-folder.ts [FOLDER]`. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createFocusModel, DEFAULT_MODEL_NAME, loadShippedModel, scorePicture } from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';
import { simulatedStacks } from './simulated-stacks.ts';

/** In pixels of blur radius: 4 px is 0.9 µm out of focus at 0.25 µm a pixel. */
const MOST_BLUR_PX = 4;

const folder = process.argv[2] ?? (await simulatedStacks());
const model = createFocusModel(await loadShippedModel(DEFAULT_MODEL_NAME));
let kept = 0;
const names = (await readdir(folder)).filter((name) => /\.(png|jpe?g|tiff?)$/i.test(name)).sort();
for (const name of names) {
	const picture = await openSlideFile(join(folder, name));
	const { score } = await scorePicture(picture, model);
	await picture.close();
	const keep = score <= MOST_BLUR_PX;
	kept += Number(keep);
	console.log(`${keep ? 'keep' : 'drop'}  ${score.toFixed(2)} px  ${name}`);
}
console.log(`${kept} of ${names.length} pictures are sharp enough`);
