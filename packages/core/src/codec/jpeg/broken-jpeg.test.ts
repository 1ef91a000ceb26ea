import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import type { PlanarImage } from '../../image/pixels.ts';
import { sharedKernels } from '../../kernels/kernels.ts';
import { brokenJpegs, unsupportedJpegs } from '../testing/broken-jpegs.ts';
import { encodeTestJpeg } from '../testing/jpeg-encoder.ts';
import { hasTool, texture } from '../testing/pictures.ts';
import { decodeJpeg, type JpegOptions } from './decode-jpeg.ts';
import { jpegHeader } from './jpeg-header.ts';

/** What comes of a decode: the image or an error of ours; anything else fails the test. */
function outcome(bytes: Uint8Array, options?: JpegOptions): PlanarImage | FormatError {
	try {
		return decodeJpeg(bytes, options);
	} catch (error) {
		if (error instanceof FormatError) return error;
		throw error;
	}
}

function hash(image: PlanarImage): number {
	let sum = 0;
	for (const { data } of image.planes) for (const value of data) sum = (Math.imul(sum, 31) + value) | 0;
	return sum;
}

describe('broken streams', () => {
	test.each(brokenJpegs)('$name is $reason', ({ bytes, reason }) => {
		expect(outcome(bytes)).toMatchObject({
			tag: 'format',
			reason,
			message: expect.stringMatching(/^The JPEG image .*\.$/),
		});
		expect(outcome(encodeTestJpeg())).toMatchObject({ layout: 'planes' });
	});

	test.each(unsupportedJpegs)('$name is left to others', ({ bytes, reason }) => {
		expect(outcome(bytes)).toMatchObject({ reason });
		expect(jpegHeader(bytes).unsupported).toMatch(/^The JPEG image (is|has|does|states)/);
	});

	test('names in the corpus are unique', () => {
		const names = [...brokenJpegs, ...unsupportedJpegs].map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});

	test('progressive and CMYK of a real encoder are recognised, with their size', async () => {
		const picture = sharp(texture(50, 30, 3), { raw: { width: 50, height: 30, channels: 3 } });
		const progressive = await picture.clone().jpeg({ progressive: true }).toBuffer();
		expect(jpegHeader(progressive)).toEqual({
			widthPx: 50,
			heightPx: 30,
			componentCount: 3,
			bitsPerSample: 8,
			unsupported: 'The JPEG image is progressive.',
		});
		const cmyk = await picture.clone().toColourspace('cmyk').jpeg().toBuffer();
		expect(jpegHeader(cmyk)).toMatchObject({ componentCount: 4, unsupported: expect.stringMatching(/components/) });
	});

	test.skipIf(!hasTool('cjpeg'))('arithmetic coding and several scans of a real encoder are recognised', () => {
		const input = Buffer.concat([Buffer.from('P6\n40 24\n255\n'), texture(40, 24, 3)]);
		expect(outcome(execFileSync('cjpeg', ['-arithmetic'], { input }))).toMatchObject({ reason: 'unsupported' });
		const restarts = outcome(execFileSync('cjpeg', ['-restart', '1B'], { input }));
		expect(restarts).toMatchObject({ widthPx: 40, colour: 'ycbcr' });
	});
});

describe('whatever the bytes', () => {
	const valid = [
		encodeTestJpeg({ widthPx: 40, heightPx: 24, restartInterval: 2, block: () => [200, 9, 0, -30] }),
		encodeTestJpeg({
			widthPx: 33,
			heightPx: 20,
			components: [1, 2, 3].map((id) => ({ id, h: id === 1 ? 2 : 1, v: id === 1 ? 2 : 1 })),
			block: (component) => [40 * component, 5, -1, 0, 0, 60],
		}),
	];
	const image = fc.constantFrom(...valid);
	const planes = fc.constantFrom('all' as const, 'luma' as const);

	test('mutations give an image or an error of ours, and bounded memory', () => {
		const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(image, changes, planes, (bytes, edits, wanted) => {
				const mutated = bytes.slice();
				for (const [at, value] of edits) mutated[at % mutated.length] = value;
				outcome(mutated, { planes: wanted });
				outcome(mutated, { tables: bytes, planes: wanted });
				outcome(bytes, { tables: mutated, planes: wanted });
			}),
			{ numRuns: 4000 },
		);
		// 64 samples at least take two bits, so the planes of a kilobyte are at most 256 KiB.
		expect(sharedKernels().memory.buffer.byteLength).toBeLessThan(8 << 20);
	});

	test('random bytes behind a valid header do no harm', () => {
		const start = valid[1]!.findIndex((value, i, all) => value === 0xff && all[i + 1] === 0xda) + 14;
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 600 }), planes, (tail, wanted) => {
				outcome(Uint8Array.from([...valid[1]!.subarray(0, start), ...tail]), { planes: wanted });
			}),
			{ numRuns: 1500 },
		);
	});

	test('random bytes are never an image', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				expect(outcome(bytes)).toBeInstanceOf(FormatError);
			}),
			{ numRuns: 500 },
		);
	});

	test('a cut stream is an error, or whole but for its end marker', () => {
		for (const bytes of valid) {
			const whole = hash(decodeJpeg(bytes));
			for (let length = 0; length < bytes.length; length++) {
				const result = outcome(bytes.subarray(0, length));
				if (result instanceof FormatError) expect(result.reason).toBe('truncated');
				else expect([hash(result), length >= bytes.length - 2]).toEqual([whole, true]);
			}
		}
	});
});
