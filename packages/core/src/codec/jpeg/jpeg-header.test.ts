import { describe, expect, test } from 'vitest';
import { encodeTestJpeg } from '../testing/jpeg-encoder.ts';
import { jpegHeader } from './jpeg-header.ts';

describe('jpegHeader', () => {
	test('of a JPEG that decodeJpeg decodes', () => {
		expect(jpegHeader(encodeTestJpeg({ widthPx: 123, heightPx: 45, process: 0xc1 }))).toEqual({
			widthPx: 123,
			heightPx: 45,
			componentCount: 1,
			bitsPerSample: 8,
			unsupported: undefined,
		});
	});

	test('of an abbreviated stream, with its tables', () => {
		const isTable = (marker: number): boolean => marker === 0xdb || marker === 0xc4;
		const tables = encodeTestJpeg({ edit: (m, b) => (isTable(m) || m === 0xd9 ? b : []) });
		const image = encodeTestJpeg({ widthPx: 9, edit: (m, b) => (isTable(m) ? [] : b) });
		expect(jpegHeader(image, tables)).toMatchObject({ widthPx: 9, unsupported: undefined });
		expect(() => jpegHeader(image)).toThrow(/does not define/);
	});

	test('of a kind left to others', () => {
		expect(jpegHeader(encodeTestJpeg({ widthPx: 70, bitsPerSample: 12, process: 0xc1 }))).toMatchObject({
			widthPx: 70,
			bitsPerSample: 12,
			unsupported: 'The JPEG image does not have 8 bits a sample.',
		});
	});

	test('of no JPEG is an error', () => {
		expect(() => jpegHeader(new Uint8Array(10))).toThrow(expect.objectContaining({ reason: 'unrecognised' }));
	});
});
