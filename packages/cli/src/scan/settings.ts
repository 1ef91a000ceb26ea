/**
 * What `parfocal scan` is told once for all slides.
 * @module
 */

import { resolve } from 'node:path';
import {
	ArgumentError,
	type Calibration,
	type FocusModel,
	isParfocalError,
	type Level,
	type Policy,
	parsePolicy,
	policyNamed,
	type RgbImage,
	roiFromGeoJson,
	roiFromMask,
	type TissueMask,
} from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';
import type { Context } from '../context.ts';
import { loadCalibration } from '../load-calibration.ts';
import { loadModel } from '../load-model.ts';
import { readFlagFile } from '../read-file.ts';

const MAXIMUM_POLICY_BYTES = 200_000;
const MAXIMUM_GEOJSON_BYTES = 128 * 2 ** 20;
/** A mask of this side is finer than any use of it. */
const MAXIMUM_MASK_SIDE_PX = 16_384;

/** The model, the policy, the mode, and where to look. */
export interface ScanSettings {
	readonly model: FocusModel;
	readonly calibration: Calibration | undefined;
	readonly policy: Policy;
	readonly mode: 'fast' | 'exact';
	/** The region of interest on a slide of that size; undefined when none was given. */
	roiOn(level: Level): TissueMask | undefined;
}

/** Loads what the flags name. @throws {ArgumentError | ModelError | PolicyError} when that cannot be used. */
export async function loadSettings(
	flags: {
		readonly model?: string | undefined;
		readonly dictionary?: string | undefined;
		readonly calibration?: string | undefined;
		readonly policy: string;
		readonly roi?: string | undefined;
		readonly exact?: boolean | undefined;
	},
	context: Pick<Context, 'cwd'>,
): Promise<ScanSettings> {
	const model = await loadModel(flags.model, context.cwd, flags.dictionary);
	const mode = flags.exact ? 'exact' : 'fast';
	return {
		model,
		calibration: await loadCalibration(flags.calibration, model, mode, context.cwd),
		policy: await loadPolicy(flags.policy, context),
		mode,
		roiOn: flags.roi === undefined ? () => undefined : await loadRoi(flags.roi, context),
	};
}

/** A preset by its name, or the policy in a JSON file. */
export async function loadPolicy(nameOrFile: string, { cwd }: Pick<Context, 'cwd'>): Promise<Policy> {
	if (!/[./\\]/.test(nameOrFile)) return policyNamed(nameOrFile);
	const bytes = await readFlagFile('policy', nameOrFile, cwd, MAXIMUM_POLICY_BYTES);
	return parsePolicy(new TextDecoder().decode(bytes), nameOrFile);
}

/** Regions from GeoJSON text, or from a picture of the whole slide. */
async function loadRoi(path: string, { cwd }: Pick<Context, 'cwd'>): Promise<ScanSettings['roiOn']> {
	const bytes = await readFlagFile('roi', path, cwd, MAXIMUM_GEOJSON_BYTES);
	if (startsLikeJson(bytes)) {
		const text = new TextDecoder().decode(bytes);
		return (level) => asRoiFault(path, () => roiFromGeoJson(text, level));
	}
	const mask = await readMask(resolve(cwd, path), path);
	return (level) => asRoiFault(path, () => roiFromMask(mask, level));
}

function startsLikeJson(bytes: Uint8Array): boolean {
	const head = new TextDecoder().decode(bytes.subarray(0, 256)).trimStart();
	return head.startsWith('{') || head.startsWith('[');
}

async function readMask(full: string, path: string): Promise<RgbImage> {
	try {
		const picture = await openSlideFile(full);
		try {
			const { widthPx, heightPx } = picture.levels[0]!;
			if (Math.max(widthPx, heightPx) > MAXIMUM_MASK_SIDE_PX) {
				throw new ArgumentError(
					'roi',
					`The mask ${path} is larger than ${MAXIMUM_MASK_SIDE_PX} px a side. Make it smaller.`,
				);
			}
			return await picture.readRegion(0, { x: 0, y: 0, widthPx, heightPx });
		} finally {
			await picture.close();
		}
	} catch (cause) {
		if (!isParfocalError(cause, 'read', 'format')) throw cause;
		throw new ArgumentError('roi', `--roi ${path} is neither GeoJSON nor a picture: ${cause.message}`, { cause });
	}
}

/** A region that cannot be used is a fault of the command line, not of the slide. */
function asRoiFault(path: string, make: () => TissueMask): TissueMask {
	try {
		return make();
	} catch (cause) {
		if (!isParfocalError(cause)) throw cause;
		throw new ArgumentError('roi', `--roi ${path} cannot be used: ${cause.message}`, { cause });
	}
}
