/**
 * `assessment.json`: the assessment itself.
 * @module
 */
import type { Assessment } from '../assessment.ts';

/**
 * The assessment as JSON text: keys in one order whatever order they were set in (what a person looks for first), two
 * spaces of indent, a closing line feed.
 */
export function assessmentJson(assessment: Assessment): string {
	return `${JSON.stringify(inOrder(assessment), undefined, 2)}\n`;
}

/** The assessment as one line, for streams of JSON lines. No line feed at the end. */
export function assessmentJsonLine(assessment: Assessment): string {
	return JSON.stringify(inOrder(assessment));
}

/** Keys of an assessment in the order of reading, on every level. A key that is not here comes last, alphabetically. */
const ORDER: readonly string[] = [
	...['schema', 'slide', 'outcome', 'sentence', 'reasons', 'focus', 'tissue', 'tiles', 'worstRegions'],
	...['map', 'provenance', 'timings'],
	// slide, rectangles
	...['name', 'format', 'vendor', 'x', 'y', 'widthPx', 'heightPx', 'mpp', 'objectivePower'],
	// reasons, worst regions
	...['code', 'leadsTo', 'rank', 'rect', 'value', 'strength', 'fraction', 'areaMm2', 'place', 'sharpNeighbour'],
	// focus, tissue, tiles
	...['inFocusFraction', 'slightFraction', 'clearFraction', 'strongFraction', 'median', 'percentile95'],
	...['assessableFraction', 'littleTextureFraction', 'penMarkFraction'],
	...['total', 'measured', 'unreadable', 'examples'],
	// map
	...[
		'unit',
		'higherMeans',
		'thresholds',
		'slight',
		'clear',
		'strong',
		'stepPx',
		'windowPx',
		'columns',
		'rows',
		'note',
	],
	// provenance
	...[
		'software',
		'model',
		'calibration',
		'policy',
		'settingsSha256',
		'reader',
		'mode',
		'warnings',
		'sha256',
		'licence',
		'origin',
	],
	'source',
];

/** Lists keep their order: it means something (rank, weight of a reason). */
function inOrder(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(inOrder);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}

function rankOf(key: string): number {
	const rank = ORDER.indexOf(key);
	return rank === -1 ? ORDER.length : rank;
}
