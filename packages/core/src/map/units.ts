/**
 * Map values in a unit people can act on.
 * @module
 */
import type { ScoreUnit } from '../focus/focus-model.ts';
import { ASSUMED_MPP, ASSUMED_OPTICS, defocusFromBlur } from '../focus/optics.ts';
import type { Mpp } from '../slide/slide.ts';

/** How a model's scores become map values. */
export interface UnitConversion {
	readonly unit: ScoreUnit;
	convert(score: number): number;
	/** The optics assumed, in words; undefined when nothing was assumed. */
	readonly note?: string;
}

/** Side of a pixel, µm: the mean of both axes. Undefined when unknown. */
export function pixelSizeUm(mpp: Mpp | undefined): number | undefined {
	return mpp && (mpp.x + mpp.y) / 2;
}

/** Blur in pixels becomes defocus in µm; every other unit stays what the model gives. */
export function unitConversion(unit: ScoreUnit, mpp: Mpp | undefined): UnitConversion {
	if (unit !== 'blurRadiusPx') return { unit, convert: (score) => score };
	const pixelUm = pixelSizeUm(mpp) ?? ASSUMED_MPP;
	const perPixel = defocusFromBlur(1, pixelUm);
	const { numericalAperture, refractiveIndex } = ASSUMED_OPTICS;
	const medium = refractiveIndex === 1 ? 'in air' : `in a medium of index ${refractiveIndex}`;
	const size = mpp ? `${round(pixelUm)} µm pixels` : `an assumed pixel size of ${ASSUMED_MPP} µm`;
	return {
		unit: 'defocusUm',
		convert: (score) => score * perPixel,
		note: `Micrometres of defocus for an objective of NA ${numericalAperture} ${medium} and ${size}.`,
	};
}

const round = (value: number) => Number(value.toFixed(4));
