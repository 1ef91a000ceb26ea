/**
 * What is known of FocusPath: 9 slides x 2 strips x 30 positions x 16 slices = 8,640 patches, and which slice of each stack
 * is the sharpest. z counts slices from there.
 *
 * The best slices are facts of the published list (github.com/mahdihosseini/DARTS-FQA, focuspath_full_metadata.csv, MIT);
 * the rows it lacks follow from the same rule.
 * @module
 */

/** Slides, strips a slide, positions a strip, slices a position. */
export const FOCUSPATH_SLIDES = 9;
export const FOCUSPATH_STRIPS = 2;
export const FOCUSPATH_POSITIONS = 30;
export const FOCUSPATH_SLICES = 16;

/** Patches of the whole set. */
export const FOCUSPATH_PATCHES: number = FOCUSPATH_SLIDES * FOCUSPATH_STRIPS * FOCUSPATH_POSITIONS * FOCUSPATH_SLICES;

/** By slide and strip: the best slice of each position, a hexadecimal digit each. */
const BEST_SLICES: readonly (readonly [string, string])[] = [
	['988898999898898898888988a98999', 'a9a9a99a9aaa9aaaaa9998aaaaaa99'],
	['9aa789999a99a99787a9899a989899', '99989999999998bbbb99b8b9bbb999'],
	['688685757688584684884776688878', '775787677777676787677768776767'],
	['788887888788879888888888878788', '887776686878884788488878887686'],
	['999999979999779999997999997999', '999999998999999999999999999999'],
	['999983299996898996989998989989', '999939799978994394877897987999'],
	['79a779777787777777987877877878', '986867647977887788489987856848'],
	['688688996888688997889986886666', '999699499996999996979669576996'],
	['686887688999889898996a88696686', '7a897799679aa8a8669a78a74b87a7'],
];

/** A patch's place in FocusPath, as its name says. */
export interface FocusPathPlace {
	/** From 1. */
	readonly slide: number;
	/** From 0. */
	readonly strip: number;
	/** From 1. */
	readonly slice: number;
	/** From 1. */
	readonly position: number;
}

const NAME = /^Slide(\d+)_Strip(\d+)_Slice(\d+)_Position(\d+)$/i;

/** The place that a file name without ending states; undefined for other names. */
export function parseFocusPathName(stem: string): FocusPathPlace | undefined {
	const match = NAME.exec(stem);
	if (!match) return undefined;
	const [slide, strip, slice, position] = match.slice(1).map(Number) as [number, number, number, number];
	return { slide, strip, slice, position };
}

/** The sharpest slice of a place's stack in the published set; undefined for places that it does not have. */
export function publishedBestSlice({ slide, strip, position }: FocusPathPlace): number | undefined {
	const digit = BEST_SLICES[slide - 1]?.[strip]?.[position - 1];
	return digit === undefined ? undefined : Number.parseInt(digit, 16);
}
