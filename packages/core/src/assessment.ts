/**
 * An assessment: what Parfocal says of one slide. A plain object that is also the JSON file users keep; its JSON Schema
 * is published with the project. The same slide, model and settings give the same object, `timings` aside.
 * @module
 */
import type { CalibrationIdentity } from './calibration/calibration.ts';
import type { ScoreUnit } from './focus/focus-model.ts';
import type { RectPx } from './image/pixels.ts';
import type { BlurThresholds, Outcome } from './verdict/policy.ts';

/** Why the outcome is what it is: data for machines, a sentence for people. */
export interface Reason {
	/**
	 * `out-of-focus`, `out-of-focus-region`, `in-focus`, `little-tissue`, `no-tissue`, `unreadable-tiles`, `not-calibrated`,
	 * `little-texture`, `pen-marks`, `mpp-unknown`, `mpp-outside-model`,
	 * `mpp-outside-calibration`, `calibration-ends-early`.
	 */
	readonly code: string;
	/** What this reason alone leads to; `note` changes nothing. */
	readonly leadsTo: Outcome | 'note';
	/** E.g. "12 % of the tissue, 31 mm², is out of focus, mostly upper left." */
	readonly sentence: string;
	readonly fraction?: number;
	readonly areaMm2?: number;
	/** `upper left`, `upper`, `centre`, `left half`, … `all over`, `scattered`: see `placeInWords`. */
	readonly place?: string;
	readonly strength?: keyof BlurThresholds;
}

/** A square worth looking at: much out-of-focus tissue, ranked worst first, none overlapping another. */
export interface WorstRegion {
	readonly rank: number;
	/** Level-0 pixels. */
	readonly rect: RectPx;
	/** Mean map value over its assessable places. */
	readonly value: number;
	/** Of that mean; `slight` when blurry and sharp places share the rectangle and the mean is in focus. */
	readonly strength: keyof BlurThresholds;
	/** Of the tissue in the rectangle that is out of focus. */
	readonly areaMm2?: number;
	readonly place: string;
	/** A sharp place of equal size nearby to compare with, level-0 pixels; absent when there is none. */
	readonly sharpNeighbour?: RectPx;
}

/** Assessable tissue by focus. Fractions are of the assessable tissue and add to 1. */
export interface FocusSummary {
	readonly inFocusFraction: number;
	readonly slightFraction: number;
	readonly clearFraction: number;
	readonly strongFraction: number;
	/** Percentiles of the map over assessable tissue, weighted by tissue and counted from the sharpest value. */
	readonly median: number;
	readonly percentile95: number;
}

/** See the module. */
export interface Assessment {
	/** Version of this shape. */
	readonly schema: 'parfocal-assessment-1';
	readonly slide: {
		/** File name without folders. */
		readonly name: string;
		readonly format: string;
		readonly vendor: string;
		readonly widthPx: number;
		readonly heightPx: number;
		readonly mpp?: { readonly x: number; readonly y: number; readonly source: string };
		readonly objectivePower?: number;
	};
	readonly outcome: Outcome;
	/** The verdict in one sentence. */
	readonly sentence: string;
	readonly reasons: readonly Reason[];
	/** Absent when there is nothing to assess or no threshold for the model's unit. */
	readonly focus?: FocusSummary;
	readonly tissue: {
		readonly source: 'detected' | 'roi';
		/** mm² are absent when the pixel size is unknown. */
		readonly areaMm2?: number;
		/** Of the slide's area; with or without texture, without pen marks. */
		readonly fraction: number;
		/**
		 * Parts of what lies on the glass (tissue and pen marks): has a map value, has too little texture, is under a pen mark
		 * or dirt. What is missing to 1 could not be read or lies at rims.
		 */
		readonly assessableFraction: number;
		readonly littleTextureFraction: number;
		readonly penMarkFraction: number;
	};
	readonly tiles: {
		readonly total: number;
		readonly measured: number;
		readonly unreadable: number;
		/** At most ten, as sentences. */
		readonly examples: readonly string[];
	};
	readonly worstRegions: readonly WorstRegion[];
	readonly map: {
		readonly stepPx: number;
		readonly windowPx: number;
		readonly columns: number;
		readonly rows: number;
		readonly unit: ScoreUnit;
		readonly higherMeans: 'blurrier' | 'sharper';
		/** The policy's thresholds for this unit, so that every file drawn from the map names them; absent when it has none. */
		readonly thresholds?: BlurThresholds;
		/** The optics a `defocusUm` value assumes, in words. */
		readonly note?: string;
	};
	readonly provenance: {
		readonly software: string;
		readonly model: {
			readonly name: string;
			readonly sha256: string;
			readonly licence: string;
			readonly origin: string;
		};
		/** What gave the map its unit; absent when that is the model's own. */
		readonly calibration?: CalibrationIdentity;
		readonly policy: { readonly name: string; readonly sha256: string };
		/** SHA-256 of the settings that can change the result. */
		readonly settingsSha256: string;
		readonly reader: string;
		readonly mode: 'fast' | 'exact';
		readonly warnings: readonly string[];
	};
	/** Milliseconds; the only part that differs between runs. */
	readonly timings?: Readonly<Record<string, number>>;
}
