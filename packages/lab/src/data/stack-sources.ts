/**
 * Pictures to make focal stacks of, and the rule which of them serve.
 *
 * A picture serves when it can be read and, at one of its usable sizes (`usableSizes`: not too soft for its pixels), is
 * large enough, not JPEG-worn (`LARGEST_BLOCKINESS`), and shows tissue. Pictures of smaller pixels than asked for are made
 * smaller; those of larger ones are left out, because making them larger makes them soft.
 * @module
 */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FormatError, isParfocalError } from '@parfocal/core';
import { toReadError } from '@parfocal/node';
import { resampled } from '../simulate/stored-picture.ts';
import { jpegBlockiness, LARGEST_BLOCKINESS } from './jpeg-blockiness.ts';
import { mppOfMagnification, readManifest } from './manifest.ts';
import { findDatasetFiles } from './sets/dataset-files.ts';
import { type Square, showsTissue } from './shows-tissue.ts';
import { lumaPlane, readRgb, SMALLEST_SIDE_PX, type SourceImage, usableSizes } from './source-image.ts';
import { sourceOf } from './split.ts';

/** A picture that may serve. */
export interface StackSource {
	readonly path: string;
	/** What it is called in lists: no folders of this machine. */
	readonly name: string;
	/** What its crops share with those of other pictures: the slide. */
	readonly group: string;
	/** Undefined when nobody says. */
	readonly mpp: number | undefined;
	readonly licence: string;
	readonly attribution: string;
}

/** Why a picture does not serve. */
export type LeftOutReason =
	| 'unreadable'
	| 'too small'
	| 'too soft'
	| 'JPEG-worn'
	| 'of larger pixels'
	| 'without tissue';

/** A picture that does not serve. */
export interface LeftOut {
	readonly name: string;
	readonly reason: LeftOutReason;
	/** What exactly could not be read. */
	readonly message?: string;
}

/** A picture that serves, with the squares of it that show tissue, from top left, side by side. */
export interface UsableSource {
	readonly image: SourceImage;
	readonly squares: readonly Square[];
}

/** What is wanted of a picture. */
export interface Wanted {
	readonly sidePx: number;
	readonly mpp: number;
}

/** Pixel sizes closer than this are one. */
const SAME_MPP = 1.05;

/**
 * The pictures that paths stand for: those of role `sharp` in the `manifest.json` of a folder that has one, grouped by the
 * slide it names (`source_repo` and `source_path`); all pictures under any other folder, and files, each its own group.
 * @throws {ReadError} when a path does not exist. @throws {FormatError} when a manifest is damaged
 */
export async function findStackSources(paths: readonly string[]): Promise<StackSource[]> {
	const found = new Map<string, StackSource>();
	for (const path of paths) for (const source of await sourcesAt(path)) found.set(source.path, source);
	return [...found.values()];
}

async function sourcesAt(path: string): Promise<StackSource[]> {
	const info = await stat(path).catch((error: unknown) => {
		throw toReadError(path, error);
	});
	const alone = (file: string, name: string): StackSource => {
		return { path: file, name, group: file, mpp: undefined, licence: '', attribution: '' };
	};
	if (!info.isDirectory()) return [alone(path, basename(path))];
	const listed = await stat(join(path, 'manifest.json')).catch(() => undefined);
	if (!listed) {
		const { pictures } = await findDatasetFiles(path);
		return pictures.map((name) => alone(join(path, name), name));
	}
	const entries = (await readManifest(path)).filter(({ role }) => role === 'sharp');
	return entries.map((entry) => ({
		path: join(path, entry.file),
		name: entry.file,
		group: sourceOf(entry),
		mpp: mppOfMagnification(entry.magnification),
		licence: entry.licence,
		attribution: entry.attribution,
	}));
}

/** The picture at the size it serves at, or why it does not serve. A picture of unknown pixels is taken to be as wanted. */
export async function usableSource(source: StackSource, wanted: Wanted): Promise<UsableSource | LeftOut> {
	const leftOut = (reason: LeftOutReason): LeftOut => ({ name: source.name, reason });
	const leastPx = Math.max(SMALLEST_SIDE_PX, wanted.sidePx);
	const isSmall = ({ widthPx, heightPx }: SourceImage): boolean => Math.min(widthPx, heightPx) < leastPx;
	let whole: SourceImage;
	try {
		whole = await readSource(source);
	} catch (error) {
		if (!isParfocalError(error, 'read', 'format')) throw error;
		return { ...leftOut('unreadable'), message: error.message };
	}
	if (isSmall(whole)) return leftOut('too small');
	const crisp = usableSizes(whole);
	if (crisp.length === 0) return leftOut('too soft');
	const clean = crisp.find((image) => jpegBlockiness(lumaPlane(image), image.widthPx) <= LARGEST_BLOCKINESS);
	if (!clean) return leftOut('JPEG-worn');
	const mpp = clean.mpp ?? wanted.mpp;
	if (mpp > wanted.mpp * SAME_MPP) return leftOut('of larger pixels');
	const image = mpp * SAME_MPP < wanted.mpp ? await resampled(clean, mpp, wanted.mpp) : clean;
	if (isSmall(image)) return leftOut('too small');
	const squares = squaresIn(image, wanted.sidePx).filter((square) => showsTissue(image.data, image.widthPx, square));
	return squares.length === 0 ? leftOut('without tissue') : { image, squares };
}

/** @throws {ReadError} when the file cannot be had. @throws {FormatError} when it is no picture */
async function readSource({ path, name, group, mpp }: StackSource): Promise<SourceImage> {
	const bytes = await readFile(path).catch((error: unknown) => {
		throw toReadError(path, error);
	});
	try {
		return { ...(await readRgb(bytes)), source: group, name, mpp };
	} catch (cause) {
		const why = (cause as Error).message.split('\n')[0];
		throw new FormatError('picture', 'corrupt', `${path} is no picture that can be read: ${why}.`, { cause });
	}
}

/** As many squares side by side as fit, in the middle. */
function squaresIn({ widthPx, heightPx }: SourceImage, sidePx: number): Square[] {
	const [columns, rows] = [Math.floor(widthPx / sidePx), Math.floor(heightPx / sidePx)];
	const [left, top] = [(widthPx - columns * sidePx) >> 1, (heightPx - rows * sidePx) >> 1];
	return Array.from({ length: columns * rows }, (_, i) => ({
		left: left + (i % columns) * sidePx,
		top: top + Math.floor(i / columns) * sidePx,
		sidePx,
	}));
}
