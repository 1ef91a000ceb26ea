/**
 * Holding a schema and a TypeScript type together: the compiler refuses when one says something that the other does not.
 * @module
 */
import type { GenericSchema, InferOutput } from 'valibot';

/** `T` with everything in it read-only. */
export type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** `T` with nothing in it optional: without it a field that one side lacks would go unnoticed. */
export type DeepRequired<T> = T extends object ? { readonly [K in keyof T]-?: DeepRequired<T[K]> } : T;

type Equal<A, B> = [A, B] extends [B, A] ? true : false;

/** True when both types have the same fields, and neither allows what the other forbids. */
export type Same<A, B> = [Equal<DeepReadonly<A>, DeepReadonly<B>>, Equal<DeepRequired<A>, DeepRequired<B>>] extends [
	true,
	true,
]
	? true
	: false;

/**
 * The schema, known by the type it describes.
 * @example
 * ```ts
 * const schema = describing<Policy>()(strictObject({ … })); // an error unless the two agree
 * ```
 */
export function describing<T>(): <S extends GenericSchema>(
	schema: Same<InferOutput<S>, T> extends true ? S : never,
) => GenericSchema<T> {
	return (schema) => schema as unknown as GenericSchema<T>;
}
