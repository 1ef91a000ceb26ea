/**
 * `parfocal calibrate`.
 * @module
 */
import { basename, extname, resolve } from 'node:path';
import { ArgumentError, type Calibration, type FocusModel, formatNumber, modeOf } from '@parfocal/core';
import type { CalibrationSample, LABEL_UNITS, SettledUnit } from '@parfocal/lab';
import { writeWholeFile } from '@parfocal/node';
import { calibrationWords } from '../calibrate/calibration-words.ts';
import { scoreTiles, type TileScoring } from '../calibrate/score-tiles.ts';
import type { Context } from '../context.ts';
import { loadModel } from '../load-model.ts';

/** Flags of `parfocal calibrate`. */
export interface CalibrateFlags {
	readonly labels?: string;
	readonly zstack?: readonly string[];
	readonly out: string;
	readonly name?: string;
	readonly model?: string;
	readonly dictionary?: string;
	readonly unit?: keyof typeof LABEL_UNITS;
	readonly limit?: number;
	readonly sensitivity?: number;
	readonly stepUm?: number;
	readonly bestPlane?: number;
	readonly mpp?: number;
	readonly exact?: boolean;
	readonly seed: number;
	readonly plot?: string;
	readonly json?: boolean;
	readonly quiet?: boolean;
}

/** What a calibration is fitted to. */
interface Learnt extends SettledUnit {
	readonly samples: readonly CalibrationSample[];
	readonly warnings: readonly string[];
	/** Heights of best focus of stacks, in the order of their flags. */
	readonly bestFocus?: readonly number[];
}

type Lab = typeof import('@parfocal/lab');

/** Learns a calibration from labelled tiles or focal stacks, and writes it. */
export default async function calibrateCommand(this: Context, flags: CalibrateFlags): Promise<void> {
	checkFlags(flags);
	const lab = await import('@parfocal/lab');
	const { out, labels, exact, seed, sensitivity, mpp, plot, json = false, quiet = false } = flags;
	const model = await loadModel(flags.model, this.cwd, flags.dictionary);
	try {
		const mode = modeOf(model, exact ? 'exact' : 'fast');
		const scoring: TileScoring = { context: this, model, mode, silent: quiet || json };
		const learnt =
			labels === undefined
				? await fromStacks(flags, this.cwd, scoring, lab)
				: await fromLabels(resolve(this.cwd, labels), flags, scoring, lab);
		const { samples, unit, limit, warnings } = learnt;
		const calibration = await lab.fitCalibration(samples, {
			name: flags.name ?? basename(out, extname(out)),
			model,
			mode,
			source: labels === undefined ? 'z-stack' : 'labels',
			...{ mpp, unit, limit, sensitivity, warnings, seed },
		});
		await write(this, out, `${JSON.stringify(calibration, undefined, 2)}\n`);
		if (plot !== undefined) await write(this, plot, lab.calibrationPlot(calibration, samples));
		say(this, calibration, learnt, flags);
	} finally {
		await model.close?.();
	}
}

function checkFlags({ labels, zstack, unit, stepUm, bestPlane }: CalibrateFlags): void {
	if ((labels === undefined) === (zstack === undefined)) {
		throw new ArgumentError('labels', 'Say what to learn from: either --labels TABLE or --zstack FOLDER.');
	}
	if (labels !== undefined && (stepUm !== undefined || bestPlane !== undefined)) {
		throw new ArgumentError('zstack', '--step-um and --best-plane belong to --zstack, not to --labels.');
	}
	if (zstack === undefined) return;
	if (unit !== undefined) {
		throw new ArgumentError(
			'unit',
			'--unit belongs to --labels: a focal stack is in µm with --step-um, else in steps.',
		);
	}
	if (bestPlane !== undefined && zstack.length > 1) {
		throw new ArgumentError('bestPlane', '--best-plane belongs to one focal stack, not to several.');
	}
}

async function fromLabels(table: string, flags: CalibrateFlags, scoring: TileScoring, lab: Lab): Promise<Learnt> {
	const tiles = await lab.readLabelTable(table);
	const settled = lab.settleUnit(
		tiles.map(({ label }) => label),
		flags,
	);
	const scores = await scoreTiles(
		tiles.map(({ path }) => path),
		scoring,
	);
	const samples = tiles.map(({ label, group }, i) => ({
		score: scores[i]!,
		label,
		...(group !== undefined && { group }),
	}));
	return { samples, ...settled, warnings: [] };
}

async function fromStacks(flags: CalibrateFlags, cwd: string, scoring: TileScoring, lab: Lab): Promise<Learnt> {
	const { zstack = [], stepUm, bestPlane } = flags;
	const stacks = await Promise.all(zstack.map((folder) => lab.findStack(resolve(cwd, folder), stepUm)));
	const unit = stacks[0]!.unit;
	if (stacks.some((stack) => stack.unit !== unit)) {
		throw new ArgumentError('zstack', 'Some stacks say how high their planes are (series.csv) and others do not.');
	}
	const samples: CalibrationSample[] = [];
	const warnings: string[] = [];
	const bestFocus: number[] = [];
	for (const [i, { planes }] of stacks.entries()) {
		const paths = planes.map(({ path }) => path);
		const scores = await scoreTiles(paths, scoring);
		const labelled = lab.labelStack(
			planes.map(({ z }) => z),
			scores.map((score) => blurOf(scoring.model) * score),
			bestPlane,
		);
		bestFocus.push(labelled.best);
		const group = zstack[i]!;
		samples.push(...scores.map((score, plane) => ({ score, label: labelled.labels[plane]!, group })));
		warnings.push(
			...labelled.warnings.map((warning) => (stacks.length > 1 ? `${basename(group)}: ${warning}` : warning)),
		);
	}
	const settled = lab.settleUnit([], { unit: unit === 'um' ? 'um' : 'z-level', limit: flags.limit });
	return { samples, ...settled, warnings, bestFocus };
}

/** The sign that makes scores grow with blur. */
function blurOf({ higherMeans }: FocusModel): 1 | -1 {
	return higherMeans === 'blurrier' ? 1 : -1;
}

async function write({ cwd }: Context, path: string, text: string): Promise<void> {
	await writeWholeFile(resolve(cwd, path), new TextEncoder().encode(text));
}

function say(
	{ process: { stdout } }: Context,
	calibration: Calibration,
	{ bestFocus }: Learnt,
	{ out, json, quiet }: CalibrateFlags,
): void {
	if (json) stdout.write(`${JSON.stringify({ out, ...(bestFocus && { bestFocus }), calibration })}\n`);
	else if (!quiet) {
		const heights = bestFocus?.map((height) => `z = ${formatNumber(height, 3)}`).join(', ');
		const found = heights === undefined ? [] : [['best focus', heights] as const];
		stdout.write(`${calibrationWords(calibration, found)}\n${out}\n`);
	}
}
