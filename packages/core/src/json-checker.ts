/**
 * Checking the values of a JSON file that a person may have written or changed.
 * @module
 */

/** A longer file is none of ours. */
const MOST_CHARACTERS = 200_000;

/** Checks of single values; each failure says where, what was found, and what is allowed. */
export class JsonChecker {
	readonly #error: (complaint: string, options: ErrorOptions) => Error;

	/** @param error Makes the error of a complaint, such as "limits[2].fraction must be a number from 0 to 1, not 7." */
	constructor(error: (complaint: string, options: ErrorOptions) => Error) {
		this.#error = error;
	}

	/** Ends the reading. */
	fail(at: string, complaint: string, cause?: unknown): never {
		throw this.#error(`${at} ${complaint}.`, cause ? { cause } : {});
	}

	/** What a JSON text holds. */
	json(text: string): unknown {
		if (text.length > MOST_CHARACTERS) this.fail('the file', `is longer than ${MOST_CHARACTERS} characters`);
		try {
			return JSON.parse(text);
		} catch (cause) {
			return this.fail('the file', 'is not JSON', cause);
		}
	}

	/** An object with all of the required keys and no unknown ones: a misspelt key is never silently ignored. */
	object(
		value: unknown,
		at: string,
		required: readonly string[],
		optional: readonly string[] = [],
	): Record<string, unknown> {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) {
			return this.fail(at, `must be an object, not ${shown(value)}`);
		}
		const allowed = [...required, ...optional];
		for (const key of Object.keys(value)) {
			if (!allowed.includes(key)) this.fail(at, `has the unknown key ${shown(key)}; allowed are ${allowed.join(', ')}`);
		}
		for (const key of required) {
			if (!Object.hasOwn(value, key)) this.fail(at, `needs the key ${shown(key)}`);
		}
		return value as Record<string, unknown>;
	}

	list(value: unknown, at: string, most: number): unknown[] {
		if (!Array.isArray(value)) return this.fail(at, `must be a list, not ${shown(value)}`);
		if (value.length > most) this.fail(at, `has more than ${most} entries`);
		return value;
	}

	text(value: unknown, at: string): string {
		if (typeof value === 'string' && value.trim() !== '') return value;
		return this.fail(at, `must be a text, not ${shown(value)}`);
	}

	number(value: unknown, at: string, least: number, most: number): number {
		if (typeof value === 'number' && value >= least && value <= most) return value;
		return this.fail(at, `must be a number from ${least} to ${most}, not ${shown(value)}`);
	}

	integer(value: unknown, at: string, least: number, most: number): number {
		if (Number.isInteger(value)) return this.number(value, at, least, most);
		return this.fail(at, `must be a whole number from ${least} to ${most}, not ${shown(value)}`);
	}

	oneOf<T extends string>(value: unknown, at: string, allowed: readonly T[]): T {
		const found = allowed.find((word) => word === value);
		return found ?? this.fail(at, `must be one of ${allowed.join(', ')}, not ${shown(value)}`);
	}
}

function shown(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	const text = JSON.stringify(value) ?? 'nothing';
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
