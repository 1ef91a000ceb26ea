/**
 * Arithmetic of shapes: sizes of each axis, the slowest first, as ONNX has them.
 * @module
 */

/** Whether two shapes are the same. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
	return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/**
 * The shape of an elementwise operation: axes are aligned from the last, and an axis of one repeats.
 * Source: ONNX, "Multidirectional Broadcasting".
 * @throws {RangeError} when the two do not fit
 */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
	const axes = Math.max(a.length, b.length);
	return Array.from({ length: axes }, (_, axis) => {
		const sizeA = a[axis - axes + a.length] ?? 1;
		const sizeB = b[axis - axes + b.length] ?? 1;
		if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
			throw new RangeError(`Shapes [${a.join(' ')}] and [${b.join(' ')}] do not fit together.`);
		}
		return Math.max(sizeA, sizeB);
	});
}

/** Axes of `whole` along which a value of shape `part` was repeated. */
export function repeatedAxes(part: readonly number[], whole: readonly number[]): number[] {
	const lead = whole.length - part.length;
	return whole.flatMap((size, axis) => (axis < lead || (part[axis - lead] === 1 && size !== 1) ? [axis] : []));
}
