/**
 * Working memory of the response kernels: one region a thread, reused by every measurement.
 * @module
 */
import { type KernelExports, sharedKernels } from '../../kernels/kernels.ts';

const ALIGNMENT = 16;

let region = { pointer: 0, bytes: 0 };

/** Pointers to blocks of at least the given sizes, 16-byte aligned. Their contents last until the next call. */
export function carve(sizes: readonly number[]): number[] {
	const kernels = sharedKernels();
	const total = sizes.reduce((sum, size) => sum + aligned(size), 0);
	if (total > region.bytes) grow(kernels, total);
	let next = region.pointer;
	return sizes.map((size) => {
		const pointer = next;
		next += aligned(size);
		return pointer;
	});
}

function grow(kernels: KernelExports, bytes: number): void {
	if (region.bytes > 0) kernels.free(region.pointer);
	region = { pointer: 0, bytes: 0 };
	region = { pointer: kernels.alloc(bytes) >>> 0, bytes };
}

function aligned(size: number): number {
	return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}
