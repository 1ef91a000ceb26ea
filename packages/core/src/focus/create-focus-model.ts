/**
 * From a definition, as it crosses threads, to the model.
 * @module
 */
import type { FocusModel, ModelDefinition } from './focus-model.ts';
import { createFocusLiteNN } from './focuslitenn/focuslitenn.ts';
import { createMetricModel } from './metric-model.ts';

/**
 * The model of a definition of any kind.
 * @throws {ModelError} when the definition does not hold together.
 */
export function createFocusModel(definition: ModelDefinition): FocusModel {
	return definition.kind === 'metric' ? createMetricModel(definition) : createFocusLiteNN(definition);
}
