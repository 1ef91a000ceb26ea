/**
 * Parsers of flag values, each refusal saying what is accepted, and the flags that several commands share.
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

/** `--model` of the commands that score. */
export const MODEL_FLAG: OptionalFlag<string> = {
	kind: 'parsed',
	parse: text,
	brief: 'Model by name, or a weights file',
	placeholder: 'NAME|FILE',
	optional: true,
};

/** `--dictionary` of the commands that score. */
export const DICTIONARY_FLAG: OptionalFlag<string> = {
	kind: 'parsed',
	parse: text,
	brief: 'Patterns for sparish, from train-dictionary, instead of cosines',
	placeholder: 'FILE',
	optional: true,
};

/** `--calibration` of the commands that score. */
export const CALIBRATION_FLAG: OptionalFlag<string> = {
	kind: 'parsed',
	parse: text,
	brief: 'What scores mean on your scanner: a file of parfocal calibrate',
	placeholder: 'FILE',
	optional: true,
};

/** `--mpp` of the commands that open a slide. */
export const MPP_FLAG: OptionalFlag<number> = {
	kind: 'parsed',
	parse: numberBetween(0.05, 20, ' µm per pixel'),
	brief: 'Micrometres per pixel, instead of what the slide says',
	placeholder: 'N',
	optional: true,
};

/** A flag with a value that may be left out, as stricli wants it. */
interface OptionalFlag<T> {
	readonly kind: 'parsed';
	readonly parse: (input: string) => T;
	readonly brief: string;
	readonly placeholder: string;
	readonly optional: true;
}
