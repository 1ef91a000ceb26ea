/**
 * A small checker of JSON Schema (draft 2020-12), independent of the library that writes our schemas: just the keywords
 * that they use. A keyword that it does not know is an error, so that nothing goes unchecked.
 */

type Schema = Readonly<Record<string, unknown>>;

const ANNOTATIONS = ['$schema', 'title', 'description'];

/** Every breach as `path: keyword`; none when the value fits. */
export function breaches(schema: Schema, value: unknown, path = '$'): string[] {
	return Object.entries(schema).flatMap(([keyword, wanted]) => {
		if (ANNOTATIONS.includes(keyword)) return [];
		const check = CHECKS[keyword];
		if (!check) throw new Error(`Unknown keyword ${keyword} at ${path}`);
		const found = check(wanted as never, value, path, schema);
		return Array.isArray(found) ? found : found ? [] : [`${path}: ${keyword}`];
	});
}

type Check = (wanted: never, value: unknown, path: string, schema: Schema) => boolean | string[];

const CHECKS: Readonly<Record<string, Check>> = {
	type: (wanted: string, value) => typesOf(value).includes(wanted),
	const: (wanted: unknown, value) => value === wanted,
	enum: (wanted: readonly unknown[], value) => wanted.includes(value),
	minimum: (wanted: number, value) => typeof value !== 'number' || value >= wanted,
	maximum: (wanted: number, value) => typeof value !== 'number' || value <= wanted,
	minLength: (wanted: number, value) => typeof value !== 'string' || [...value].length >= wanted,
	minItems: (wanted: number, value) => !Array.isArray(value) || value.length >= wanted,
	maxItems: (wanted: number, value) => !Array.isArray(value) || value.length <= wanted,
	pattern: (wanted: string, value) => typeof value !== 'string' || new RegExp(wanted, 'u').test(value),
	required: (wanted: readonly string[], value) => !isObject(value) || wanted.every((key) => Object.hasOwn(value, key)),
	properties: (wanted: Readonly<Record<string, Schema>>, value, path) =>
		isObject(value)
			? Object.entries(wanted).flatMap(([key, inner]) =>
					Object.hasOwn(value, key) ? breaches(inner, value[key], `${path}.${key}`) : [],
				)
			: true,
	additionalProperties: (wanted: boolean | Schema, value, path, schema) => {
		if (!isObject(value)) return true;
		const known = Object.keys((schema['properties'] as object | undefined) ?? {});
		const others = Object.keys(value).filter((key) => !known.includes(key));
		if (wanted === true) return true;
		if (wanted === false) return others.map((key) => `${path}.${key}: additionalProperties`);
		return others.flatMap((key) => breaches(wanted, value[key], `${path}.${key}`));
	},
	propertyNames: (wanted: Schema, value, path) =>
		isObject(value) ? Object.keys(value).flatMap((key) => breaches(wanted, key, `${path}.${key}`)) : true,
	items: (wanted: Schema, value, path) =>
		Array.isArray(value) ? value.flatMap((inner, i) => breaches(wanted, inner, `${path}[${i}]`)) : true,
};

function typesOf(value: unknown): string[] {
	if (value === null) return ['null'];
	if (Array.isArray(value)) return ['array'];
	if (typeof value === 'number') return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
	return [typeof value];
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
