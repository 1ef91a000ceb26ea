import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { writeZip } from './testing/torch-writer.ts';
import { looksLikeZip, readZip } from './zip.ts';

const entries = new Map([
	['a/one', Uint8Array.of(1, 2, 3)],
	['a/empty', new Uint8Array(0)],
	['two', new Uint8Array(300).fill(9)],
]);

/** Offset of the first central directory entry. */
function directoryOf(bytes: Uint8Array): number {
	const view = new DataView(bytes.buffer);
	for (let at = 0; ; at++) if (view.getUint32(at, true) === 0x02014b50) return at;
}

describe('entries', () => {
	test.each([false, true])('are found through the central directory (64-bit: %s)', (zip64) => {
		const bytes = writeZip(entries, zip64);
		expect(looksLikeZip(bytes)).toBe(true);
		const read = readZip(bytes);
		expect([...read].map(([name, data]) => [name, [...data]])).toEqual(
			[...entries].map(([name, data]) => [name, [...data]]),
		);
	});

	test('are found before a comment', () => {
		const bytes = writeZip(entries);
		const commented = new Uint8Array(bytes.length + 500);
		commented.set(bytes);
		expect(readZip(commented).size).toBe(3);
	});

	test('none', () => {
		expect(readZip(writeZip(new Map())).size).toBe(0);
	});
});

describe('refused, saying why:', () => {
	const changed = (offset: number, ...values: number[]): Uint8Array => {
		const bytes = writeZip(entries);
		bytes.set(values, directoryOf(bytes) + offset);
		return bytes;
	};
	const cases: [string, Uint8Array, RegExp][] = [
		['nothing', new Uint8Array(0), /directory is missing/],
		['no directory', writeZip(entries).subarray(0, -22), /directory is missing/],
		['a compressed entry', changed(10, 8), /entry 'a\/one' is compressed/],
		['an encrypted entry', changed(8, 1), /entry 'a\/one' is encrypted/],
		['two sizes', changed(20, 2), /two sizes/],
		['data beyond the end', changed(20, 0, 0, 1, 0, 0, 0, 1, 0), /cut off/],
		['an entry elsewhere', changed(42, 5), /not where the directory says/],
		['an offset beyond the end', changed(42, 0xff, 0xff, 0xff, 0x7f), /not where the directory says/],
		['a broken directory', changed(0, 0), /directory is damaged/],
		['a name beyond the end', changed(28, 0xff, 0xff), /directory is cut off/],
	];
	test.each(cases)('%s', (_, bytes, message) => {
		expect(() => readZip(bytes)).toThrow(FormatError);
		expect(() => readZip(bytes)).toThrow(message);
	});

	test('a name twice', () => {
		const bytes = writeZip(
			new Map([
				['x', Uint8Array.of(1)],
				['y', Uint8Array.of(2)],
			]),
		);
		const twice = bytes.map((byte) => (byte === 0x79 ? 0x78 : byte));
		expect(() => readZip(twice)).toThrow(/two entries named 'x'/);
	});

	test('more entries than could fit', () => {
		const bytes = writeZip(entries);
		bytes[bytes.length - 22 + 10] = 0xff;
		expect(() => readZip(bytes)).toThrow(/claims 255 entries/);
	});

	test('a 64-bit directory that is not there', () => {
		const bytes = writeZip(entries, true);
		const at = bytes.length - 22 - 20 + 8;
		bytes[at] = bytes[at]! ^ 0xff;
		expect(() => readZip(bytes)).toThrow(/64-bit directory/);
	});
});

describe('fuzz: an error of the family or entries, never anything else', () => {
	const attempt = (bytes: Uint8Array) => {
		try {
			for (const data of readZip(bytes).values()) expect(data.length).toBeLessThanOrEqual(bytes.length);
		} catch (error) {
			expect(error).toBeInstanceOf(FormatError);
		}
	};
	test.each([false, true])('truncations and changed bytes (64-bit: %s)', (zip64) => {
		const good = writeZip(entries, zip64);
		for (let length = 0; length < good.length; length++) attempt(good.slice(0, length));
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 }), (changes) => {
				const bytes = good.slice();
				for (const [at, value] of changes) bytes[at] = value;
				attempt(bytes);
			}),
			{ numRuns: 2000 },
		);
	});

	test('random bytes before a directory’s end', () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 100 }),
				fc.uint8Array({ minLength: 18, maxLength: 40 }),
				(before, after) => {
					attempt(Uint8Array.of(...before, 0x50, 0x4b, 5, 6, ...after));
				},
			),
		);
	});
});
