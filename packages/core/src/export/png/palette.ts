/**
 * Colours of words and marks around the map. Verdict colours are from Okabe and Ito, "Color Universal Design" (2008),
 * darkened until white text on them has a contrast of at least 4.5 (WCAG 2.2, 1.4.3); each comes with a word and a sign.
 * @module
 */
import type { Outcome } from '../../verdict/policy.ts';
import type { Colour } from './canvas.ts';

/** Text. */
export const INK: Colour = [28, 32, 38];
/** Less important text. */
export const INK_SOFT: Colour = [92, 98, 108];
/** Lines that separate. */
export const RULE: Colour = [222, 225, 230];
/** The sheet. */
export const PAPER: Colour = [255, 255, 255];
/** Outlines of worst regions: a red-purple that neither the map's blue to yellow nor stains have. */
export const REGION: Colour = [200, 20, 110];

/** Background of an outcome's badge. */
export const OUTCOME_COLOURS: Readonly<Record<Outcome, Colour>> = {
	pass: [0, 110, 84],
	review: [138, 94, 0],
	rescan: [176, 58, 0],
	'not-assessable': [86, 92, 102],
};
