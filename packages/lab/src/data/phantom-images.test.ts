import { expect, test } from 'vitest';
import { laplacianVariance } from '../evaluate/laplacian-variance.ts';
import { seededRandom } from '../simulate/random.ts';
import { FIRST_TRAINING_SEED, phantomImages } from './phantom-images.ts';
import { lumaPlane } from './source-image.ts';

const images = phantomImages(2, 1, seededRandom(1));

test('gives pictures with detail, of both pixel sizes, named after seeds kept for training', () => {
	expect(images.map((image) => image.mpp)).toEqual([0.25, 0.5]);
	expect(images.map((image) => image.source)).toEqual(['phantom (drawn)#seed 1000', 'phantom (drawn)#seed 1001']);
	expect(FIRST_TRAINING_SEED).toBeGreaterThan(99);
	for (const image of images) {
		expect(image.data.length).toBe(3 * image.widthPx * image.heightPx);
		expect(laplacianVariance(lumaPlane(image), image.widthPx)).toBeGreaterThan(20);
	}
});

test('the same seed gives the same pictures', () => {
	expect(phantomImages(1, 1, seededRandom(1))[0]!.data).toEqual(images[0]!.data);
});
