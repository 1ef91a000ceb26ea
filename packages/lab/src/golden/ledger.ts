/**
 * The worst error of each item over many comparisons.
 * @module
 */

/** What may be off: `|found - expected|` up to `absolute + relative · |expected|`. */
export interface Tolerance {
	readonly absolute: number;
	readonly relative: number;
}

/** What all comparisons of an item came to. */
export interface LedgerItem {
	readonly item: string;
	/** Numbers that were compared. */
	readonly numbers: number;
	/** Largest error, made comparable across sizes: `|found - expected| / (1 + relative / absolute · |expected|)`. */
	readonly worst: number;
	/** Largest that passes. */
	readonly tolerance: number;
	/** The case in which the worst error occurred. */
	readonly where: string;
}

/** Collects comparisons. */
export class Ledger {
	readonly #tolerance: Tolerance;
	readonly #items = new Map<string, LedgerItem>();

	constructor(tolerance: Tolerance) {
		this.#tolerance = tolerance;
	}

	/**
	 * Notes numbers of one case. An undefined number (NaN) must be undefined on both sides; lists of different length are
	 * infinitely wrong.
	 */
	compare(item: string, where: string, found: ArrayLike<number>, expected: ArrayLike<number>): void {
		const { absolute, relative } = this.#tolerance;
		let worst = found.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
		for (let i = 0; i < expected.length; i++)
			worst = Math.max(worst, errorOf(found[i]!, expected[i]!, relative / absolute));
		const before = this.#items.get(item) ?? { numbers: 0, worst: -1, where };
		this.#items.set(item, {
			item,
			numbers: before.numbers + expected.length,
			tolerance: absolute,
			...(worst > before.worst ? { worst, where } : { worst: before.worst, where: before.where }),
		});
	}

	/** All items, in the order in which they first came. */
	items(): LedgerItem[] {
		return [...this.#items.values()];
	}
}

function errorOf(found: number, expected: number, slope: number): number {
	if (Object.is(found, expected) || found === expected) return 0;
	const error = Math.abs(found - expected) / (1 + slope * Math.abs(expected));
	return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}
