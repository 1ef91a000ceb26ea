/**
 * The focus map of a phantom slide against the field it was drawn with.
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assess, blurFromDefocus, type FocusModel, VALIDITY } from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';
import { type WritePhantomOptions, writePhantom } from '../phantom/write-phantom.ts';
import { spearman } from './metrics.ts';

/** Cells with at least this share of textured tissue count. */
const LEAST_TISSUE = 0.9;

/** A map against the truth. */
export interface PhantomResult {
	readonly cells: number;
	/** Between map and true defocus over all cells that the map assesses and that are tissue. */
	readonly spearman: number;
	/** Mean map value by true blur radius, px: `upTo` is the upper end of each class. */
	readonly byBlur: readonly {
		readonly upTo: number;
		readonly cells: number;
		readonly meanDefocusUm: number;
		readonly meanTruthUm: number;
	}[];
}

const CLASSES_PX = [0.5, 2, 4, 8, 16, 32, Number.POSITIVE_INFINITY];

/** Writes the phantom to a temporary file, assesses it as a user would, and compares. */
export async function evaluatePhantom(model: FocusModel, options: WritePhantomOptions): Promise<PhantomResult> {
	const folder = await mkdtemp(join(tmpdir(), 'parfocal-phantom-'));
	try {
		const path = join(folder, 'phantom.tif');
		const { truth } = await writePhantom(path, { threads: 0, ...options });
		const slide = await openSlideFile(path);
		try {
			const { map } = await assess(slide, { model });
			const pairs: { value: number; defocusUm: number }[] = [];
			for (let row = 0; row < map.rows; row++) {
				for (let column = 0; column < map.columns; column++) {
					const i = row * map.columns + column;
					if (map.validity[i] !== VALIDITY.assessable) continue;
					const x = map.originXPx + (column + 0.5) * map.stepPx;
					const y = map.originYPx + (row + 0.5) * map.stepPx;
					const cell = Math.floor(y / truth.grid.stepPx) * truth.grid.columns + Math.floor(x / truth.grid.stepPx);
					if (!(truth.grid.tissue[cell]! >= LEAST_TISSUE)) continue;
					pairs.push({ value: map.values[i]!, defocusUm: truth.grid.defocusUm[cell]! });
				}
			}
			return compare(pairs, truth.options.mpp);
		} finally {
			await slide.close?.();
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function compare(pairs: readonly { value: number; defocusUm: number }[], mpp: number): PhantomResult {
	const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
	const byBlur = CLASSES_PX.map((upTo, i) => {
		const from = i === 0 ? -1 : CLASSES_PX[i - 1]!;
		const inside = pairs.filter(({ defocusUm }) => {
			const blur = blurFromDefocus(defocusUm, mpp);
			return blur > from && blur <= upTo;
		});
		return {
			upTo,
			cells: inside.length,
			meanDefocusUm: mean(inside.map(({ value }) => value)),
			meanTruthUm: mean(inside.map(({ defocusUm }) => defocusUm)),
		};
	}).filter(({ cells }) => cells > 0);
	return {
		cells: pairs.length,
		spearman: spearman(
			pairs.map(({ value }) => value),
			pairs.map(({ defocusUm }) => defocusUm),
		),
		byBlur,
	};
}
