/**
 * Pictures with exactly flat regions: in the authors' code, the sign of rounding noise decides whether a flat pixel counts
 * (it depends on the last bits of their taps); here all of them count. Scores of the three filters that mask by sign
 * differ there, by at most `FLAT_TOLERANCE` of their value.
 */
export const FLAT_PICTURES: ReadonlySet<string> = new Set([
	'ramp',
	'leaves',
	'leaves-g1',
	'leaves-g2',
	'leaves-g4',
	'zone-g2',
	'zone-g4',
]);

/** Largest relative deviation on them: 0.0019, HVS-MaxPol-2 of zone-g4. */
export const FLAT_TOLERANCE = 2e-3;
