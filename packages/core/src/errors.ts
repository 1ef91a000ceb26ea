/**
 * The one family of errors. Every failure a caller may want to act on is one of these classes: a `tag` to switch on,
 * fields that name the offending thing, a sentence that says what to do, and the `cause`.
 * Cancelling is not in the family: it rejects with the signal's own reason.
 * @module
 */

/** Which class of the family an error is. */
export type ErrorTag = 'argument' | 'read' | 'write' | 'format' | 'model' | 'policy';

/** Base of the family; never thrown itself. */
export abstract class ParfocalError extends Error {
	abstract readonly tag: ErrorTag;
}

/** A caller passed something that cannot be used (a wrong option, an empty list, a negative size). */
export class ArgumentError extends ParfocalError {
	readonly tag = 'argument';
	override readonly name = 'ArgumentError';
	/** The argument's name, as the caller wrote it. */
	readonly argument: string;
	constructor(argument: string, message: string, options?: ErrorOptions) {
		super(message, options);
		this.argument = argument;
	}
}

/** Why bytes could not be had. */
export type ReadFailure = 'not-found' | 'permission' | 'directory' | 'vanished' | 'network' | 'io';

/** Bytes could not be had: the file is not there, not readable, vanished while being read, the server refused. */
export class ReadError extends ParfocalError {
	readonly tag = 'read';
	override readonly name = 'ReadError';
	/** File path or address. */
	readonly source: string;
	readonly reason: ReadFailure;
	constructor(source: string, reason: ReadFailure, message: string, options?: ErrorOptions) {
		super(message, options);
		this.source = source;
		this.reason = reason;
	}
}

/** Why a result could not be written. */
export type WriteFailure = 'disk-full' | 'permission' | 'exists' | 'io';

/** A result could not be written; what was written before is untouched. */
export class WriteError extends ParfocalError {
	readonly tag = 'write';
	override readonly name = 'WriteError';
	readonly path: string;
	readonly reason: WriteFailure;
	constructor(path: string, reason: WriteFailure, message: string, options?: ErrorOptions) {
		super(message, options);
		this.path = path;
		this.reason = reason;
	}
}

/** What is wrong with bytes. `unsupported` is well-formed but not ours to read; `too-large` broke a stated limit. */
export type FormatFailure = 'unrecognised' | 'truncated' | 'corrupt' | 'unsupported' | 'too-large';

/** Bytes were read but are not what they should be. */
export class FormatError extends ParfocalError {
	readonly tag = 'format';
	override readonly name = 'FormatError';
	/** What was being parsed, e.g. `TIFF directory`, `JPEG tile`, `pickle`. */
	readonly what: string;
	readonly reason: FormatFailure;
	constructor(what: string, reason: FormatFailure, message: string, options?: ErrorOptions) {
		super(message, options);
		this.what = what;
		this.reason = reason;
	}
}

/** A model's weights are missing, of a wrong shape, or unknown by name. */
export class ModelError extends ParfocalError {
	readonly tag = 'model';
	override readonly name = 'ModelError';
	readonly model: string;
	constructor(model: string, message: string, options?: ErrorOptions) {
		super(message, options);
		this.model = model;
	}
}

/** A verdict policy is unknown by name or its file breaks the schema. */
export class PolicyError extends ParfocalError {
	readonly tag = 'policy';
	override readonly name = 'PolicyError';
	readonly policy: string;
	constructor(policy: string, message: string, options?: ErrorOptions) {
		super(message, options);
		this.policy = policy;
	}
}

/**
 * True when `error` is of the family, or of one of the given tags.
 * @example
 * ```ts
 * if (isParfocalError(error, 'read', 'format')) skipSlide(error.message);
 * ```
 */
export function isParfocalError(error: unknown, ...tags: readonly ErrorTag[]): error is ParfocalError {
	return error instanceof ParfocalError && (tags.length === 0 || tags.includes(error.tag));
}
