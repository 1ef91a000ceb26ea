/**
 * A focal stack as files: pictures of one field at several heights.
 * @module
 */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ArgumentError, FormatError } from '@parfocal/core';
import { toReadError } from '@parfocal/node';
import { readList } from '../data/sets/dataset-files.ts';

/** A picture of the field. */
export interface Plane {
	/** Absolute. */
	readonly path: string;
	/** Height: µm, or steps where the distance of planes is unknown. */
	readonly z: number;
}

/** Planes by height, ascending. */
export interface Stack {
	readonly planes: readonly Plane[];
	readonly unit: 'um' | 'steps';
}

const PICTURE = /\.(png|jpe?g|tiff?|webp)$/i;
const TRAILING_NUMBER = /([+-]?\d+(?:\.\d+)?)\.[a-z]+$/i;

/** A table of planes in a stack's folder: `path,zUm`. */
const SERIES = 'series.csv';

/**
 * The planes in a folder: by its table `series.csv` (`path,zUm`) where there is one, else by the signed number at the end of
 * each picture's name (`z-03.png`), in steps of `stepUm`.
 * @throws {ReadError} when the folder cannot be read
 * @throws {ArgumentError} when it is no folder, or both a table and a step say how high planes are
 * @throws {FormatError} when the table or a name has no height, or two planes have the same
 */
export async function findStack(folder: string, stepUm?: number): Promise<Stack> {
	const reading = (error: unknown): never => {
		throw toReadError(folder, error);
	};
	if (!(await stat(folder).catch(reading)).isDirectory()) {
		throw new ArgumentError(
			'zstack',
			`${folder} is a file: a focal stack is a folder of pictures of one field. Slides with several planes are read at their first only; export the planes.`,
		);
	}
	const names = (await readdir(folder).catch(reading)).filter((name) => !name.startsWith('.')).sort();
	if (names.includes(SERIES)) {
		if (stepUm === undefined) return { planes: checked(await tabled(folder), folder), unit: 'um' };
		const message = `${join(folder, SERIES)} says how high the planes are. Leave --step-um out, or the table.`;
		throw new ArgumentError('stepUm', message);
	}
	const planes = names.filter((name) => PICTURE.test(name)).map((name) => ({ name, number: numberIn(name, folder) }));
	return {
		planes: checked(
			planes.map(({ name, number }) => ({ path: join(folder, name), z: number * (stepUm ?? 1) })),
			folder,
		),
		unit: stepUm === undefined ? 'steps' : 'um',
	};
}

function numberIn(name: string, folder: string): number {
	const number = TRAILING_NUMBER.exec(name)?.[1];
	if (number !== undefined) return Number(number);
	throw corrupt(
		`${join(folder, name)} does not say its height: end the names with a signed number (z-03.png), or write a table ${SERIES} with the columns path and zUm.`,
	);
}

async function tabled(folder: string): Promise<Plane[]> {
	const path = join(folder, SERIES);
	const [head = [], ...rows] = (await readList(path)).rows;
	const [pathAt, zAt] = ['path', 'zUm'].map((name) => head.findIndex((field) => field.trim() === name));
	if (pathAt! < 0 || zAt! < 0) throw corrupt(`${path} has no header with the columns path and zUm.`);
	return rows.map((row, i) => {
		const file = row[pathAt!]?.trim() ?? '';
		const height = row[zAt!]?.trim() ?? '';
		if (file === '' || height === '' || !Number.isFinite(Number(height))) {
			throw corrupt(`${path}, row ${i + 2} lacks a path or a height in µm: "${row.join(',')}".`);
		}
		return { path: resolve(folder, file), z: Number(height) };
	});
}

function checked(planes: readonly Plane[], folder: string): Plane[] {
	const ascending = planes.toSorted((a, b) => a.z - b.z);
	if (ascending.length === 0) throw corrupt(`${folder} holds no pictures: a focal stack is a folder of them.`);
	for (const [i, plane] of ascending.entries()) {
		const before = ascending[i - 1];
		if (before?.z !== plane.z) continue;
		throw corrupt(`${before.path} and ${plane.path} have the same height, ${plane.z}: one field at a time.`);
	}
	return ascending;
}

function corrupt(message: string): FormatError {
	return new FormatError('stack', 'corrupt', message);
}
