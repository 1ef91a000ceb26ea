import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64, imageUri } from './data-uri.ts';

test('any bytes are what Buffer makes of them', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => base64(bytes) === Buffer.from(bytes).toString('base64')),
	);
});

test('more bytes than a call takes arguments', () => {
	const bytes = Uint8Array.from({ length: 300_001 }, (_, i) => i * 31);
	expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});

test('a picture is named after its first byte', () => {
	expect(imageUri(Uint8Array.of(0xff, 0xd8, 0xff))).toBe('data:image/jpeg;base64,/9j/');
	expect(imageUri(Uint8Array.of(0x89, 0x50))).toBe('data:image/png;base64,iVA=');
});
