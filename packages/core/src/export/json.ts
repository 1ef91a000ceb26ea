/**
 * `assessment.json`: the assessment itself.
 * @module
 */
import type { Assessment } from '../assessment.ts';

/**
 * The assessment as JSON text: keys in a fixed order whatever order they were set in (`schema`, `slide` and the verdict
 * first, everything deeper alphabetically), two spaces of indent, a closing line feed.
 */
export function assessmentJson(assessment: Assessment): string {
	return `${JSON.stringify(inOrder(assessment), undefined, 2)}\n`;
}

/** The assessment as one line, for streams of JSON lines. No line feed at the end. */
export function assessmentJsonLine(assessment: Assessment): string {
	return JSON.stringify(inOrder(assessment));
}

const order = [
	'schema',
	'slide',
	'outcome',
	'sentence',
	'reasons',
	'focus',
	'tissue',
	'tiles',
	'worstRegions',
	'map',
	'provenance',
	'timings',
] as const satisfies readonly (keyof Assessment)[];

function inOrder(assessment: Assessment): Record<string, unknown> {
	const known = order.filter((key) => assessment[key] !== undefined).map((key) => [key, sortKeys(assessment[key])]);
	const rest = Object.entries(assessment).filter(([key]) => !(order as readonly string[]).includes(key));
	return Object.fromEntries([...known, ...rest.sort(byKey).map(([key, value]) => [key, sortKeys(value)])]);
}

/** Arrays keep their order: it means something (rank, weight of a reason). */
function sortKeys(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sortKeys);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(byKey);
	return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

/** By code units, so that no locale changes the bytes. */
function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
	return a[0] < b[0] ? -1 : 1;
}
