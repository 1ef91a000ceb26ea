/**
 * Named arrays of numbers, as weight files hold them.
 * @module
 */

/** A dense array in row-major order. */
export interface Tensor {
	readonly shape: readonly number[];
	/** As many numbers as the product of `shape`; 1 for an empty shape. */
	readonly data: Float32Array;
}

/** Tensors by name, in the order of the file. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** Number of elements of a shape. */
export function elementCount(shape: readonly number[]): number {
	return shape.reduce((product, size) => product * size, 1);
}
