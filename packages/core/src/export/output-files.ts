/**
 * The files written for a slide.
 * @module
 */

/** File names and what is in each, in the order a reader wants them. `docs/outputs.md` has the details. */
export const OUTPUT_FILES = {
	'report.html': 'This report: verdict, map, worst regions',
	'map.png': 'The focus map over the slide, as a picture',
	'assessment.json': 'Verdict, reasons, numbers and provenance, for programs',
	'regions.geojson': 'Out-of-focus regions as annotations, for QuPath',
	'map.tif': 'The focus map as 32-bit numbers, for QuPath, ImageJ, Python',
	'cells.tsv': 'The focus map as a table, for spreadsheets, R, Python',
	'cells.parquet': 'The same table, typed and compressed, for pandas, DuckDB',
} as const;

/** Name of one of the files. */
export type OutputFile = keyof typeof OUTPUT_FILES;
