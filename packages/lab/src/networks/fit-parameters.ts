/**
 * Numbers of a file sorted into the places a network has for them.
 * @module
 */
import { elementCount, ModelError, type Tensor, type Tensors } from '@parfocal/core';
import { sameShape } from '../engine/shape.ts';
import type { ParameterSpec } from './parameters.ts';

/** How many offending names an error lists. */
const LISTED = 5;

/**
 * The parameters of `specs` as `tensors` has them. A `module.` before every name (PyTorch's `DataParallel`) is taken off,
 * counters of batches are passed over, dense weights fit 1x1 convolutions, and DenseNet's old names (`norm.1`) are known.
 * @param label names the file in errors
 * @throws {ModelError} naming the first parameters that are missing or of another shape, and the first that are too many
 * @example
 * ```ts
 * const { tensors } = readTorchFile(bytes);
 * const parameters = fitParameters(parameterSpecs(network, 'classifier', 1000), tensors, 'resnet18.pth');
 * ```
 */
export function fitParameters(specs: readonly ParameterSpec[], tensors: Tensors, label: string): Tensors {
	const given = renamed(tensors);
	const fitted = new Map<string, Tensor>();
	const missing: string[] = [];
	const wrong: string[] = [];
	for (const { key, shape } of specs) {
		const own = given.get(key);
		if (!own) missing.push(key);
		else if (!fits(own.shape, shape)) wrong.push(`${key} is ${sizes(own.shape)}, not ${sizes(shape)}`);
		else fitted.set(key, { shape, data: own.data });
	}
	const known = new Set(specs.map(({ key }) => key));
	const odd = [...given.keys()].filter((key) => !known.has(key));
	if (missing.length > 0 || wrong.length > 0 || odd.length > 0) {
		const parts = [
			missing.length > 0 ? `it lacks ${listed(missing)}` : '',
			wrong.length > 0 ? listed(wrong) : '',
			odd.length > 0 ? `it has ${listed(odd)} beside` : '',
		];
		const what = parts.filter(Boolean).join('; ');
		throw new ModelError(label, `${label} does not fit this network: ${what}. Check the network and its head.`);
	}
	return fitted;
}

/** The same tensors under the names of today. */
export function renamed(tensors: Tensors): Tensors {
	const wrapped = tensors.size > 0 && [...tensors.keys()].every((key) => key.startsWith('module.'));
	return new Map(
		[...tensors]
			.map(([key, tensor]) => [wrapped ? key.slice('module.'.length) : key, tensor] as const)
			.filter(([key]) => !key.endsWith('num_batches_tracked'))
			.map(([key, tensor]) => [key.replace(/\.(norm|conv)\.(\d)\./, '.$1$2.'), tensor]),
	);
}

function fits(given: readonly number[], wanted: readonly number[]): boolean {
	const trimmed = (shape: readonly number[]): number[] => shape.slice(0, 2);
	const plain = sameShape(trimmed(given), trimmed(wanted)) && elementCount(given) === elementCount(wanted);
	return sameShape(given, wanted) || plain;
}

function sizes(shape: readonly number[]): string {
	return shape.join(' x ') || 'a single number';
}

function listed(names: readonly string[]): string {
	const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
	return `${names.slice(0, LISTED).join(', ')}${more}`;
}
