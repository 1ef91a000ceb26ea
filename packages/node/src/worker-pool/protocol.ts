/**
 * What the main thread and the workers say to each other.
 * @module
 */
import {
	ArgumentError,
	type CellMeasurement,
	FormatError,
	isParfocalError,
	type ModelDefinition,
	ModelError,
	type ParfocalError,
	ReadError,
	type TileIndex,
	type TileOptions,
	type UnreadableTile,
	type WindowMeasurement,
	type WindowOrigin,
} from '@parfocal/core';
import type { DerivedFileRequest } from '../derived-files.ts';

/** Which slide a request is about; a worker keeps the last one open and knows it again by `id`. */
export interface Subject {
	readonly id: number;
	/** File path or address. */
	readonly path: string;
	/** Micrometres per pixel given by the user. */
	readonly mpp?: number;
}

/** A file made from the map, answered with its bytes; no slide is needed. */
export interface FileRequest {
	readonly kind: 'file';
	readonly file: DerivedFileRequest;
}

/** The message that comes back to a `FileRequest`. */
export type FileReply =
	| { readonly answer: { readonly pieces: readonly Uint8Array[] } }
	| { readonly failure: PackedError };

/** One batch of work. */
export type Request = CellsRequest | WindowsRequest | ReadTilesRequest;

/** Answered with a `CellMeasurement`. */
export interface CellsRequest {
	readonly kind: 'cells';
	readonly subject: Subject;
	readonly model: ModelDefinition;
	readonly tiles: readonly TileIndex[];
}

/** Answered with a `WindowMeasurement`. */
export interface WindowsRequest {
	readonly kind: 'windows';
	readonly subject: Subject;
	readonly model: ModelDefinition;
	readonly windows: readonly WindowOrigin[];
}

/** Answered with the tiles that cannot be read. */
export interface ReadTilesRequest {
	readonly kind: 'read';
	readonly subject: Subject;
	readonly planes: NonNullable<TileOptions['planes']>;
	readonly tiles: readonly TileIndex[];
}

/** What is answered to a request. */
export type Answer<R extends Request> = R extends CellsRequest
	? CellMeasurement
	: R extends WindowsRequest
		? WindowMeasurement
		: readonly UnreadableTile[];

/** The message that comes back. */
export type Reply<R extends Request = Request> = { readonly answer: Answer<R> } | { readonly failure: PackedError };

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
