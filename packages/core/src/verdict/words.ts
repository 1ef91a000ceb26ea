/**
 * Outcomes, strengths and numbers in the words of a verdict; every file a user keeps says them so.
 * @module
 */
import type { BlurThresholds, Outcome } from './policy.ts';

/** Outcomes as a person reads them. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
	pass: 'Pass',
	review: 'Review',
	rescan: 'Rescan',
	'not-assessable': 'Not assessable',
};

/** Strengths of blur as a person reads them, weakest first. */
export const strengthWords: Readonly<Record<keyof BlurThresholds, string>> = {
	slight: 'Slightly out of focus',
	clear: 'Clearly out of focus',
	strong: 'Strongly out of focus',
};

/**
 * A fraction as a percentage that never rounds something to nothing nor almost all to all.
 * @example
 * ```ts
 * percent(0.1234); // '12 %'
 * percent(0.9996); // 'more than 99.9 %'
 * ```
 */
export function percent(fraction: number): string {
	const value = 100 * fraction;
	if (value > 0 && value < 0.1) return 'less than 0.1 %';
	if (value > 99.9 && value < 100) return 'more than 99.9 %';
	const fine = (value > 0 && value < 10) || (value > 99 && value < 100);
	return `${Number(value.toFixed(fine ? 1 : 0))} %`;
}

/** An area with two or three significant digits: `31 mm²`, `0.25 mm²`. */
export function area(mm2: number): string {
	if (mm2 >= 100) return `${Math.round(mm2)} mm²`;
	if (mm2 >= 10) return `${Number(mm2.toFixed(1))} mm²`;
	return mm2 >= 0.001 ? `${Number(mm2.toPrecision(2))} mm²` : 'less than 0.001 mm²';
}

/** The first letter in upper case. */
export function capitalised(sentence: string): string {
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Where most of something lies, to follow a comma: `mostly upper left`, `in several places`, `all over the tissue`. */
export function placePhrase(place: string): string {
	if (place === 'all over') return 'all over the tissue';
	if (place === 'scattered') return 'in several places';
	if (place === 'centre') return 'mostly in the centre';
	if (place.endsWith(' half')) return `mostly in the ${place}`;
	return `mostly ${place}`;
}
