/**
 * A knowledge-based metric as a model: its name and the windows it is computed in.
 * @module
 */
import type { SparseDictionary } from '../metrics/sparish/dictionary.ts';

/** Parameters of a metric model. */
export interface MetricDefinition {
	readonly kind: 'metric';
	/** One of `METRICS`. */
	readonly name: string;
	/** SHA-256 of the definition's other fields as text, hex, a dictionary by its file: there are no weights. */
	readonly sha256: string;
	readonly licence: string;
	/** Where the method was published. */
	readonly origin: string;
	/** Side of the square the metric is computed in, and the step to the next. Both change every score. */
	readonly windowPx: number;
	readonly stridePx: number;
	/** What SPARISH puts blocks together from; absent: cosines. */
	readonly dictionary?: SparseDictionary;
	/** No metric was made for certain pixel sizes. */
	readonly mppRange?: undefined;
}
