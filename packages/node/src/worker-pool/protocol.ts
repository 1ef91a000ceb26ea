/**
 * What the main thread and the workers say to each other.
 * @module
 */
import {
	ArgumentError,
	FormatError,
	isParfocalError,
	type ModelDefinition,
	ModelError,
	type ParfocalError,
	ReadError,
	type TileOptions,
	type UnreadableTile,
} from '@parfocal/core';
import type { CellRect } from './batches.ts';

/** Which slide and model a request is about; a worker keeps the last one open and knows it again by `id`. */
export interface Subject {
	readonly id: number;
	/** File path. */
	readonly path: string;
	/** Micrometres per pixel given by the user. */
	readonly mpp?: number;
}

/** One batch of work. `places` are pairs: tile columns and rows, or window origins in px. */
export type Request =
	| {
			readonly kind: 'cells';
			readonly subject: Subject;
			readonly model: ModelDefinition;
			readonly places: Int32Array;
			readonly cells: CellRect;
	  }
	| {
			readonly kind: 'windows';
			readonly subject: Subject;
			readonly model: ModelDefinition;
			readonly places: Int32Array;
	  }
	| {
			readonly kind: 'read';
			readonly subject: Subject;
			readonly planes: NonNullable<TileOptions['planes']>;
			readonly places: Int32Array;
	  };

/** What came of it: cell statistics, window scores, or nothing but the tiles that failed. */
export type Reply = Done | { readonly failure: PackedError };

/** A batch that was carried out, apart from the tiles named. */
export interface Done {
	readonly numbers: Float32Array;
	readonly unreadable: readonly UnreadableTile[];
}

/** An error as plain data: classes do not survive the way between threads. */
export interface PackedError {
	readonly tag: string;
	/** The field that names the offending thing. */
	readonly thing: string;
	readonly reason: string;
	readonly message: string;
	readonly stack: string;
}

/** Takes an error apart. */
export function packError(error: unknown): PackedError {
	const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
	const fields = isParfocalError(error) ? (error as ParfocalError & Record<string, unknown>) : undefined;
	const thing = fields?.['source'] ?? fields?.['what'] ?? fields?.['model'] ?? fields?.['argument'] ?? '';
	return { tag: fields?.tag ?? '', thing: String(thing), reason: String(fields?.['reason'] ?? ''), message, stack };
}

/** Puts it together again, as the same class of the family. */
export function unpackError({ tag, thing, reason, message, stack }: PackedError): Error {
	const cause = Object.assign(new Error(message), { stack });
	switch (tag) {
		case 'read':
			return new ReadError(thing, reason as ReadError['reason'], message, { cause });
		case 'format':
			return new FormatError(thing, reason as FormatError['reason'], message, { cause });
		case 'model':
			return new ModelError(thing, message, { cause });
		case 'argument':
			return new ArgumentError(thing, message, { cause });
		default:
			return new Error(message, { cause });
	}
}
