/**
 * Holding a map against a policy's limits.
 * @module
 */
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';
import { type Extent, placeInWords, tissueExtent } from '../map/place.ts';
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
	const { validity, tissueFraction } = map;
	const extent = tissueExtent(map);
	let assessable = 0;
	for (let i = 0; i < codes.length; i++) if (validity[i] === VALIDITY.assessable) assessable += tissueFraction[i]!;
	const share = (places: number) => (assessable === 0 ? 0 : places / assessable);
	return STRENGTHS.map((atLeast, level) => {
		const blurry = new Uint8Array(codes.length);
		let places = 0;
		for (let i = 0; i < codes.length; i++) {
			if (codes[i]! <= level) continue;
			blurry[i] = 1;
			places += tissueFraction[i]!;
		}
		if (places === 0) return { atLeast, fraction: 0, places, place: undefined, largest: NOWHERE };
		const place = placeInWords(map, (i) => blurry[i] === 1, extent);
		return { atLeast, fraction: share(places), places, place, largest: largestRegion(map, blurry, share, extent) };
	});
}

const NOWHERE: BlurExtent['largest'] = { places: 0, fraction: 0, place: undefined };

function largestRegion(
	map: FocusMap,
	blurry: Uint8Array,
	share: (places: number) => number,
	extent: Extent | undefined,
): BlurExtent['largest'] {
	const { labels, list } = connectedRegions(blurry, { widthPx: map.columns, heightPx: map.rows });
	const sizes = new Float64Array(list.length);
	for (let i = 0; i < labels.length; i++) {
		const label = labels[i]!;
		if (label >= 0) sizes[label] = sizes[label]! + map.tissueFraction[i]!;
	}
	const places = sizes.reduce((most, size) => Math.max(most, size), 0);
	const label = sizes.indexOf(places);
	const place = placeInWords(map, (i) => labels[i] === label, extent);
	return { places, fraction: share(places), place };
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
