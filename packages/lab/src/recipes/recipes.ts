/**
 * The models that ship and how each is trained.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import type { CropSet } from '../data/crops.ts';
import type { Random } from '../simulate/random.ts';
import { createEnergyModel } from './energy-model.ts';
import { createExtremesModel } from './extremes-model.ts';
import { huberLoss, type Loss, plccLoss, rankingLoss } from './loss.ts';
import type { Trainable } from './trainable.ts';

/** One shipped model. */
export interface Recipe {
	readonly name: string;
	/** One sentence for the card. */
	readonly what: string;
	readonly loss: (predictions: Float64Array, targets: Float64Array, views: Int32Array) => Loss;
	readonly lossName: string;
	readonly steps: number;
	readonly learningRate: number;
	create(train: CropSet, random: Random): Trainable;
}

function published(kernels: number, pooling: 'min' | 'minMax'): Recipe {
	const extremes = pooling === 'min' ? 'minimum' : 'minimum and maximum';
	return {
		name: `focuslitenn-${kernels}-${pooling.toLowerCase()}`,
		what: `FocusLiteNN as published, ${kernels} RGB kernel${kernels > 1 ? 's' : ''} of 7x7, ${extremes} of each pooled over a window, windows without a black border.`,
		loss: (predictions, targets) => plccLoss(predictions, targets),
		lossName: '1 - PLCC of a batch',
		steps: kernels <= 2 ? 4000 : 1200,
		learningRate: 0.01,
		create: (_, random) => createExtremesModel(kernels, pooling, random),
	};
}

/** All that ship, in the order they are trained. */
export const RECIPES: readonly Recipe[] = [
	published(1, 'min'),
	published(1, 'minMax'),
	published(2, 'min'),
	published(2, 'minMax'),
	published(10, 'min'),
	published(10, 'minMax'),
	{
		name: 'focuslitenn-luma4-energy',
		what: 'The default. Four 7x7 kernels on luma, each summing to zero, pooled into logarithms of energies (mean square, mean magnitude, maximum and minimum about the mean), a hidden layer of 32. Brightness does not change the score; contrast (stain strength) was varied in training.',
		loss: (predictions, targets, views) =>
			sum(huberLoss(predictions, targets), rankingLoss(predictions, targets, views)),
		lossName: 'Huber loss + ranking of crops of the same tissue',
		steps: 3000,
		learningRate: 0.01,
		create: (train, random) => createEnergyModel({ kernels: 4, hidden: 32, contrastInvariant: false }, train, random),
	},
];

/** @throws {ArgumentError} when there is no such recipe. */
export function recipeNamed(name: string): Recipe {
	const recipe = RECIPES.find((each) => each.name === name);
	if (recipe) return recipe;
	throw new ArgumentError(
		'model',
		`There is no recipe "${name}"; there are ${RECIPES.map((each) => each.name).join(', ')}.`,
	);
}

function sum(a: Loss, b: Loss): Loss {
	return { value: a.value + b.value, gradient: a.gradient.map((g, i) => g + b.gradient[i]!) };
}
