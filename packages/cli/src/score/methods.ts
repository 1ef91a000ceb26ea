/** What `--method` accepts. Written out, so that help needs no library code; a test holds them against the library. */
export const METHODS = [
	'focuslitenn',
	'mlv',
	'gpc',
	'lpc-si',
	'fqpath',
	'hvs-maxpol-1',
	'hvs-maxpol-2',
	'synthetic-maxpol',
	'sparish',
	'all',
] as const;

/** A model, a metric, or all metrics. */
export type Method = (typeof METHODS)[number];
