/**
 * Micrometres per pixel: what is believable, and who says so.
 * @module
 */
import { ArgumentError } from '../errors.ts';
import type { Mpp } from './slide.ts';

/**
 * Believable range of micrometres per pixel. 0.05 is beyond a 100x oil objective; 20 is a macro camera. Values outside
 * are junk, such as the 352.8 of a TIFF that says 72 dpi.
 */
export const mppRange = { least: 0.05, most: 20 } as const;

/** What the header says, as far as it says it. */
export interface MppFacts {
	/** Micrometres per pixel by the header, and where it stands there (`MPP`, `XResolution` …). */
	readonly tag?: { readonly x: number; readonly y: number; readonly from: string } | undefined;
	readonly objectivePower?: number | undefined;
}

/** Pixel size given by the user: one number, or one an axis. */
export type UserMpp = number | { readonly x: number; readonly y: number };

/**
 * Checks what a user gives.
 * @throws {ArgumentError} outside of `mppRange`.
 */
export function checkUserMpp(mpp: UserMpp): Mpp {
	const { x, y } = typeof mpp === 'number' ? { x: mpp, y: mpp } : mpp;
	for (const value of [x, y]) {
		if (isBelievable(value)) continue;
		const message = `A pixel size of ${value} µm cannot be right: give micrometres per pixel between ${mppRange.least} and ${mppRange.most}, e.g. 0.25 for 40x.`;
		throw new ArgumentError('mpp', message);
	}
	return { x, y, source: 'user' };
}

/**
 * The pixel size to use: the user's, else the header's, else an estimate from the objective (10 µm divided by its power,
 * the usual camera: 0.5 at 20x, 0.25 at 40x), else none. Everything but a sound tag adds a sentence to `warnings`.
 */
export function chooseMpp(facts: MppFacts, user: Mpp | undefined, warnings: string[]): Mpp | undefined {
	const { tag, objectivePower } = facts;
	if (user !== undefined) return user;
	if (tag !== undefined && isBelievable(tag.x) && isBelievable(tag.y)) return { x: tag.x, y: tag.y, source: 'tag' };
	const said =
		tag === undefined
			? 'The header has no pixel size'
			: `The pixel size in the header (${tag.from}: ${round(tag.x)} x ${round(tag.y)} µm) is not believable`;
	const estimate = objectivePower === undefined ? Number.NaN : 10 / objectivePower;
	if (isBelievable(estimate)) {
		warnings.push(`${said}; ${round(estimate)} µm is estimated from the ${objectivePower}x objective.`);
		return { x: estimate, y: estimate, source: 'estimated' };
	}
	warnings.push(`${said}; sizes in µm and mm² are unknown unless you give the pixel size yourself.`);
	return undefined;
}

function isBelievable(mpp: number): boolean {
	return mpp >= mppRange.least && mpp <= mppRange.most;
}

function round(value: number): number {
	return Number(value.toPrecision(4));
}
