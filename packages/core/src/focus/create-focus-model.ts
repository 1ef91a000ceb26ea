/**
 * From a definition, as it crosses threads, to the model.
 * @module
 */
import { ModelError } from '../errors.ts';
import type { ImmediateModel, ModelDefinition } from './focus-model.ts';
import { createFocusLiteNN } from './focuslitenn/focuslitenn.ts';
import { createMetricModel } from './metric-model.ts';

/**
 * The model of a definition of any kind but `network`, whose numbers are not in its definition.
 * @throws {ModelError} when the definition does not hold together, or is that of a network.
 */
export function createFocusModel(definition: ModelDefinition): ImmediateModel {
	if (definition.kind === 'network') {
		const { name } = definition;
		throw new ModelError(name, `${name} is a network: it runs on an engine, by createNetworkModel of @parfocal/lab.`);
	}
	return definition.kind === 'metric' ? createMetricModel(definition) : createFocusLiteNN(definition);
}
