/**
 * Parsers of flag values; each refusal says what is accepted.
 * @module
 */

/** A number from `minimum` to `maximum`, in words `unit`. */
export function numberBetween(minimum: number, maximum: number, unit = ''): (input: string) => number {
	return (input) => {
		const value = Number(input);
		if (input.trim() === '' || !(value >= minimum && value <= maximum)) {
			throw new RangeError(`give a number from ${minimum} to ${maximum}${unit}`);
		}
		return value;
	};
}

/** A whole number from `minimum` to `maximum`. */
export function integerBetween(minimum: number, maximum: number): (input: string) => number {
	const parse = numberBetween(minimum, maximum);
	return (input) => {
		const value = parse(input);
		if (!Number.isInteger(value)) throw new RangeError(`give a whole number from ${minimum} to ${maximum}`);
		return value;
	};
}

/** Text that is not empty: names and paths. */
export function text(input: string): string {
	if (input.trim() === '') throw new RangeError('give a name or a path, not an empty text');
	return input;
}
