/**
 * A made-up assessment with its map, mask and thumbnail, for the tests of everything that writes one.
 * @module
 */
import type { Assessment } from '../../assessment.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { type FocusMap } from '../../map/focus-map.ts';
import { type TissueMask } from '../../tissue/tissue-mask.ts';
/** What `assess()` gives. */
export interface Example {
	readonly assessment: Assessment;
	readonly map: FocusMap;
	readonly mask: TissueMask;
	readonly thumbnail: RgbImage;
}
/** Options of `exampleResult`. */
export interface ExampleOptions {
	readonly columns?: number;
	readonly rows?: number;
	readonly name?: string;
	/** False leaves the pixel size unknown. Default true. */
	readonly mpp?: boolean;
	/** Strongest defocus in µm; 0 makes a slide in focus. Default 6. */
	readonly worst?: number;
	readonly unit?: FocusMap['unit'];
	readonly outcome?: Assessment['outcome'];
}
/** An island of tissue with a patch out of focus right of its middle, a hole without texture, a pen mark and an unreadable tile. */
export declare function exampleResult(options?: ExampleOptions): Example;
