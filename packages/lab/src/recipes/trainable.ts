/**
 * What training needs of a model.
 * @module
 */
import type { FocusLiteNNDefinition } from '@parfocal/core';
import type { CropSet } from '../data/crops.ts';

/** A model being trained: parameters, predictions of a batch, and the way back. */
export interface Trainable {
	/** Groups of parameters, changed in place by the optimiser. */
	readonly parameters: readonly Float64Array[];
	/** Raw scores of the crops `indices` of `set`; higher means blurrier. */
	predict(set: CropSet, indices: ArrayLike<number>): Float64Array;
	/** Gradients of all groups, given that of the last predictions. */
	backward(gradient: Float64Array): readonly Float64Array[];
	/** The model as core scores with it, before its file is written and calibrated. */
	toDefinition(): ModelParts;
}

/** What a trained model contributes to its definition. */
export type ModelParts = Pick<
	FocusLiteNNDefinition,
	'planes' | 'pooling' | 'kernels' | 'convWeight' | 'convBias' | 'head' | 'paddingPx'
>;
