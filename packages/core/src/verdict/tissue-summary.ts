/**
 * How much tissue a slide has, and how much of it can be judged.
 * @module
 */
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';
import type { GridSize } from '../tissue/grid.ts';
import { TISSUE_CLASS, type TissueMask } from '../tissue/tissue-mask.ts';

/** Areas of a slide in level-0 px², and shares of what covers the glass (tissue, flat tissue and pen marks together). */
export interface TissueSummary {
	/** Tissue, with or without texture; pen marks are not tissue. */
	readonly tissueAreaPx: number;
	/** Tissue as a part of the slide. */
	readonly fraction: number;
	/** Tissue under places of the map that have a value. */
	readonly assessableAreaPx: number;
	readonly assessableFraction: number;
	readonly littleTextureFraction: number;
	readonly penMarkFraction: number;
}

/** Areas from the mask; what can be judged from the map. */
export function summariseTissue(mask: TissueMask, map: FocusMap, slideSize: GridSize): TissueSummary {
	const area = [0, 0, 0, 0];
	for (let y = 0, i = 0; y < mask.heightPx; y++) {
		const high = Math.max(0, Math.min(mask.downsampleY, slideSize.heightPx - y * mask.downsampleY));
		for (let x = 0; x < mask.widthPx; x++, i++) {
			const wide = Math.max(0, Math.min(mask.downsampleX, slideSize.widthPx - x * mask.downsampleX));
			area[mask.classes[i]!] = area[mask.classes[i]!]! + wide * high;
		}
	}
	const [tissue, flat, pen] = [TISSUE_CLASS.tissue, TISSUE_CLASS.littleTexture, TISSUE_CLASS.penMark].map(
		(code) => area[code]!,
	) as [number, number, number];
	let places = 0;
	for (let i = 0; i < map.validity.length; i++) {
		if (map.validity[i] === VALIDITY.assessable) places += map.tissueFraction[i]!;
	}
	const assessableAreaPx = places * map.stepPx ** 2;
	const covered = tissue + flat + pen;
	const share = (part: number) => (covered === 0 ? 0 : Math.min(1, part / covered));
	return {
		tissueAreaPx: tissue + flat,
		fraction: (tissue + flat) / (slideSize.widthPx * slideSize.heightPx),
		assessableAreaPx,
		assessableFraction: share(assessableAreaPx),
		littleTextureFraction: share(flat),
		penMarkFraction: share(pen),
	};
}
