/**
 * Reads JSON of unknown make: whatever is not as expected is named by its place.
 * @module
 */
import { FormatError } from '@parfocal/core';

/** A part of a JSON file, and where it stands, such as `cases[3].labels`. */
export class JsonNode {
	readonly value: unknown;
	readonly place: string;

	constructor(value: unknown, place: string) {
		this.value = value;
		this.place = place;
	}

	/** Whether this is an object with something under `key`. */
	has(key: string): boolean {
		return this.#isObject() && Object.hasOwn(this.value as object, key);
	}

	/**
	 * What stands under `key`.
	 * @throws {FormatError} when there is nothing
	 */
	at(key: string): JsonNode {
		if (!this.has(key)) throw this.wrong(`have "${key}"`);
		return new JsonNode((this.value as Record<string, unknown>)[key], this.#under(`.${key}`));
	}

	/**
	 * The parts of an object by their names.
	 * @throws {FormatError} for what is no object
	 */
	entries(): [string, JsonNode][] {
		if (!this.#isObject()) throw this.wrong('be an object');
		return Object.keys(this.value as object).map((key) => [key, this.at(key)]);
	}

	/**
	 * The parts of a list.
	 * @throws {FormatError} for what is no list
	 */
	list(): JsonNode[] {
		if (!Array.isArray(this.value)) throw this.wrong('be a list');
		return this.value.map((value, i) => new JsonNode(value, this.#under(`[${i}]`)));
	}

	/** @throws {FormatError} for what is no number */
	number(): number {
		if (typeof this.value !== 'number') throw this.wrong('be a number');
		return this.value;
	}

	/**
	 * A number, or NaN for `null`: how undefined numbers are written.
	 * @throws {FormatError} for anything else
	 */
	numberOrNaN(): number {
		return this.value === null ? Number.NaN : this.number();
	}

	/** @throws {FormatError} for what is no list of numbers */
	numbers(): number[] {
		return this.list().map((item) => item.number());
	}

	/**
	 * A list of lists of the same length.
	 * @throws {FormatError} for anything else
	 */
	rows(): number[][] {
		const rows = this.list().map((row) => row.numbers());
		if (rows.some((row) => row.length !== rows[0]!.length)) throw this.wrong('have rows of the same length');
		return rows;
	}

	/** @throws {FormatError} for what is no text */
	text(): string {
		if (typeof this.value !== 'string') throw this.wrong('be text');
		return this.value;
	}

	/** An error about this part. */
	wrong(expectation: string): FormatError {
		const place = this.place === '' ? 'The file' : `"${this.place}"`;
		return new FormatError('golden file', 'corrupt', `${place} must ${expectation}.`);
	}

	#isObject(): boolean {
		return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
	}

	#under(step: string): string {
		return this.place === '' ? step.replace(/^\./, '') : this.place + step;
	}
}
