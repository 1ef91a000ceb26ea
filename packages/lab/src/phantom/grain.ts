/**
 * The grains of tissue: noise textures on the pixel grid of a phantom, their sizes given in µm.
 * @module
 */
import { hash } from './random.ts';
import { bandNoise, type Texture } from './texture.ts';

/** Every texture that a phantom's tissue is drawn with. */
export interface Grains {
	/** Finest grain: granules of chromatin and cytoplasm, 0.3 to 0.9 µm. */
	readonly granules: Texture;
	/** Clumps of chromatin, uneven cytoplasm, 0.8 to 2.5 µm. */
	readonly clumps: Texture;
	/** Slow unevenness, 3 to 10 µm. */
	readonly patches: Texture;
	/** Fibres: looked up along and across the fibres rather than on the pixel grid. */
	readonly fibres: Texture;
}

/** Side of the textures, texels: each repeats after 128 µm at 0.25 µm a pixel, at four unrelated phases. */
const SIDE = 512;

/** Makes the textures of a phantom. */
export function createGrains(seed: number, mpp: number): Grains {
	const salt = hash(seed, 5, 7);
	return {
		granules: bandNoise(SIDE, salt + 1, 0.12 / mpp, 0.5 / mpp),
		clumps: bandNoise(SIDE, salt + 2, 0.33 / mpp, 0.95 / mpp),
		patches: bandNoise(SIDE, salt + 3, Math.min(24, 1.6 / mpp), Math.min(48, 4.5 / mpp)),
		fibres: bandNoise(SIDE, salt + 4, 0.8, 5),
	};
}
