/**
 * A simulated focal stack of one sharp picture: the same field with the stage at several heights.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { asLight, type CameraSettings, photographed, stained } from './camera.ts';
import { checkedReachPx, defocusedPicture } from './defocused-picture.ts';
import { checkMicroscope, type Microscope, type PerChannel } from './microscope.ts';
import { seededRandom } from './random.ts';
import { type JpegSettings, resampled, type StoredPicture } from './stored-picture.ts';

/** What the stack is, and what it is seen with. */
export interface ZStackSettings {
	readonly microscope: Microscope;
	/** Planes `first … last`, whole numbers; plane 0 is in focus. */
	readonly first: number;
	readonly last: number;
	/** Distance of neighbouring planes, µm. */
	readonly stepUm: number;
	readonly camera: CameraSettings;
	/** Factors of optical density, a channel each; the stain as it is when left out. */
	readonly stain?: PerChannel | undefined;
	/** Pixel size to store at, when not the picture's own. */
	readonly storedMpp?: number | undefined;
	/** JPEG files with these settings; PNG files when left out. */
	readonly jpeg?: JpegSettings | undefined;
	/** Decides the noise. */
	readonly seed: number;
}

/** A plane of a stack. */
export interface SimulatedPlane extends StoredPicture {
	readonly plane: number;
	/** Height of the stage from best focus, µm: positive where the tissue is nearer to the objective. */
	readonly zUm: number;
}

/** Largest picture that a stack is made of: 4096 x 4096. All of it is held as light and as values at once. */
export const LARGEST_STACK_PX: number = 2 ** 24;

/** @throws {ArgumentError} for optics or planes that cannot be, blur that reaches too far, or a picture too large (`image`) */
export function checkZStack({ widthPx, heightPx }: Omit<StoredPicture, 'data'>, settings: ZStackSettings): void {
	const { microscope, first, last, stepUm } = settings;
	checkMicroscope(microscope);
	if (!(Number.isInteger(first) && Number.isInteger(last) && first <= last)) {
		throw new ArgumentError('planes', `Planes go from a whole number to one that is not lower, not ${first}..${last}.`);
	}
	if (!(stepUm > 0)) throw new ArgumentError('stepUm', `Planes must lie apart, not ${stepUm} µm.`);
	for (const plane of [first, last]) checkedReachPx(microscope, plane * stepUm);
	if (widthPx * heightPx <= LARGEST_STACK_PX) return;
	throw new ArgumentError(
		'image',
		`A focal stack is made of pictures of up to 16.8 million pixels (4096 x 4096), not of ${widthPx} x ${heightPx}. Cut out the part you want.`,
	);
}

/**
 * The planes, lowest first, one at a time. Same picture, settings and seed, same pixels; a plane does not depend on which
 * others are made.
 * @throws {ArgumentError} for settings that cannot be, or a picture of more than `LARGEST_STACK_PX`
 */
export async function* simulatedPlanes(
	picture: StoredPicture,
	settings: ZStackSettings,
): AsyncGenerator<SimulatedPlane, void, undefined> {
	checkZStack(picture, settings);
	const { microscope, first, last, stepUm, camera, stain, storedMpp, seed } = settings;
	const light = asLight(picture);
	const sharp = stain ? stained(light, stain) : light;
	for (let plane = first; plane <= last; plane++) {
		const zUm = plane * stepUm;
		const seen = defocusedPicture(sharp, microscope, zUm);
		const data = photographed(seen, camera, seededRandom(seed).fork(`plane ${plane}`));
		const stored = { widthPx: picture.widthPx, heightPx: picture.heightPx, data, plane, zUm };
		yield storedMpp === undefined ? stored : await resampled(stored, microscope.mpp, storedMpp);
	}
}
