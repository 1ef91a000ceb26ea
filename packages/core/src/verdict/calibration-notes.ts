/**
 * What a reader must know of the calibration that gave a map its unit.
 * @module
 */
import type { Reason } from '../assessment.ts';
import type { Calibration } from '../calibration/calibration.ts';
import type { BlurThresholds } from './policy.ts';
import { STRENGTHS } from './strength.ts';
import { strengthWords } from './words.ts';

/** Pixel sizes that differ by more than this part blur by another number of pixels. */
const PIXEL_SIZE_TOLERANCE = 0.1;

/**
 * Notes on a calibration: tiles of another pixel size, or a curve that ends below the policy's thresholds, so that tissue
 * cannot count as that blurry. A curve that ends below the first of them cannot tell in focus from out of focus at all.
 */
export function calibrationNotes(
	{ name, mpp, curve }: Pick<Calibration, 'name' | 'mpp' | 'curve'>,
	pixelUm: number | undefined,
	thresholds: BlurThresholds | undefined,
): Reason[] {
	const notes: Reason[] = [];
	if (mpp !== undefined && pixelUm !== undefined && Math.abs(pixelUm / mpp - 1) > PIXEL_SIZE_TOLERANCE) {
		const sentence =
			`The pixels of this slide, ${Number(pixelUm.toPrecision(3))} µm, are not those that ${name} was made for ` +
			`(${Number(mpp.toPrecision(3))} µm): take its values with care.`;
		notes.push({ code: 'mpp-outside-calibration', leadsTo: 'note', sentence });
	}
	const end = Math.max(...curve.value);
	const beyond = thresholds && STRENGTHS.find((strength) => end < thresholds[strength]);
	if (beyond !== undefined) {
		const nothing = beyond === 'slight';
		const sentence =
			`The calibration ${name} ends at ${Number(end.toPrecision(3))}, so nothing can count as ` +
			`${strengthWords[beyond].toLowerCase()} (from ${thresholds![beyond]}): calibrate with blurrier tiles.`;
		notes.push({ code: 'calibration-ends-early', leadsTo: nothing ? 'not-assessable' : 'note', sentence });
	}
	return notes;
}
