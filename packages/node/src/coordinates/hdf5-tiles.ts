/**
 * Tile coordinates in HDF5 as CLAM and TRIDENT keep them: a dataset `coords` of shape [tiles, 2], top left corners in level-0
 * pixels, with the size of tiles in its attributes, and often features of the same tiles beside it.
 * @module
 */
import { copyFile, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { FormatError } from '@parfocal/core';
import type { Attribute, Dataset, Group, File as Hdf5File } from 'h5wasm/node';
import { toReadError } from '../read-error.ts';
import { toWriteError } from '../write-error.ts';
import { noTileSize, type TileFile, type TileFileOptions, tileOf } from './tile-file.ts';

const COORDINATES = 'coords';

/** First bytes of every file (HDF5 File Format Specification, II.A). */
const SIGNATURE = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1');

/**
 * Opens a file of CLAM or TRIDENT.
 * @throws {ReadError | FormatError} as `openTileFile`
 */
export async function openHdf5Tiles(path: string, options: TileFileOptions): Promise<TileFile> {
	// The library says little about files it cannot find, and much on standard error about those that are none of its own.
	const bytes = await readFile(path).catch((error: unknown) => {
		throw toReadError(path, error);
	});
	if (!SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length))) {
		throw new FormatError('coordinates', 'unrecognised', `${path} is no HDF5 file.`);
	}
	const { File, ready } = (await import('h5wasm/node')).default;
	await ready;
	const tiles = withFile(
		path,
		() => new File(path, 'r'),
		(file) => {
			const coords = file.get(COORDINATES) as Dataset | null;
			const [count = 0, axes = 0] = coords?.shape ?? [];
			if (coords?.type !== 'Dataset' || coords.shape?.length !== 2 || axes < 2) {
				throw new FormatError('coordinates', 'corrupt', `${path} has no dataset "${COORDINATES}" of x and y.`);
			}
			const size = tileSize(coords, options);
			if (size === undefined) throw noTileSize(path);
			const values = Array.from(coords.value as ArrayLike<number | bigint>, Number);
			return Array.from({ length: count }, (_, i) =>
				tileOf(path, i + 1, values[axes * i]!, values[axes * i + 1]!, size, size),
			);
		},
	);
	return {
		tiles,
		async write(target, kept) {
			const scratch = await mkdtemp(join(tmpdir(), 'parfocal-h5-'));
			try {
				const made = join(scratch, 'kept.h5');
				withFile(
					path,
					() => new File(path, 'r'),
					(from) =>
						withFile(
							path,
							() => new File(made, 'w'),
							(to) => copyGroup(from, to, tiles.length, kept),
						),
				);
				await placeWhole(made, target);
			} finally {
				await rm(scratch, { recursive: true, force: true });
			}
		},
	};
}

/** Beside its place first, so that it appears whole or not at all. */
async function placeWhole(made: string, target: string): Promise<void> {
	const beside = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
	try {
		await copyFile(made, beside);
		await rename(beside, target);
	} catch (error) {
		await rm(beside, { force: true }).catch(() => undefined);
		throw toWriteError(target, error);
	}
}

function withFile<T>(path: string, open: () => Hdf5File, use: (file: Hdf5File) => T): T {
	let file: Hdf5File | undefined;
	try {
		file = open();
		// The library opens what is no HDF5 without a word.
		if (file.file_id <= 0n) throw new TypeError('it is damaged or something else');
		return use(file);
	} catch (cause) {
		if (cause instanceof FormatError) throw cause;
		const message = `${path} is no HDF5 file that can be used (${(cause as Error).message}).`;
		throw new FormatError('coordinates', 'corrupt', message, { cause });
	} finally {
		if (file && file.file_id > 0n) file.close();
	}
}

/**
 * Side of tiles in level-0 pixels: TRIDENT says it; CLAM says the side on a level and how much smaller that level is.
 */
function tileSize({ attrs }: Dataset, { tilePx, downsamples }: TileFileOptions): number | undefined {
	const number = (name: string): number | undefined => {
		const value = attrs[name]?.value;
		const first = typeof value === 'object' && value !== null ? (value as ArrayLike<unknown>)[0] : value;
		const own = Number(first ?? Number.NaN);
		return Number.isFinite(own) ? own : undefined;
	};
	if (tilePx !== undefined) return tilePx;
	const atLevel0 = number('patch_size_level0');
	if (atLevel0 !== undefined) return atLevel0;
	const size = number('patch_size');
	if (size === undefined) return undefined;
	const level = number('patch_level');
	const downsample = number('downsample') ?? (level === undefined ? 1 : downsamples?.[level]);
	return downsample === undefined ? undefined : size * downsample;
}

/** Everything of a group; datasets with a row a tile keep the rows of the kept tiles. */
function copyGroup(from: Group, to: Group, tiles: number, kept: readonly number[]): void {
	copyAttributes(from.attrs, to);
	for (const name of from.keys()) {
		// What is neither, such as a link to another file, is left out.
		const entity = from.get(name) as Group | Dataset | { readonly type?: undefined } | null;
		if (entity?.type === 'Group') copyGroup(entity as Group, to.create_group(name), tiles, kept);
		else if (entity?.type === 'Dataset') copyDataset(entity as Dataset, name, to, tiles, kept);
	}
}

function copyDataset(dataset: Dataset, name: string, to: Group, tiles: number, kept: readonly number[]): void {
	const { shape, dtype, attrs } = dataset;
	const value = dataset.value as never;
	const rows = shape && shape.length > 0 && shape[0] === tiles;
	const data = rows
		? chosenRows(
				value,
				shape.slice(1).reduce((a, b) => a * b, 1),
				kept,
			)
		: value;
	const made = to.create_dataset({
		name,
		data: data as never,
		shape: rows ? [kept.length, ...shape.slice(1)] : shape,
		dtype,
	});
	copyAttributes(attrs, made);
}

/** Rows of numbers or texts, in the type that they have. */
function chosenRows(
	values: ArrayLike<unknown> & { slice(from: number, to: number): ArrayLike<unknown> },
	size: number,
	kept: readonly number[],
): unknown {
	if (Array.isArray(values)) return kept.flatMap((row) => values.slice(row * size, (row + 1) * size));
	const Typed = values.constructor as new (length: number) => { set(from: ArrayLike<unknown>, at: number): void };
	const chosen = new Typed(kept.length * size);
	for (const [i, row] of kept.entries()) chosen.set(values.slice(row * size, (row + 1) * size), i * size);
	return chosen;
}

function copyAttributes(attributes: Readonly<Record<string, Attribute>>, to: Group | Dataset): void {
	for (const [name, { value, shape, dtype }] of Object.entries(attributes)) {
		if (value !== null) to.create_attribute(name, value as never, shape, dtype);
	}
}
