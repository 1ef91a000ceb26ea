/**
 * What labels are: micrometres, steps of a focal series, or two classes.
 * @module
 */
import { ArgumentError, type CalibratedUnit, DEFAULT_POLICY } from '@parfocal/core';

/** Units as the command line names them. */
export const LABEL_UNITS = { um: 'defocusUm', 'z-level': 'zLevel' } as const;

/** The unit of labels, and from which one on a tile is out of focus. */
export interface SettledUnit {
	readonly unit: CalibratedUnit;
	readonly limit: number;
}

/** Of two classes. */
const OUT_OF_FOCUS = 1;

/**
 * Settles what was left open: labels of 0 and 1 only are two classes, unless a unit is given; the limit is where the
 * default policy begins to call tissue slightly out of focus.
 * @throws {ArgumentError} when labels are numbers without a unit, or two classes with a limit
 */
export function settleUnit(
	labels: readonly number[],
	{ unit, limit }: { readonly unit?: keyof typeof LABEL_UNITS | undefined; readonly limit?: number | undefined },
): SettledUnit {
	if (unit !== undefined) {
		const settled = LABEL_UNITS[unit];
		return { unit: settled, limit: limit ?? DEFAULT_POLICY.thresholds[settled]!.slight };
	}
	if (!labels.every((label) => label === 0 || label === OUT_OF_FOCUS)) {
		throw new ArgumentError('unit', 'Labels other than 0 and 1 need a unit: say --unit um or --unit z-level.');
	}
	if (limit === undefined) return { unit: 'score', limit: OUT_OF_FOCUS };
	throw new ArgumentError('limit', 'Labels of 0 and 1 are two classes and need no --limit; with a unit, say --unit.');
}
