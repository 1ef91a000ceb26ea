import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { toRgb } from '../../image/to-rgb.ts';
import { encodeTestJpeg } from '../testing/jpeg-encoder.ts';
import { decodeJpeg } from './decode-jpeg.ts';
import { standaloneJpeg } from './splice.ts';

const components = [0, 1, 2].map((id) => ({ id, h: 1, v: 1 }));
const options = { widthPx: 24, heightPx: 24, components, block: (c: number) => [200 - 150 * c, 30] };
const isTable = (marker: number): boolean => marker === 0xdb || marker === 0xc4;
const tables = encodeTestJpeg({ ...options, edit: (m, b) => (isTable(m) || m === 0xd9 ? b : []) });
const abbreviated = encodeTestJpeg({ ...options, edit: (m, b) => (isTable(m) ? [] : b) });

describe('standaloneJpeg', () => {
	test.each(['rgb', 'ycbcr'] as const)('libjpeg reads tables and colour from the stream: %s', async (colour) => {
		const expected = toRgb(decodeJpeg(abbreviated, { tables, colour })).data;
		for (const shared of [tables, tables.subarray(0, -2)]) {
			const standalone = standaloneJpeg(abbreviated, shared, colour);
			expect(new Uint8Array(await sharp(standalone).raw().toBuffer())).toEqual(expected);
		}
	});

	test('a stream with its own tables stays as it is, but for the colour', () => {
		const whole = encodeTestJpeg(options);
		expect(standaloneJpeg(whole, undefined, 'grey')).toEqual(whole);
		expect(standaloneJpeg(whole, undefined, 'rgb').length).toBe(whole.length + 16);
	});
});
