import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { decodePackBits } from './packbits.ts';

/** Runs of a value and literal stretches, and the bytes they stand for. */
const pieces = fc.array(
	fc.oneof(
		fc.tuple(fc.integer({ min: 2, max: 128 }), fc.nat({ max: 255 })).map(([count, value]) => ({
			packed: [257 - count, value],
			plain: Array<number>(count).fill(value),
		})),
		fc.uint8Array({ minLength: 1, maxLength: 128 }).map((plain) => ({
			packed: [plain.length - 1, ...plain],
			plain: [...plain],
		})),
		fc.constant({ packed: [128], plain: [] as number[] }),
	),
	{ maxLength: 30 },
);

describe('decodePackBits', () => {
	test("Apple's example, as TIFF 6.0 section 9 has it", () => {
		const packed = Uint8Array.of(0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0, 0x2a, 0x22, 0xf7, 0xaa);
		const plain = [170, 170, 170, 128, 0, 42, 170, 170, 170, 170, 128, 0, 42, 34, ...Array(10).fill(170)];
		expect([...decodePackBits(packed, 24)]).toEqual(plain);
	});

	test('undoes runs and literals of every length', () => {
		fc.assert(
			fc.property(pieces, (list) => {
				const packed = Uint8Array.from(list.flatMap((piece) => piece.packed));
				const plain = Uint8Array.from(list.flatMap((piece) => piece.plain));
				expect(decodePackBits(packed, plain.length)).toEqual(plain);
			}),
		);
	});

	test('stops at the length wanted, inside a run or a literal', () => {
		expect([...decodePackBits(Uint8Array.of(0x81, 7), 3)]).toEqual([7, 7, 7]);
		expect([...decodePackBits(Uint8Array.of(4, 1, 2, 3, 4, 5), 2)]).toEqual([1, 2]);
	});

	test.each([
		['nothing', []],
		['no operation for ever', [128, 128, 128]],
		['a run without its value', [0x81]],
		['a literal cut short', [9, 1, 2, 3]],
	])('%s is truncated', (_, bytes) => {
		expect(() => decodePackBits(Uint8Array.from(bytes), 5)).toThrow(expect.objectContaining({ reason: 'truncated' }));
	});

	test('whatever the bytes, the result is whole or an error of ours', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: 4000 }), (bytes, length) => {
				try {
					expect(decodePackBits(bytes, length).length).toBe(length);
				} catch (error) {
					expect(error).toBeInstanceOf(FormatError);
				}
			}),
		);
	});
});
