import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesFromBase64 } from './base64.ts';

test('decodes what Buffer encodes', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
			expect(Array.from(bytesFromBase64(Buffer.from(bytes).toString('base64')))).toEqual(Array.from(bytes));
		}),
	);
});
