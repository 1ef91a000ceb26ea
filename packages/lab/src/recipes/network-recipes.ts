/**
 * The networks that ship and how each is trained: on the same crops as our FocusLiteNN models, by the general trainer.
 * @module
 */
import type { GivenSettings } from '../train/settings.ts';

/** One shipped network. */
export interface NetworkRecipe {
	readonly name: string;
	/** One sentence for the card. */
	readonly what: string;
	readonly settings: GivenSettings;
}

/** Micrometres of defocus from one z-level to the next, in what networks are trained to answer, at this pixel size. */
export const UM_PER_LEVEL = 0.5;
export const LEVEL_MPP = 0.25;

/** All that ship. */
export const NETWORK_RECIPES: readonly NetworkRecipe[] = [
	{
		name: 'eonss-defocus',
		what: `EONSS as FocusLiteNN's paper compares it, trained to answer z-levels of ${UM_PER_LEVEL} µm.`,
		settings: { network: 'eonss', loss: 'mae', epochs: 4, learningRate: 0.001, batch: 32 },
	},
	{
		name: 'ordinal-luma4-energy',
		what: `Twelve ordered classes, z-levels of ${UM_PER_LEVEL} µm with all beyond the last in one: four kernels on brightness pooled into energies, a hidden layer of 32, ordinal encoding.`,
		settings: {
			...{ network: 'focuslitenn_energy', loss: 'oe', head: 'classifier', classes: 12 },
			...{ epochs: 30, learningRate: 0.005, batch: 32 },
		},
	},
];
