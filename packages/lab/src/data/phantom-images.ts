/**
 * Sharp pictures of drawn tissue, as one more collection to train on.
 * @module
 */

import { placeKinds } from '../phantom/kinds.ts';
import { resolvePhantomOptions } from '../phantom/options.ts';
import { createPhantomRenderer, type PhantomRenderer } from '../phantom/render.ts';
import type { Random } from '../simulate/random.ts';
import type { SourceImage } from './source-image.ts';

/** Phantom seeds kept for training; tests use those below. */
export const FIRST_TRAINING_SEED = 1000;

/** The collection's name in sources. */
export const PHANTOM_COLLECTION = 'phantom (drawn)';

const SIDE_PX = 320;
/** Side of the slides that pictures are cut from. */
export const PHANTOM_SLIDE_PX = 4096;
const ATTEMPTS = 200;

/** Tissue must fill this much of a picture. */
const LEAST_TISSUE = 0.8;

/** `perSeed` pictures of each of `seeds` phantoms, alternately of 0.25 and 0.5 µm a pixel, from places in focus. */
export function phantomImages(seeds: number, perSeed: number, random: Random): SourceImage[] {
	return Array.from({ length: seeds }, (_, i) => FIRST_TRAINING_SEED + i).flatMap((seed) => {
		const mpp = seed % 2 === 0 ? 0.25 : 0.5;
		const options = { seed, mpp, widthPx: PHANTOM_SLIDE_PX, heightPx: PHANTOM_SLIDE_PX, tissue: 'everywhere' as const };
		const renderer = createPhantomRenderer(resolvePhantomOptions(options));
		const images: SourceImage[] = [];
		for (let attempt = 0; attempt < ATTEMPTS && images.length < perSeed; attempt++) {
			const image = cutTissue(renderer, SIDE_PX, random);
			if (image)
				images.push({
					...image,
					source: `${PHANTOM_COLLECTION}#seed ${seed}`,
					name: `phantom ${seed}.${images.length}`,
					mpp,
				});
		}
		return images;
	});
}

/** A square at a random place, undefined when it is out of focus somewhere or shows too little tissue. */
export function cutTissue(
	renderer: PhantomRenderer,
	sidePx: number,
	random: Random,
): Pick<SourceImage, 'widthPx' | 'heightPx' | 'data'> | undefined {
	const x = random.below(PHANTOM_SLIDE_PX - sidePx);
	const y = random.below(PHANTOM_SLIDE_PX - sidePx);
	for (let step = 0; step < 25; step++) {
		const [u, v] = [(step % 5) / 4, Math.floor(step / 5) / 4];
		if (renderer.defocusAt(x + u * sidePx, y + v * sidePx) > 0) return undefined;
	}
	const { data, places } = renderer.render({ x, y, widthPx: sidePx, heightPx: sidePx });
	const tissue = placeKinds.indexOf('tissue');
	const share = places.kinds.reduce((count, kind) => count + (kind === tissue ? 1 : 0), 0) / places.kinds.length;
	return share >= LEAST_TISSUE ? { widthPx: sidePx, heightPx: sidePx, data } : undefined;
}
