/**
 * Holding a map against a policy's limits.
 * @module
 */
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';
import { placeInWords } from '../map/place.ts';
import { connectedRegions } from '../tissue/grid.ts';
import type { BlurThresholds, Limit } from './policy.ts';
import { STRENGTHS, strengthCodes } from './strength.ts';

/** Tissue at least as blurry as one threshold. */
export interface BlurExtent {
	readonly atLeast: keyof BlurThresholds;
	/** Of the assessable tissue. */
	readonly fraction: number;
	/** In whole places of the map. */
	readonly places: number;
	/** In words; undefined when there is none. */
	readonly place: string | undefined;
	/** The largest connected region of it. */
	readonly largest: { readonly places: number; readonly fraction: number; readonly place: string | undefined };
}

/** How far each strength of blur reaches, weakest first. */
export function blurExtents(map: FocusMap, thresholds: BlurThresholds): BlurExtent[] {
	const codes = strengthCodes(map, thresholds);
	const tissue = (i: number) => (map.validity[i] === VALIDITY.assessable ? map.tissueFraction[i]! : 0);
	let assessable = 0;
	for (let i = 0; i < codes.length; i++) assessable += tissue(i);
	return STRENGTHS.map((atLeast, level) => {
		const blurry = codes.map((code) => Number(code > level));
		let places = 0;
		for (let i = 0; i < codes.length; i++) if (blurry[i]) places += tissue(i);
		let largest = 0;
		let members: Int32Array = new Int32Array(0);
		for (const { indices } of connectedRegions(blurry, { widthPx: map.columns, heightPx: map.rows })) {
			const size = indices.reduce((sum, i) => sum + tissue(i), 0);
			if (size <= largest) continue;
			largest = size;
			members = indices;
		}
		const inLargest = new Uint8Array(codes.length);
		for (const i of members) inLargest[i] = 1;
		const share = (size: number) => (assessable === 0 ? 0 : size / assessable);
		return {
			atLeast,
			fraction: share(places),
			places,
			place: placeInWords(map, (i) => blurry[i] === 1),
			largest: {
				places: largest,
				fraction: share(largest),
				place: placeInWords(map, (i) => inLargest[i] === 1),
			},
		};
	});
}

/** A limit that is broken, and whether by the fraction or by one region's area. */
export interface BrokenLimit {
	readonly limit: Limit;
	readonly by: 'fraction' | 'region';
	readonly extent: BlurExtent;
}

/** The limits that the extents break, in the policy's order. A fraction or area equal to its limit breaks it. */
export function brokenLimits(
	limits: readonly Limit[],
	extents: readonly BlurExtent[],
	mm2PerPlace: number,
): BrokenLimit[] {
	return limits.flatMap((limit): BrokenLimit[] => {
		const extent = extents.find(({ atLeast }) => atLeast === limit.atLeast)!;
		if (extent.places === 0) return [];
		if (limit.fraction !== undefined && extent.fraction >= limit.fraction) return [{ limit, by: 'fraction', extent }];
		const { regionAreaMm2 } = limit;
		if (regionAreaMm2 === undefined || extent.largest.places * mm2PerPlace < regionAreaMm2) return [];
		return [{ limit, by: 'region', extent }];
	});
}
