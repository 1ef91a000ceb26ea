/**
 * `parfocal filter`.
 * @module
 */
import { extname, resolve } from 'node:path';
import {
	ArgumentError,
	type AssessmentResult,
	assess,
	formatNumber,
	type Policy,
	type RectPx,
	WriteError,
} from '@parfocal/core';
import {
	createWorkerPool,
	focusOfTiles,
	openSlideFile,
	openTileFile,
	type TileFocus,
	writeWholeFile,
} from '@parfocal/node';
import type { Context } from '../context.ts';
import { isAddress } from '../expand-paths.ts';
import { loadModel } from '../load-model.ts';
import { createProgress } from '../progress.ts';
import { loadPolicy } from '../scan/settings.ts';

/** Flags of `parfocal filter`. */
export interface FilterFlags {
	readonly coords: string;
	readonly slide: string;
	readonly out: string;
	readonly maxBlurriness?: number;
	readonly unassessable: 'keep' | 'drop';
	readonly patchSize?: number;
	readonly scores?: string;
	readonly model?: string;
	readonly policy: string;
	readonly mpp?: number;
	readonly json?: boolean;
	readonly quiet?: boolean;
}

/** Keeps the tiles that are sharp enough. */
export default async function filter(this: Context, flags: FilterFlags): Promise<void> {
	const { coords, out, unassessable, scores, quiet = false, json = false } = flags;
	const [source, target] = [resolve(this.cwd, coords), resolve(this.cwd, out)];
	refuseTargets(coords, out, source === target);
	const policy = await loadPolicy(flags.policy, this);
	const { result, tiles, write } = await measure(this, flags, source, policy);
	const { unit, higherMeans } = result.map;
	if (higherMeans !== 'blurrier') {
		throw new ArgumentError(
			'model',
			`Scores of ${flags.model} grow with sharpness. Choose a model whose scores grow with blur.`,
		);
	}
	const limit = flags.maxBlurriness ?? policy.thresholds[unit]?.clear;
	if (limit === undefined) {
		throw new ArgumentError('max-blurriness', `The policy has no threshold in ${unit}. Say one with --max-blurriness.`);
	}
	const focus = focusOfTiles(result.map, tiles);
	const keep = focus.map(({ blurriness }) =>
		Number.isNaN(blurriness) ? unassessable === 'keep' : blurriness <= limit,
	);
	await write(
		target,
		keep.flatMap((own, i) => (own ? [i] : [])),
	);
	if (scores !== undefined) {
		await writeWholeFile(resolve(this.cwd, scores), new TextEncoder().encode(scoresTable(tiles, focus, keep)));
	}
	const unknown = focus.filter(({ blurriness }) => Number.isNaN(blurriness)).length;
	const kept = keep.filter(Boolean).length;
	const blurry = focus.filter(({ blurriness }) => blurriness > limit).length;
	const { stdout } = this.process;
	const facts = { out, tiles: tiles.length, kept, blurry, unassessable: unknown, maxBlurriness: limit, unit };
	if (json) stdout.write(`${JSON.stringify(facts)}\n`);
	else if (!quiet) stdout.write(inWords(facts, flags.unassessable));
}

/** A file of another kind, or the input itself, is not written to. */
function refuseTargets(coords: string, out: string, same: boolean): void {
	if (same) throw new WriteError(out, 'exists', `${out} is the file that is filtered. Choose another with --out.`);
	if (extname(coords).toLowerCase() === extname(out).toLowerCase()) return;
	throw new ArgumentError('out', `${out} must be of the same kind as ${coords}: end it in ${extname(coords)}.`);
}

interface Measured {
	readonly result: AssessmentResult;
	readonly tiles: readonly RectPx[];
	readonly write: (path: string, kept: readonly number[]) => Promise<void>;
}

async function measure(context: Context, flags: FilterFlags, source: string, policy: Policy): Promise<Measured> {
	const { cwd, signal } = context;
	const path = isAddress(flags.slide) ? flags.slide : resolve(cwd, flags.slide);
	const mpp = flags.mpp === undefined ? {} : { mpp: flags.mpp };
	const model = await loadModel(flags.model, cwd);
	const slide = await openSlideFile(path, { ...mpp, signal });
	const progress = createProgress(context.process.stderr, !(flags.quiet || flags.json));
	try {
		const downsamples = slide.levels.map(({ downsample }) => downsample);
		const file = await openTileFile(source, { tilePx: flags.patchSize, downsamples });
		refuseForeign(file.tiles, slide.levels[0]!, flags);
		await using pool = createWorkerPool();
		progress.start(flags.slide);
		const result = await assess(slide, {
			model,
			policy,
			measurer: pool.measurer(path, mpp),
			signal,
			onProgress: (phase, done, total) => phase === 'measure' && progress.update(done, total),
		});
		return { result, tiles: file.tiles, write: file.write };
	} finally {
		progress.clear();
		await slide.close();
	}
}

/** Tiles that all lie outside were cut from another slide, or on another level. */
function refuseForeign(
	tiles: readonly RectPx[],
	{ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
	{ coords, slide }: FilterFlags,
): void {
	const outside = tiles.filter(
		(tile) => tile.x >= widthPx || tile.y >= heightPx || tile.x + tile.widthPx <= 0 || tile.y + tile.heightPx <= 0,
	);
	if (outside.length === 0) return;
	const { x, y } = outside[0]!;
	throw new ArgumentError(
		'coords',
		`${outside.length} of ${tiles.length} tiles of ${coords} lie outside ${slide} (${widthPx} x ${heightPx} px), the first at ${x}, ${y}. Coordinates must be level-0 pixels of that slide.`,
	);
}

function scoresTable(tiles: readonly RectPx[], focus: readonly TileFocus[], keep: readonly boolean[]): string {
	const rows = tiles.map(({ x, y, widthPx, heightPx }, i) => {
		const { blurriness, assessable } = focus[i]!;
		const score = Number.isNaN(blurriness) ? '' : blurriness.toFixed(4);
		return [x, y, widthPx, heightPx, score, assessable.toFixed(3), keep[i] ? 1 : 0].join(',');
	});
	return `${['x,y,width,height,blurriness,assessable,kept', ...rows].join('\n')}\n`;
}

interface Facts {
	readonly out: string;
	readonly tiles: number;
	readonly kept: number;
	readonly blurry: number;
	readonly unassessable: number;
	readonly maxBlurriness: number;
	readonly unit: string;
}

const UNITS: Readonly<Record<string, string>> = {
	defocusUm: 'µm out of focus',
	blurRadiusPx: 'px of blur',
	zLevel: 'z-levels',
};

function inWords(
	{ out, tiles, kept, blurry, unassessable, maxBlurriness, unit }: Facts,
	what: 'keep' | 'drop',
): string {
	const number = (count: number): string => count.toLocaleString('en-US');
	const unknown =
		unassessable === 0
			? ''
			: `, ${number(unassessable)} not assessable ${what === 'keep' ? 'and kept' : 'and dropped'}`;
	return `${out}: ${number(kept)} of ${number(tiles)} tiles kept; ${number(blurry)} blurrier than ${formatNumber(maxBlurriness)} ${UNITS[unit] ?? unit}${unknown}\n`;
}
