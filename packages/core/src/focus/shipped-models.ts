/**
 * The models that come with the library.
 * @module
 */
import { ModelError } from '../errors.ts';
import { bytesFromBase64 } from '../kernels/base64.ts';
import type { FocusLiteNNDefinition } from './focuslitenn/definition.ts';
import { focusLiteNNFromSafetensors } from './focuslitenn/model-file.ts';
import { nearestName } from './nearest-name.ts';
import { shippedModels } from './shipped-models.gen.ts';

/** The model used when none is named. */
export const DEFAULT_MODEL_NAME = 'focuslitenn-luma4-energy';

/** Names of the models that come with the library, sorted. */
export function listShippedModels(): string[] {
	return Object.keys(shippedModels).sort();
}

/**
 * Loads a model that comes with the library.
 * @throws {ModelError} when there is none of that name; the message lists those there are.
 * @example
 * ```ts
 * const model = createFocusModel(await loadShippedModel(DEFAULT_MODEL_NAME));
 * ```
 */
export async function loadShippedModel(name: string): Promise<FocusLiteNNDefinition> {
	if (!Object.hasOwn(shippedModels, name)) throw unknownModel(name, listShippedModels());
	return focusLiteNNFromSafetensors(bytesFromBase64(shippedModels[name]!), name);
}

/** The error for a name no model has: says which there are, and which was probably meant. */
export function unknownModel(name: string, known: readonly string[]): ModelError {
	const meant = nearestName(name, known);
	const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
	const list = known.length === 0 ? 'none is installed' : `there are ${known.join(', ')}`;
	return new ModelError(name, `There is no model '${name}'; ${list}.${hint}`);
}
