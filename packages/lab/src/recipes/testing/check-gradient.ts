/**
 * Comparing a gradient with finite differences.
 * @module
 */

/**
 * Worst error of `gradient` at `indices` against central differences of `value`, relative to the gradient's largest
 * number, or to `floor` where all are smaller (a parameter the value does not depend on). Changes `parameters` for the time being.
 */
export function gradientError(
	value: () => number,
	parameters: Float64Array,
	gradient: ArrayLike<number>,
	indices: readonly number[],
	step: number,
	floor = 1e-12,
): number {
	let largest = floor;
	for (let i = 0; i < gradient.length; i++) largest = Math.max(largest, Math.abs(gradient[i]!));
	let worst = 0;
	for (const i of indices) {
		const kept = parameters[i]!;
		parameters[i] = kept + step;
		const above = value();
		parameters[i] = kept - step;
		const below = value();
		parameters[i] = kept;
		worst = Math.max(worst, Math.abs((above - below) / (2 * step) - gradient[i]!) / largest);
	}
	return worst;
}
