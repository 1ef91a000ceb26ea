/**
 * A policy: the numbers that turn a focus map into an outcome. Presets and users' files share this shape.
 * @module
 */
import type { ScoreUnit } from '../focus/focus-model.ts';

/** What to do with the slide. */
export type Outcome = 'pass' | 'review' | 'rescan' | 'not-assessable';

/** From which map value tissue counts as slightly, clearly and strongly out of focus; one triple for each unit. */
export interface BlurThresholds {
	readonly slight: number;
	readonly clear: number;
	readonly strong: number;
}

/** A limit: it is broken when the fraction of assessable tissue or the area passes it, whichever is stated and first. */
export interface Limit {
	readonly outcome: 'review' | 'rescan';
	/** Counts tissue at least this blurry. */
	readonly atLeast: keyof BlurThresholds;
	/** Of the assessable tissue, 0..1. */
	readonly fraction?: number;
	/** Of one connected region, mm². */
	readonly regionAreaMm2?: number;
	/** Why this number. */
	readonly why: string;
}

/** A verdict policy. */
export interface Policy {
	readonly name: string;
	readonly description: string;
	/** Thresholds by unit; a model whose unit is missing here gets a map but no verdict. */
	readonly thresholds: Readonly<Partial<Record<ScoreUnit, BlurThresholds & { readonly why: string }>>>;
	readonly limits: readonly Limit[];
	/** Less assessable tissue than this (mm²; px² when the pixel size is unknown, at an assumed 0.25 µm/px) gives `not-assessable`. */
	readonly minimumAssessableMm2: { readonly value: number; readonly why: string };
	/** A larger fraction of tissue tiles unreadable than this gives `review`. */
	readonly maximumUnreadableFraction: { readonly value: number; readonly why: string };
	/** Worst regions to report. */
	readonly worstRegions: number;
}
