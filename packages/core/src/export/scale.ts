/**
 * Choosing round numbers for scale bars and axes.
 * @module
 */

/** The largest of 1, 2, 5 times a power of ten that is at most `limit` (positive). */
export function roundBelow(limit: number): number {
	const power = 10 ** Math.floor(Math.log10(limit));
	const factor = [5, 2, 1].find((candidate) => candidate * power <= limit * (1 + 1e-9)) ?? 1;
	return factor * power;
}

/** Round numbers from `low` to `high`, about `count` of them, ends included when round. */
export function axisTicks(low: number, high: number, count: number): number[] {
	if (!(high > low)) return [low];
	const step = roundBelow((high - low) / Math.max(count - 1, 1));
	const first = Math.ceil(low / step - 1e-9);
	const last = Math.floor(high / step + 1e-9);
	return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** A bar of round length: how many level-0 pixels it spans, and its label. */
export interface ScaleBar {
	readonly lengthPx: number;
	readonly label: string;
}

/** A scale bar at most `limitPx` level-0 pixels long: mm or µm when the pixel size is known, else px. */
export function scaleBar(limitPx: number, mpp: number | undefined): ScaleBar {
	if (mpp === undefined) {
		const lengthPx = Math.max(roundBelow(limitPx), 1);
		return { lengthPx, label: `${lengthPx} px` };
	}
	const micrometres = roundBelow(limitPx * mpp);
	const label = micrometres >= 1000 ? `${micrometres / 1000} mm` : `${Number(micrometres.toPrecision(1))} µm`;
	return { lengthPx: micrometres / mpp, label };
}
