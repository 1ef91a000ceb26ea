/**
 * A whole picture put out of focus, block by block, so that its size does not matter.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import type { LightPicture } from './camera.ts';
import { geometricRadiusUm } from './defocus.ts';
import { defocusedField, transferRatios } from './defocused-field.ts';
import type { Microscope } from './microscope.ts';
import { sphericalPathUm } from './transfer.ts';

/** Side of what is transformed at once. */
const BLOCK_PX = 1024;

/** Blur may reach this far into a block: more, and hardly any of it is left to keep. */
const FARTHEST_PX = 384;

/** Airy rings that matter lie within so many λ/NA. */
const AIRY_UNITS = 6;

/**
 * The picture with the stage `defocusUm` above best focus. Beyond its edges its mirror image is assumed. It is cut into
 * blocks that overlap as far as blur reaches, so that no seam shows.
 * @throws {ArgumentError} for impossible optics, or when blur reaches farther than 384 px
 */
export function defocusedPicture(picture: LightPicture, microscope: Microscope, defocusUm: number): LightPicture {
	const ratios = transferRatios(microscope, defocusUm);
	if (ratios.every((table) => table.every((ratio) => ratio === 1))) return picture;
	const margin = checkedReachPx(microscope, defocusUm);
	const { widthPx, heightPx } = picture;
	const light = new Float32Array(picture.light.length);
	const insidePx = BLOCK_PX - 2 * margin;
	for (let top = 0; top < heightPx; top += insidePx) {
		for (let left = 0; left < widthPx; left += insidePx) {
			const [width, height] = [Math.min(insidePx, widthPx - left), Math.min(insidePx, heightPx - top)];
			const block = mirroredPart(picture, left - margin, top - margin, width + 2 * margin, height + 2 * margin);
			const { filtered } = defocusedField(block.light, block.widthPx, block.heightPx, microscope);
			const blurred = filtered(ratios);
			for (let c = 0; c < 3; c++) {
				for (let y = 0; y < height; y++) {
					const from = (c * block.heightPx + y + margin) * block.widthPx + margin;
					light.set(blurred.subarray(from, from + width), (c * heightPx + top + y) * widthPx + left);
				}
			}
		}
	}
	return { widthPx, heightPx, light };
}

/** How far the light of a point reaches: the blur of geometric optics, all its causes together, and the Airy rings. */
export function blurReachPx(microscope: Microscope, defocusUm: number): number {
	const { mpp, numericalAperture, wavelengthUm, chromaticShiftUm = 0, thicknessUm = 0 } = microscope;
	const farthestUm = Math.abs(defocusUm) + Math.abs(chromaticShiftUm) + thicknessUm / 2;
	// The slope of W040 (ρ⁴ − ρ²) at the rim is 2 W040, and a ray misses by slope / NA.
	const sphericalUm = (2 * Math.abs(sphericalPathUm(microscope))) / numericalAperture;
	const airyUm = (AIRY_UNITS * Math.max(...wavelengthUm)) / numericalAperture;
	return Math.ceil((geometricRadiusUm({ ...microscope, defocusUm: farthestUm }) + sphericalUm + airyUm) / mpp);
}

/**
 * The same, where it is not too far.
 * @throws {ArgumentError} when it is
 */
export function checkedReachPx(microscope: Microscope, defocusUm: number): number {
	const reachPx = blurReachPx(microscope, defocusUm);
	if (reachPx <= FARTHEST_PX) return reachPx;
	throw new ArgumentError(
		'defocusUm',
		`A defocus of ${defocusUm} µm at ${microscope.mpp} µm a pixel blurs over more than ${FARTHEST_PX} px. Ask for less, or take a picture of larger pixels.`,
	);
}

/** A part that may reach over the edges, where the picture is mirrored as often as it takes. */
export function mirroredPart(
	picture: LightPicture,
	left: number,
	top: number,
	width: number,
	height: number,
): LightPicture {
	const columns = Int32Array.from({ length: width }, (_, x) => mirrored(left + x, picture.widthPx));
	const light = new Float32Array(3 * width * height);
	let to = 0;
	for (let c = 0; c < 3; c++) {
		for (let y = 0; y < height; y++) {
			const row = (c * picture.heightPx + mirrored(top + y, picture.heightPx)) * picture.widthPx;
			for (const column of columns) light[to++] = picture.light[row + column]!;
		}
	}
	return { widthPx: width, heightPx: height, light };
}

function mirrored(at: number, length: number): number {
	const place = ((at % (2 * length)) + 2 * length) % (2 * length);
	return place < length ? place : 2 * length - 1 - place;
}
