/**
 * All learned numbers of a network as one list, so that an optimiser is a handful of operations whatever the network.
 * @module
 */
import { elementCount, type Tensors } from '@parfocal/core';
import type { ParameterSpec } from './parameters.ts';

/** Where each learned parameter lies in the list. */
export interface ParameterLayout {
	readonly length: number;
	readonly places: ReadonlyMap<string, { readonly begin: number; readonly shape: readonly number[] }>;
}

/** The layout of `specs`, in their order. */
export function layoutOf(specs: readonly ParameterSpec[]): ParameterLayout {
	const places = new Map<string, { begin: number; shape: readonly number[] }>();
	let length = 0;
	for (const { key, shape } of specs) {
		places.set(key, { begin: length, shape });
		length += elementCount(shape);
	}
	return { length, places };
}

/** The list of the parameters of `layout`. */
export function packed({ length, places }: ParameterLayout, tensors: Tensors): Float32Array<ArrayBuffer> {
	const list = new Float32Array(length);
	for (const [key, { begin }] of places) list.set(tensors.get(key)!.data, begin);
	return list;
}

/** The parameters of a list; they share its memory. */
export function unpacked({ places }: ParameterLayout, list: Float32Array): Tensors {
	return new Map(
		[...places].map(([key, { begin, shape }]) => [
			key,
			{ shape, data: list.subarray(begin, begin + elementCount(shape)) },
		]),
	);
}
