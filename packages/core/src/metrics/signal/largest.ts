/**
 * The largest of many values without sorting them all.
 * @module
 */

/** Classes that values are counted into; only the one at the boundary is sorted. */
const CLASSES = 4096;

/**
 * The `count` largest values (all, when there are fewer), the smallest classes first. No value is NaN.
 * The time is in proportion to their number unless nearly all of them crowd in a 4096th of their range.
 */
export function largestOf(values: Float64Array, count: number): Float64Array {
	const wanted = Math.min(values.length, Math.max(0, count));
	let minimum = Number.POSITIVE_INFINITY;
	let maximum = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < values.length; i++) {
		minimum = Math.min(minimum, values[i]!);
		maximum = Math.max(maximum, values[i]!);
	}
	const perUnit = (CLASSES - 1) / (maximum - minimum);
	if (wanted === values.length || !Number.isFinite(perUnit)) return values.slice(values.length - wanted).sort();
	const classes = new Int32Array(CLASSES);
	for (let i = 0; i < values.length; i++) classes[((values[i]! - minimum) * perUnit) | 0]!++;
	let boundary = CLASSES - 1;
	let above = 0;
	while (above + classes[boundary]! < wanted) above += classes[boundary--]!;
	// One more place each: what is written there is overwritten by the next value or left over at the end.
	const larger = new Float64Array(above + 1);
	const tied = new Float64Array(classes[boundary]! + 1);
	let largerCount = 0;
	let tiedCount = 0;
	for (let i = 0; i < values.length; i++) {
		const value = values[i]!;
		const place = ((value - minimum) * perUnit) | 0;
		larger[largerCount] = value;
		tied[tiedCount] = value;
		largerCount += Number(place > boundary);
		tiedCount += Number(place === boundary);
	}
	const result = new Float64Array(wanted);
	result.set(
		tied
			.subarray(0, tiedCount)
			.sort()
			.subarray(tiedCount - (wanted - above)),
	);
	result.set(larger.subarray(0, above), wanted - above);
	return result;
}
