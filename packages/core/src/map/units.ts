/**
 * Map values in a unit people can act on.
 * @module
 */
import type { Calibration } from '../calibration/calibration.ts';
import { calibrate } from '../calibration/curve.ts';
import type { ScoreUnit } from '../focus/focus-model.ts';
import { ASSUMED_MPP, ASSUMED_OPTICS, defocusFromBlur } from '../focus/optics.ts';
import type { Mpp } from '../slide/slide.ts';

/** How a model's scores become map values. */
export interface UnitConversion {
	readonly unit: ScoreUnit;
	convert(score: number): number;
	/** Which way converted values point; absent where that stays as the model has it. */
	readonly higherMeans?: 'blurrier' | 'sharper';
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

/** Scores through a calibration, place by place: whatever optics there were are in it, so none are assumed. */
export function calibratedConversion({ name, unit, curve, samples }: Calibration): UnitConversion {
	return {
		unit,
		convert: (score) => calibrate(curve, score),
		higherMeans: 'blurrier',
		note: `By the calibration ${name}, from ${samples.count} tiles; values end at ${round(Math.max(...curve.value))}, which means that much or more.`,
	};
}

const round = (value: number) => Number(value.toFixed(4));
