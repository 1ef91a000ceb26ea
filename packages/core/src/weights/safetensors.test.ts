import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { hasShared, sharedPath } from '../testing/shared.ts';
import { looksLikeSafetensors, readSafetensors, writeSafetensors } from './safetensors.ts';
import type { Tensor } from './tensor.ts';

const tensors = fc
	.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.array(fc.nat(4), { maxLength: 4 })), {
		selector: ([name]) => name,
		maxLength: 6,
	})
	.filter((entries) => entries.every(([name]) => name !== '__metadata__' && name !== '__proto__'))
	.map(
		(entries) =>
			new Map(
				entries.map(([name, shape], index): [string, Tensor] => {
					const length = shape.reduce((a, b) => a * b, 1);
					return [name, { shape, data: Float32Array.from({ length }, (_, i) => Math.sin(i + index)) }];
				}),
			),
	);

/** A file with any header and `dataBytes` bytes of data. */
function file(header: unknown, dataBytes = 0): Uint8Array {
	const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
	const bytes = new Uint8Array(8 + json.length + dataBytes);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
	bytes.set(json, 8);
	return bytes;
}

describe('round trip', () => {
	test('of any tensors and metadata', () => {
		fc.assert(
			fc.property(tensors, fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }), (given, metadata) => {
				const bytes = writeSafetensors(given, metadata);
				const back = readSafetensors(bytes);
				expect(back.metadata).toEqual(metadata);
				expect(new Map([...back.tensors].sort())).toEqual(new Map([...given].sort()));
			}),
		);
	});

	test('data start at a multiple of 8', () => {
		const bytes = writeSafetensors(new Map([['a', { shape: [1], data: Float32Array.of(1) }]]), { k: 'xyz' });
		expect(bytes.length % 8).toBe(4);
		expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
	});

	test('the bytes are those of the reference format', () => {
		const bytes = writeSafetensors(new Map([['w', { shape: [2], data: Float32Array.of(1, -2) }]]));
		const header = '{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
		expect(new TextDecoder().decode(bytes.subarray(8, 8 + header.length))).toBe(header);
		expect([...bytes.subarray(-8)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
	});
});

describe('reading', () => {
	test('half, brain, double and integer tensors as float32', () => {
		const bytes = file(
			{
				h: { dtype: 'F16', shape: [1], data_offsets: [0, 2] },
				b: { dtype: 'BF16', shape: [1], data_offsets: [2, 4] },
				d: { dtype: 'F64', shape: [], data_offsets: [4, 12] },
				i: { dtype: 'I64', shape: [1, 1], data_offsets: [12, 20] },
			},
			20,
		);
		const view = new DataView(bytes.buffer, bytes.length - 20);
		view.setUint16(0, 0x3c00, true);
		view.setUint16(2, 0x3fc0, true);
		view.setFloat64(4, -0.25, true);
		view.setBigInt64(12, 42n, true);
		const read = readSafetensors(bytes).tensors;
		expect(['h', 'b', 'd', 'i'].map((name) => read.get(name)!.data[0])).toEqual([1, 1.5, -0.25, 42]);
		expect(read.get('d')!.shape).toEqual([]);
	});

	test('a file is recognised by its start', () => {
		expect(looksLikeSafetensors(writeSafetensors(new Map()))).toBe(true);
		expect(looksLikeSafetensors(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0, 0))).toBe(false);
		expect(looksLikeSafetensors(new Uint8Array(0))).toBe(false);
	});

	test.skipIf(!hasShared)('real files', () => {
		const { tensors: real } = readSafetensors(readFileSync(sharedPath('weights/darts-fqa-focuspath.safetensors')));
		const weights = [...real].filter(([name]) => !/running_|num_batches/.test(name));
		expect(weights.reduce((sum, [, { data }]) => sum + data.length, 0)).toBe(35021);
	});
});

describe('refused, saying why:', () => {
	const entry = (change: object) => ({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...change } });
	const huge = new Uint8Array(16).fill(0xff);
	const cases: [string, Uint8Array, RegExp][] = [
		['nothing', new Uint8Array(0), /first 8 bytes/],
		['a huge header', huge, /claims/],
		['a cut header', file({}).subarray(0, 9), /not all there/],
		['a header that is not JSON', file('{"a":'), /not JSON/],
		['a header that is a list', file('[]'), /not a JSON object/],
		['a header that starts with spaces', file(' {}'), /not a JSON object/],
		['an entry without a type', file({ a: { shape: [1], data_offsets: [0, 4] } }, 4), /lacks a type/],
		['an entry that is null', file({ a: null }), /lacks a type/],
		['an unknown type', file(entry({ dtype: 'F8_E4M3' }), 4), /unknown type 'F8_E4M3'/],
		['a type named like a method', file(entry({ dtype: 'toString' }), 4), /unknown type/],
		['a negative size', file(entry({ shape: [-1] }), 4), /lacks a type/],
		['a broken size', file(entry({ shape: [0.5] }), 4), /lacks a type/],
		['a shape too large for its bytes', file(entry({ shape: [2] }), 4), /has 4 bytes/],
		['a shape of astronomic size', file(entry({ shape: [2 ** 40, 2 ** 40] }), 4), /has 4 bytes/],
		['offsets backwards', file(entry({ data_offsets: [4, 0] }), 4), /has -4 bytes/],
		['data cut off', file(entry({}), 3), /1 bytes of data are missing/],
		['data left over', file(entry({}), 5), /1 bytes of data belong to no tensor/],
		['a gap', file(entry({ data_offsets: [4, 8] }), 8), /overlaps another or leaves a gap/],
		['an overlap', file({ ...entry({}), b: { dtype: 'F32', shape: [1], data_offsets: [2, 6] } }, 6), /overlaps/],
		['metadata that are no texts', file({ __metadata__: { a: 1 } }), /other than texts/],
		['metadata that are a list', file({ __metadata__: [] }), /not an object/],
	];
	test.each(cases)('%s', (_, bytes, message) => {
		expect(() => readSafetensors(bytes)).toThrow(FormatError);
		expect(() => readSafetensors(bytes)).toThrow(message);
	});
});

describe('fuzz: an error of the family or tensors, never anything else', () => {
	const attempt = (bytes: Uint8Array) => {
		try {
			readSafetensors(bytes);
		} catch (error) {
			expect(error).toBeInstanceOf(FormatError);
		}
	};
	const good = writeSafetensors(
		new Map([
			['conv.weight', { shape: [2, 3], data: new Float32Array(6) }],
			['conv.bias', { shape: [2], data: new Float32Array(2) }],
		]),
		{ note: 'x' },
	);

	test('random bytes', () => {
		fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), attempt));
	});

	test('random headers', () => {
		fc.assert(fc.property(fc.json(), fc.nat(32), (header, data) => attempt(file(header, data))));
	});

	test('truncations and changed bytes', () => {
		for (let length = 0; length < good.length; length++) attempt(good.slice(0, length));
		fc.assert(
			fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
				const bytes = good.slice();
				bytes[at] = value;
				attempt(bytes);
			}),
			{ numRuns: 1000 },
		);
	});
});
