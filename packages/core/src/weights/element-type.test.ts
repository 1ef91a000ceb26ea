import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ELEMENT_BYTES, type ElementType, elementReader, halfToNumber } from './element-type.ts';

describe('half precision', () => {
	test.each([
		[0x0000, 0],
		[0x3c00, 1],
		[0xc000, -2],
		[0x3555, 0.333251953125],
		[0x7bff, 65504],
		[0x0400, 2 ** -14],
		[0x0001, 2 ** -24],
		[0x83ff, -(1023 * 2 ** -24)],
		[0x7c00, Number.POSITIVE_INFINITY],
		[0xfc00, Number.NEGATIVE_INFINITY],
	])('0x%s is %d', (bits, value) => {
		expect(halfToNumber(bits)).toBe(value);
	});

	test('not a number', () => {
		expect(halfToNumber(0x7e01)).toBeNaN();
	});

	test('grows with its bits', () => {
		fc.assert(
			fc.property(fc.nat(0x7bfe), (bits) => {
				expect(halfToNumber(bits + 1)).toBeGreaterThan(halfToNumber(bits));
				expect(halfToNumber(bits | 0x8000)).toBe(-halfToNumber(bits));
			}),
		);
	});
});

describe('elements', () => {
	const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer);
	const cases: [ElementType, Uint8Array, number[]][] = [
		['F64', bytesOf(Float64Array.of(1.5, -2)), [1.5, -2]],
		['F32', bytesOf(Float32Array.of(1.5, -2)), [1.5, -2]],
		['F16', bytesOf(Uint16Array.of(0x3c00, 0xc000)), [1, -2]],
		['BF16', bytesOf(Uint16Array.of(0x3fc0, 0xc000)), [1.5, -2]],
		['I64', bytesOf(BigInt64Array.of(7n, -9n)), [7, -9]],
		['I32', bytesOf(Int32Array.of(7, -9)), [7, -9]],
		['I16', bytesOf(Int16Array.of(7, -9)), [7, -9]],
		['I8', bytesOf(Int8Array.of(7, -9)), [7, -9]],
		['U8', Uint8Array.of(7, 247), [7, 247]],
		['BOOL', Uint8Array.of(0, 1), [0, 1]],
	];
	test.each(cases)('%s', (type, bytes, values) => {
		expect(bytes.length).toBe(2 * ELEMENT_BYTES[type]);
		const read = elementReader(type, bytes);
		expect([read(0), read(1)]).toEqual(values);
	});

	test('are read wherever the bytes start', () => {
		const bytes = new Uint8Array(9);
		bytes.set(bytesOf(Float64Array.of(Math.PI)), 1);
		expect(elementReader('F64', bytes.subarray(1))(0)).toBe(Math.PI);
	});
});
