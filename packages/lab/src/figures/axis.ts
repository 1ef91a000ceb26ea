/**
 * Axes: from numbers to places, and the round numbers between.
 * @module
 */

/** A range of numbers laid along a length. */
export interface Axis {
	readonly low: number;
	readonly high: number;
	/** Round numbers within, rising. */
	readonly ticks: readonly number[];
	/** The share of the length at which a number lies: 0 at `low`, 1 at `high`. */
	at(value: number): number;
	/** A tick as text, with as many digits as tell it from its neighbours. */
	label(tick: number): string;
}

/** How many ticks are wanted, about. */
const TICKS = 5;
/** Beyond these, arithmetic on numbers loses them: larger is none, and a span this small of the numbers is none. */
const LARGEST = 1e300;
const SMALLEST = 1e-100;
const SMALLEST_SPAN = 1e-9;

/** Whether a number has a place on an axis. */
export function isDrawable(value: number): boolean {
	return Math.abs(value) <= LARGEST;
}

/**
 * An axis over `values`, from round number to round number; a single value gets room on both sides, none gives 0 … 1.
 * @example
 * ```ts
 * axisOver([0.2, 0.93]).ticks; // [0.2, 0.4, 0.6, 0.8, 1]
 * ```
 */
export function axisOver(values: Iterable<number>): Axis {
	let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const value of values) {
		if (!isDrawable(value)) continue;
		least = Math.min(least, value);
		most = Math.max(most, value);
	}
	if (least > most) [least, most] = [0, 1];
	const size = Math.max(Math.abs(least), Math.abs(most));
	if (most - least <= Math.max(SMALLEST_SPAN * size, SMALLEST)) {
		const room = size > SMALLEST ? size / 2 : 1;
		[least, most] = [least - room, most + room];
	}
	const step = roundStep((most - least) / TICKS);
	// Rounding must not add a tick to a range that ends on one.
	const first = Math.floor(least / step + 1e-9);
	const last = Math.ceil(most / step - 1e-9);
	const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
	const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
	const [low, high] = [ticks[0]!, ticks.at(-1)!];
	return {
		low,
		high,
		ticks,
		at: (value) => (value - low) / (high - low),
		label: (tick) => (Math.abs(tick) >= 1e6 || digits > 6 ? tick.toPrecision(3) : tick.toFixed(digits)),
	};
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function roundStep(least: number): number {
	const power = 10 ** Math.floor(Math.log10(least));
	return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least * (1 - 1e-9))!;
}
