/**
 * "Did you mean": the known name nearest to a mistyped one.
 * @module
 */

/** Names longer than this are not compared: nobody mistypes them. */
const LONGEST = 100;

/**
 * The known name that takes the fewest edits to reach, or one that `name` is a part of; undefined when none is near.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
	const wanted = name.toLowerCase();
	if (wanted === '' || wanted.length > LONGEST) return undefined;
	const ranked = known
		.map((candidate) => ({ candidate, edits: editDistance(wanted, candidate.toLowerCase().slice(0, LONGEST)) }))
		.sort((a, b) => a.edits - b.edits);
	const best = ranked[0];
	if (best !== undefined && best.edits <= Math.max(1, Math.floor(wanted.length / 3))) return best.candidate;
	return known.find((candidate) => candidate.toLowerCase().includes(wanted));
}

/** Insertions, deletions and replacements from `a` to `b` (Levenshtein). */
function editDistance(a: string, b: string): number {
	let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const current = [i];
		for (let j = 1; j <= b.length; j++) {
			const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
			current.push(Math.min(replace, previous[j]! + 1, current[j - 1]! + 1));
		}
		previous = current;
	}
	return previous[b.length]!;
}
