/**
 * From a recipe and data to a model that core can use.
 * @module
 */
import type { FocusLiteNNDefinition } from '@parfocal/core';
import type { CropSet } from '../data/crops.ts';
import { isotonicCalibration } from '../evaluate/isotonic.ts';
import type { Random } from '../simulate/random.ts';
import { type FitResult, fit } from './fit.ts';
import type { Recipe } from './recipes.ts';

/** A trained model and how its training went. */
export interface TrainedModel {
	readonly definition: FocusLiteNNDefinition;
	readonly fit: FitResult;
}

/** Pixel sizes that the training images are assumed to have. */
export const TRAINED_MPP: readonly [number, number] = [0.25, 1];

/**
 * Trains by `recipe`, keeps the parameters that did best on validation, and calibrates raw scores to the radius of the
 * blur circle in pixels on the validation crops.
 */
export function trainModel(
	recipe: Recipe,
	train: CropSet,
	validation: CropSet,
	random: Random,
	steps: number = recipe.steps,
	progress?: (line: string) => void,
): TrainedModel {
	const model = recipe.create(train, random);
	const { loss, learningRate } = recipe;
	const result = fit(model, train, validation, {
		steps,
		learningRate,
		loss,
		random,
		...(progress && { progress }),
	});
	const raw = model.predict(
		validation,
		Array.from({ length: validation.count }, (_, i) => i),
	);
	const definition: FocusLiteNNDefinition = {
		kind: 'focuslitenn',
		name: recipe.name,
		sha256: '',
		licence: 'Apache-2.0',
		origin: 'trained by Parfocal on simulated defocus of real tissue; see its card',
		...model.toDefinition(),
		clampAtZero: false,
		unit: 'blurRadiusPx',
		calibration: isotonicCalibration(raw, validation.blurRadiusPx),
		mppRange: TRAINED_MPP,
	};
	return { definition, fit: result };
}
