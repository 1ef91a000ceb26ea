/**
 * Geometry of windows that slide over a picture: convolutions and poolings.
 * @module
 */

/** Numbers added at each side before windows are cut. */
export interface Padding {
	readonly top: number;
	readonly left: number;
	readonly bottom: number;
	readonly right: number;
}

/** Windows over the last two axes of a value of shape `[n, c, height, width]`. */
export interface Windows {
	readonly kernelHeight: number;
	readonly kernelWidth: number;
	readonly stride: number;
	readonly padding: Padding;
	/** Size of the result. */
	readonly height: number;
	readonly width: number;
}

/** The same padding at every side. */
export function evenPadding(size: number): Padding {
	return { top: size, left: size, bottom: size, right: size };
}

/** Padding in the order of ONNX's `pads`. */
export function paddingList({ top, left, bottom, right }: Padding): number[] {
	return [top, left, bottom, right];
}

/**
 * Where windows lie over a picture of `height` x `width`. With `ceil` a last window may hang over the end, provided it
 * starts inside the picture or its leading padding (PyTorch's `ceil_mode`): the padding returned is then larger.
 * @throws {RangeError} when no window fits
 */
export function windowsOver(
	[height, width]: readonly [number, number],
	[kernelHeight, kernelWidth]: readonly [number, number],
	stride: number,
	padding: Padding,
	ceil = false,
): Windows {
	const down = along(height, kernelHeight, stride, padding.top, padding.bottom, ceil);
	const across = along(width, kernelWidth, stride, padding.left, padding.right, ceil);
	if (down.count < 1 || across.count < 1) {
		throw new RangeError(
			`Windows of ${kernelWidth} x ${kernelHeight} do not fit into a map of ${width} x ${height}: the picture is too small.`,
		);
	}
	return {
		kernelHeight,
		kernelWidth,
		stride,
		padding: { ...padding, bottom: down.after, right: across.after },
		height: down.count,
		width: across.count,
	};
}

function along(
	size: number,
	kernel: number,
	stride: number,
	before: number,
	after: number,
	ceil: boolean,
): { count: number; after: number } {
	const room = (size + before + after - kernel) / stride;
	let count = (ceil ? Math.ceil(room) : Math.floor(room)) + 1;
	if (ceil && (count - 1) * stride >= size + before) count--;
	const reach = (count - 1) * stride + kernel - size - before;
	return { count, after: ceil ? Math.max(after, reach) : after };
}
