import * as v from 'valibot';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { describing, type Same } from './same-type.ts';

interface Shape {
	readonly name: string;
	readonly size?: number;
	readonly parts: readonly { readonly kind: 'a' | 'b' }[];
}

describe('Same', () => {
	test('types that differ only in what is read-only are the same', () => {
		expectTypeOf<Same<Shape, { name: string; size?: number; parts: { kind: 'a' | 'b' }[] }>>().toEqualTypeOf<true>();
	});

	test('a missing field is noticed, an optional one too', () => {
		expectTypeOf<Same<Shape, Omit<Shape, 'name'>>>().toEqualTypeOf<false>();
		expectTypeOf<Same<Shape, Omit<Shape, 'size'>>>().toEqualTypeOf<false>();
	});

	test('a field too many is noticed, deep inside too', () => {
		expectTypeOf<Same<Shape, Shape & { extra: number }>>().toEqualTypeOf<false>();
		expectTypeOf<Same<Shape, Shape & { extra?: number }>>().toEqualTypeOf<false>();
		expectTypeOf<
			Same<Shape, { name: string; size?: number; parts: { kind: 'a' | 'b'; more?: 1 }[] }>
		>().toEqualTypeOf<false>();
	});

	test('optional is not required, and not undefined', () => {
		expectTypeOf<Same<Shape, { name: string; size: number; parts: { kind: 'a' | 'b' }[] }>>().toEqualTypeOf<false>();
		expectTypeOf<
			Same<Shape, { name: string; size?: number | undefined; parts: { kind: 'a' | 'b' }[] }>
		>().toEqualTypeOf<false>();
	});

	test('wider and narrower words are noticed', () => {
		expectTypeOf<Same<Shape, { name: string; size?: number; parts: { kind: string }[] }>>().toEqualTypeOf<false>();
		expectTypeOf<Same<Shape, { name: string; size?: number; parts: { kind: 'a' }[] }>>().toEqualTypeOf<false>();
	});
});

describe('describing', () => {
	test('takes a schema of the type and gives it back', () => {
		const schema = v.object({
			name: v.string(),
			size: v.exactOptional(v.number()),
			parts: v.array(v.object({ kind: v.picklist(['a', 'b']) })),
		});
		expect(describing<Shape>()(schema)).toBe(schema);
	});

	test('refuses a schema of another type', () => {
		// @ts-expect-error size is missing
		describing<Shape>()(v.object({ name: v.string(), parts: v.array(v.object({ kind: v.picklist(['a', 'b']) })) }));
		// @ts-expect-error name is a number
		describing<{ name: string }>()(v.object({ name: v.number() }));
		expect.assertions(0);
	});
});
