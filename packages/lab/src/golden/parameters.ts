/**
 * Numbers by formula, so that networks can be compared with references that hold no weights: a generator seeded by the name
 * of a parameter.
 * @module
 */
import { elementCount, type Tensor, type Tensors } from '@parfocal/core';
import type { ParameterSpec } from '../networks/parameters.ts';
import { seededRandom } from '../simulate/random.ts';

/**
 * `count` numbers in [0, 1) of the generator mulberry32, seeded by the 32-bit FNV-1a hash of `name`.
 * @example
 * ```ts
 * uniformNumbers('check', 1); // [0.5750427623279393]
 * ```
 */
export function uniformNumbers(name: string, count: number): Float64Array {
	return filled(new Float64Array(count), name, (u) => u);
}

/**
 * Parameters by the rule of `arch-open.json`: each from the numbers of `salt:key`. Weights of two or more axes are
 * `(2u - 1) √(6 / inputs)`, weights of normalisations and running variances `.5 + u`, biases and running means
 * `.2 (2u - 1)`; divisive normalisation has `gamma` `(.1u + .1uᵀ) / 2 + .05 I` and `beta` `.5 + u`.
 */
export function goldenParameters(specs: readonly ParameterSpec[], salt: string): Tensors {
	return new Map(specs.map(({ key, shape }) => [key, goldenTensor(key, shape, salt)]));
}

/** Pictures by the rule of `arch-open.json`: `[batch, 3, sidePx, sidePx]` numbers in -1 … 1. */
export function goldenPictures(salt: string, batch: number, sidePx: number): Float32Array<ArrayBuffer> {
	const numbers = new Float32Array(batch * 3 * sidePx * sidePx);
	return filled(numbers, `${salt}:input:${sidePx}x${sidePx}`, (u) => 2 * u - 1);
}

function goldenTensor(key: string, shape: readonly number[], salt: string): Tensor {
	const count = elementCount(shape);
	const name = `${salt}:${key}`;
	const kind = key.slice(key.lastIndexOf('.') + 1);
	if (kind === 'gamma') return { shape, data: gamma(uniformNumbers(name, count)) };
	return { shape, data: filled(new Float32Array(count), name, ruleOf(kind, shape)) };
}

function ruleOf(kind: string, shape: readonly number[]): (u: number) => number {
	if (shape.length > 1) {
		const bound = Math.sqrt(6 / elementCount(shape.slice(1)));
		return (u) => (2 * u - 1) * bound;
	}
	return kind === 'weight' || kind === 'running_var' || kind === 'beta' ? (u) => 0.5 + u : (u) => 0.2 * (2 * u - 1);
}

function gamma(numbers: Float64Array): Float32Array {
	const size = Math.sqrt(numbers.length);
	return Float32Array.from(numbers, (u, i) => {
		const row = Math.floor(i / size);
		const column = i % size;
		return (0.1 * u + 0.1 * numbers[column * size + row]!) / 2 + (row === column ? 0.05 : 0);
	});
}

/** Fills `numbers`, number by number: VGG-16 has 138 million. */
function filled<T extends Float32Array | Float64Array>(numbers: T, name: string, rule: (u: number) => number): T {
	const random = seededRandom(0).fork(name);
	for (let i = 0; i < numbers.length; i++) numbers[i] = rule(random.uniform());
	return numbers;
}
