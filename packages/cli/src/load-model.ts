/**
 * The model of `--model`.
 * @module
 */
import { ArgumentError, type FocusModel, isParfocalError } from '@parfocal/core';
import { resolveModel } from '@parfocal/node';

/**
 * The model of that name or in that file; the default model when undefined.
 * @throws {ModelError} when there is none of that name, or its weights do not fit together
 * @throws {ArgumentError} when the file cannot be read: a fault of the command line, not of a slide
 */
export async function loadModel(nameOrFile: string | undefined, cwd: string): Promise<FocusModel> {
	try {
		return await resolveModel(nameOrFile, { cwd });
	} catch (cause) {
		if (!isParfocalError(cause, 'read', 'format')) throw cause;
		throw new ArgumentError('model', `--model ${nameOrFile} cannot be used: ${cause.message}`, { cause });
	}
}
