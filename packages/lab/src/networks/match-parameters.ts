/**
 * Numbers from a file, fitted to a network: keys as the file's author had them become the network's.
 * @module
 */
import { ModelError, type Tensor, type Tensors } from '@parfocal/core';
import { sameShape } from '../engine/shape.ts';
import type { ParameterSpec } from './parameters.ts';

/** How many keys an error names. */
const NAMED = 3;

/** What PyTorch puts before every key of a network that was trained on several devices. */
const PARALLEL_PREFIX = /^module\./;
/** Layers of a DenseNet before PyTorch 0.4 had a dot where the number is now joined: `denselayer1.norm.1`. */
const OLD_DENSE_KEY = /(denselayer\d+\.)(norm|relu|conv)\.([12])\./;
/** Counters and classifiers that only training looks at. */
const IGNORED_KEY = /(^|\.)num_batches_tracked$|^aux[12]\./;

/**
 * The tensors of `specs` out of a file's, in the order of `specs`. A `module.` prefix, counters of batches, GoogLeNet's
 * auxiliary classifiers and DenseNet's old names are no difference.
 * @param others `refuse`: a key the network does not have is an error; `leave`: it is left, as when only the backbone of a
 * file is wanted.
 * @throws {ModelError} when keys are missing, are too many, or have another shape; it names the first few
 * @example
 * ```ts
 * const parameters = matchedParameters(network, parameterSpecs(network, 'classifier', 1000), readTorch(bytes));
 * const backbone = matchedParameters(network, featureSpecs(network), readTorch(bytes), 'leave');
 * ```
 */
export function matchedParameters(
	network: { readonly name: string },
	specs: readonly ParameterSpec[],
	tensors: Tensors,
	others: 'refuse' | 'leave' = 'refuse',
): Tensors {
	const given = new Map([...tensors].map(([key, tensor]) => [ownKey(key), tensor]));
	const missing: string[] = [];
	const misshapen: string[] = [];
	const matched = new Map<string, Tensor>();
	for (const { key, shape } of specs) {
		const tensor = given.get(key);
		if (!tensor) missing.push(key);
		else if (!sameShape(tensor.shape, shape)) {
			misshapen.push(`${key} (has [${tensor.shape.join(', ')}], needs [${shape.join(', ')}])`);
		} else matched.set(key, tensor);
	}
	const known = new Set(specs.map(({ key }) => key));
	const extra = others === 'leave' ? [] : [...given.keys()].filter((key) => !known.has(key) && !IGNORED_KEY.test(key));
	const problems = [
		...problem('missing', missing),
		...problem('of another shape', misshapen),
		...problem('not known to it', extra),
	];
	if (problems.length > 0) {
		throw new ModelError(network.name, `These weights do not fit ${network.name}: ${problems.join('; ')}.`);
	}
	return matched;
}

function ownKey(key: string): string {
	return key.replace(PARALLEL_PREFIX, '').replace(OLD_DENSE_KEY, '$1$2$3.');
}

function problem(what: string, keys: readonly string[]): string[] {
	if (keys.length === 0) return [];
	const rest = keys.length > NAMED ? ` and ${keys.length - NAMED} more` : '';
	return [`${keys.slice(0, NAMED).join(', ')}${rest} ${keys.length === 1 ? 'is' : 'are'} ${what}`];
}
