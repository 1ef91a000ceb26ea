/**
 * The made-up numbers of architecture files: the same in every language, from names alone.
 * @module
 */
import { elementCount, type Tensor, type Tensors } from '@parfocal/core';
import type { ParameterSpec } from '../networks/parameters.ts';
import { seededRandom } from '../simulate/random.ts';

/** `count` numbers in 0 … 1 that belong to a name: mulberry32 started from the name's 32-bit FNV-1a. */
export function numbersOf(name: string, count: number): Float64Array {
	let hash = 0x811c9dc5;
	for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
	const random = seededRandom(hash);
	const numbers = new Float64Array(count);
	for (let i = 0; i < count; i++) numbers[i] = random.uniform();
	return numbers;
}

/** Pictures `[count, 3, side, side]` in -1 … 1. */
export function goldenPictures(salt: string, count: number, side: number): Float32Array {
	const numbers = numbersOf(`${salt}:input:${side}x${side}`, count * 3 * side * side);
	return mapped(numbers, (u) => 2 * u - 1);
}

/**
 * Parameters by the file's rule: weights of two or more axes uniform within `√(6 / fan-in)`, those of normalisations and
 * variances in 0.5 … 1.5, everything else in -0.2 … 0.2; GDN's `gamma` symmetric with a stronger diagonal.
 */
export function goldenParameters(salt: string, specs: readonly ParameterSpec[]): Tensors {
	return new Map(specs.map(({ key, shape }) => [key, goldenParameter(salt, key, shape)]));
}

function goldenParameter(salt: string, key: string, shape: readonly number[]): Tensor {
	const numbers = numbersOf(`${salt}:${key}`, elementCount(shape));
	if (key.endsWith('gamma')) return { shape, data: symmetricGamma(numbers, shape[0]!) };
	return { shape, data: mapped(numbers, ruleOf(key, shape)) };
}

function ruleOf(key: string, shape: readonly number[]): (u: number) => number {
	if (shape.length > 1) {
		const bound = Math.sqrt((6 * shape[0]!) / elementCount(shape));
		return (u) => (2 * u - 1) * bound;
	}
	if (/(weight|running_var|beta)$/.test(key)) return (u) => 0.5 + u;
	return (u) => 0.2 * (2 * u - 1);
}

function symmetricGamma(numbers: Float64Array, side: number): Float32Array {
	return mapped(numbers, (u, i) => {
		const [row, column] = [Math.floor(i / side), i % side];
		return (0.1 * u + 0.1 * numbers[column * side + row]!) / 2 + (row === column ? 0.05 : 0);
	});
}

/** A plain loop: the largest network has 138 million numbers. */
function mapped(numbers: Float64Array, rule: (u: number, i: number) => number): Float32Array {
	const result = new Float32Array(numbers.length);
	for (let i = 0; i < numbers.length; i++) result[i] = rule(numbers[i]!, i);
	return result;
}
