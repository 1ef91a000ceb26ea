/**
 * The numbers of a network: what they are called, how many there are, and what they are before training.
 * @module
 */
import { elementCount, type Tensors } from '@parfocal/core';
import type { Random } from '../simulate/random.ts';

/**
 * What a parameter is before training: zeros, ones, another constant; uniform in `-bound … bound`, or within `1 / √inputs`
 * (PyTorch's default); normal with a deviation; Kaiming's normal with variance `2 / (outputs · kernel area)`, or his uniform
 * within `√(6 / inputs)` (He et al., ICCV 2015, eq. 14 and 10).
 */
export type Initialisation =
	| 'zeros'
	| 'ones'
	| 'kaiming-normal-by-outputs'
	| 'kaiming-uniform-by-inputs'
	| 'uniform-by-inputs'
	| { readonly constant: number }
	| { readonly uniform: number }
	| { readonly normal: number };

/** A parameter or a running statistic. */
export interface ParameterSpec {
	/** Key in a PyTorch `state_dict`, such as `layer1.0.conv1.weight`. */
	readonly key: string;
	readonly shape: readonly number[];
	readonly initialisation: Initialisation;
	/** False for running statistics: they are counted, not learned. */
	readonly learned: boolean;
}

/** Numbers for `specs` from a seeded stream; each parameter has a stream of its own, so order does not matter. */
export function initialParameters(specs: readonly ParameterSpec[], random: Random): Tensors {
	return new Map(specs.map((spec) => [spec.key, { shape: spec.shape, data: initialNumbers(spec, random) }]));
}

/** How many numbers are learned. */
export function learnedCount(specs: readonly ParameterSpec[]): number {
	return specs.reduce((sum, { learned, shape }) => sum + (learned ? elementCount(shape) : 0), 0);
}

function initialNumbers({ key, shape, initialisation }: ParameterSpec, random: Random): Float32Array {
	const own = random.fork(key);
	const fill = (next: () => number): Float32Array => Float32Array.from({ length: elementCount(shape) }, next);
	const uniform = (bound: number): Float32Array => fill(() => own.between(-bound, bound));
	if (initialisation === 'zeros') return fill(() => 0);
	if (initialisation === 'ones') return fill(() => 1);
	if (initialisation === 'kaiming-normal-by-outputs') {
		const deviation = Math.sqrt(2 / elementCount([shape[0]!, ...shape.slice(2)]));
		return fill(() => deviation * own.normal());
	}
	const inputs = elementCount(shape.slice(1));
	if (initialisation === 'kaiming-uniform-by-inputs') return uniform(Math.sqrt(6 / inputs));
	if (initialisation === 'uniform-by-inputs') return uniform(1 / Math.sqrt(inputs));
	if ('constant' in initialisation) return fill(() => initialisation.constant);
	if ('uniform' in initialisation) return uniform(initialisation.uniform);
	return fill(() => initialisation.normal * own.normal());
}
