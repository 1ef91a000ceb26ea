/**
 * `parfocal info`.
 * @module
 */
import { resolve } from 'node:path';
import { describeSlide, type Slide } from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';
import type { Context } from '../context.ts';
import { isAddress } from '../expand-paths.ts';
import { count, formatTable } from '../table.ts';

/** Flags of `parfocal info`. */
export interface InfoFlags {
	readonly mpp?: number;
	readonly json?: boolean;
}

/** Prints what the slide's header says; no tile is decoded. */
export default async function info(this: Context, flags: InfoFlags, path: string): Promise<void> {
	const full = isAddress(path) ? path : resolve(this.cwd, path);
	const slide = await openSlideFile(full, flags.mpp === undefined ? {} : { mpp: flags.mpp });
	try {
		const text = flags.json ? `${JSON.stringify(describeSlide(slide), undefined, 2)}\n` : inWords(slide);
		this.process.stdout.write(text);
	} finally {
		await slide.close();
	}
}

const SOURCES = { tag: 'from its header', user: 'as given', estimated: 'estimated from the objective' } as const;

function inWords({ name, format, vendor, levels, mpp, objectivePower, associated, warnings }: Slide): string {
	const size = mpp ? `${round(mpp.x)} x ${round(mpp.y)} µm (${SOURCES[mpp.source]})` : 'unknown; give it with --mpp';
	const facts = [
		['file', name],
		['format', `${format}, vendor ${vendor}`],
		['pixel size', size],
		['objective', objectivePower === undefined ? 'unknown' : `${objectivePower}x`],
		[
			'beside it',
			associated.map((image) => `${image.name} ${image.widthPx}x${image.heightPx}`).join(', ') || 'nothing',
		],
	];
	const rows = levels.map((level, i) => [
		`${i}`,
		`${level.widthPx} x ${level.heightPx}`,
		`1/${round(level.downsample)}`,
		`${count(level.columns * level.rows, 'tile')} of ${level.tileWidthPx} x ${level.tileHeightPx}`,
		level.compression,
	]);
	const notes = warnings.map((warning) => `note: ${warning}\n`).join('');
	return `${formatTable(facts)}\n${formatTable([['level', 'pixels', 'scale', 'tiles', 'stored as'], ...rows], [0])}${notes}`;
}

function round(value: number): string {
	return `${Number(value.toPrecision(4))}`;
}
