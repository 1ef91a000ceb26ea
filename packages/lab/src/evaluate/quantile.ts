/**
 * Quantiles of sorted values.
 * @module
 */

/** Between the two nearest of ascending values; NaN of none. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
	const place = share * (ascending.length - 1);
	const below = ascending[Math.floor(place)] ?? Number.NaN;
	return below + (place % 1) * ((ascending[Math.ceil(place)] ?? Number.NaN) - below);
}
