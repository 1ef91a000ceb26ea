import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, sha256 } from './fingerprint.ts';

test("SHA-256 of the standard's examples", async () => {
	// FIPS 180-4, as published with its test vectors.
	expect(await sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
	expect(await sha256(new Uint8Array(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('text is taken as UTF-8', async () => {
	expect(await sha256('µm')).toBe(await sha256(Uint8Array.of(0xc2, 0xb5, 0x6d)));
});

test('keys are sorted at every depth, lists keep their order, undefined members are left out', () => {
	expect(canonicalJson({ b: [2, 1, { d: 1, c: undefined }], a: { z: null, y: 'x' } })).toBe(
		'{"a":{"y":"x","z":null},"b":[2,1,{"d":1}]}',
	);
});

test('the order of keys does not matter', () => {
	const reversed = (value: unknown): unknown =>
		typeof value === 'object' && value !== null && !Array.isArray(value)
			? Object.fromEntries(
					Object.entries(value)
						.reverse()
						.map(([key, member]) => [key, reversed(member)]),
				)
			: value;
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
			expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
		}),
	);
});
