import { ArgumentError, downsample, type RgbImage } from '@parfocal/core';
import fc from 'fast-check';
import sharpPicture from 'sharp';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../../core/src/testing/shared.ts';
import { laplacianVariance } from '../../evaluate/laplacian-variance.ts';
import { lumaPlane } from '../source-image.ts';
import { checkResample, type ResampleMethod, type ResampleOption, resample } from './resample.ts';

/** A picture with three equal channels. */
function grey(rows: readonly (readonly number[])[]): RgbImage {
	const data = Uint8Array.from(rows.flat().flatMap((value) => [value, value, value]));
	return { layout: 'rgb', widthPx: rows[0]!.length, heightPx: rows.length, data };
}

function values(image: RgbImage): number[] {
	return Array.from({ length: image.widthPx * image.heightPx }, (_, i) => image.data[3 * i]!);
}

function row(method: ResampleMethod, from: readonly number[], widthPx: number): number[] {
	return values(resample(grey([from]), { method, widthPx, heightPx: 1 }));
}

describe('against values computed by hand', () => {
	test('bilinear without prefilter looks at two pixels only, however far apart outputs are', () => {
		// 8 -> 2: centres at 1.5 and 5.5, halfway between pixels 1 and 2, 5 and 6.
		expect(row('bilinear', [255, 10, 20, 255, 255, 100, 140, 255], 2)).toEqual([15, 120]);
		// 9 -> 3: centres fall on pixels 1, 4, 7.
		expect(row('bilinear', [0, 11, 0, 0, 22, 0, 0, 33, 0], 3)).toEqual([11, 22, 33]);
		// 2 -> 4: at -.25 (edge), .25, .75, 1.25 (edge).
		expect(row('bilinear', [0, 100], 4)).toEqual([0, 25, 75, 100]);
	});

	test('bilinear with antialiasing weighs a triangle two outputs wide', () => {
		// 8 -> 4: output 1 is centred at 3 and reaches from 1 to 5: weights 1 3 3 1 of 8 on pixels 1 to 4.
		const line = [0, 80, 0, 8, 16, 0, 0, 0];
		expect(row('bilinear-antialias', line, 4)[1]).toBe((80 + 3 * 0 + 3 * 8 + 16) / 8);
		// Output 0 is centred at 1, cut off at the edge: weights 3 3 1 of 7 on pixels 0 to 2.
		expect(row('bilinear-antialias', [70, 0, 35, 0, 0, 0, 0, 0], 4)[0]).toBe((3 * 70 + 35) / 7);
		// Growing is plain bilinear.
		expect(row('bilinear-antialias', [0, 100], 4)).toEqual([0, 25, 75, 100]);
	});

	test('box is the mean of the area, partly covered pixels counting in part', () => {
		expect(row('box', [10, 20, 30, 50], 2)).toEqual([15, 40]);
		// 3 -> 2: one and a half pixels each.
		expect(row('box', [30, 60, 90], 2)).toEqual([(30 + 60 / 2) / 1.5, (60 / 2 + 90) / 1.5]);
		expect(row('box', [10, 20], 4)).toEqual([10, 10, 20, 20]);
	});

	test('halves are rounded up, once: rows first would give another value', () => {
		// (0 + 1 + 1 + 0) / 4 = .5 in both axes at once.
		const square = grey([
			[0, 1],
			[1, 0],
		]);
		for (const method of ['bilinear', 'bilinear-antialias', 'box'] as const) {
			expect(values(resample(square, { method, widthPx: 1, heightPx: 1 }))).toEqual([1]);
		}
		// (0 + 0 + 0 + 1) / 4 = .25; rounded between the axes it would be 1.
		const corner = grey([
			[0, 0],
			[0, 1],
		]);
		expect(values(resample(corner, { method: 'box', widthPx: 1, heightPx: 1 }))).toEqual([0]);
	});

	test('both axes, with channels apart', () => {
		const data = Uint8Array.from([0, 10, 200, 100, 30, 200, 50, 10, 100, 50, 30, 100]);
		const image: RgbImage = { layout: 'rgb', widthPx: 2, heightPx: 2, data };
		expect([...resample(image, { method: 'box', widthPx: 1, heightPx: 1 }).data]).toEqual([50, 20, 150]);
		expect(resample(image, { method: 'box', widthPx: 2, heightPx: 1 })).toMatchObject({ widthPx: 2, heightPx: 1 });
		expect([...resample(image, { method: 'box', widthPx: 2, heightPx: 1 }).data]).toEqual([25, 10, 150, 75, 30, 150]);
	});
});

test('what a resampler leaves of a fine pattern: aliased, attenuated or averaged', () => {
	const stripes = Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? 0 : 200));
	const spread = (method: ResampleMethod): number => {
		const small = row(method, stripes, 14);
		return Math.max(...small) - Math.min(...small);
	};
	expect(spread('bilinear')).toBeGreaterThan(100);
	expect(spread('bilinear-antialias')).toBeLessThan(25);
	expect(spread('box')).toBeLessThan(60);
});

test("a box of whole pixels is the core's downsampling", () => {
	const data = Uint8Array.from({ length: 3 * 60 * 40 }, (_, i) => (i * 7919) % 256);
	const image: RgbImage = { layout: 'rgb', widthPx: 60, heightPx: 40, data };
	expect(resample(image, { method: 'box', widthPx: 15, heightPx: 10 })).toEqual(downsample(image, 4));
});

test('a flat picture stays flat, and no value leaves the range of its inputs', () => {
	const method = fc.constantFrom<ResampleMethod>('bilinear', 'bilinear-antialias', 'box');
	const side = fc.integer({ min: 1, max: 20 });
	fc.assert(
		fc.property(
			method,
			side,
			side,
			side,
			side,
			fc.array(fc.nat(255), { minLength: 400, maxLength: 400 }),
			(how, w, h, toW, toH, bytes) => {
				const image = grey(Array.from({ length: h }, (_, y) => bytes.slice(y * w, (y + 1) * w)));
				const result = values(resample(image, { method: how, widthPx: toW, heightPx: toH }));
				expect(result).toHaveLength(toW * toH);
				expect(Math.min(...result)).toBeGreaterThanOrEqual(Math.min(...values(image)));
				expect(Math.max(...result)).toBeLessThanOrEqual(Math.max(...values(image)));
				const flat = grey(Array.from({ length: h }, () => new Array<number>(w).fill(bytes[0]!)));
				expect(new Set(values(resample(flat, { method: how, widthPx: toW, heightPx: toH })))).toEqual(
					new Set([bytes[0]]),
				);
			},
		),
	);
});

test('mirrored in, mirrored out', () => {
	const line = [3, 200, 17, 90, 55, 120, 0, 33, 250, 64];
	for (const method of ['bilinear', 'bilinear-antialias', 'box'] as const) {
		expect(row(method, line.toReversed(), 4)).toEqual(row(method, line, 4).toReversed());
	}
});

test('the same size is the same picture, and a wrong size is refused', () => {
	const image = grey([[1, 2]]);
	expect(resample(image, { method: 'box', widthPx: 2, heightPx: 1 })).toBe(image);
	for (const widthPx of [0, -1, 1.5, Number.NaN]) {
		expect(() => resample(image, { method: 'box', widthPx, heightPx: 1 })).toThrow(ArgumentError);
	}
});

test('an unknown method is refused with those there are; none needs no size', () => {
	const resampling = { method: 'cubic' as ResampleMethod, widthPx: 4, heightPx: 4 };
	expect(() => checkResample(resampling)).toThrow(
		'There is no resampler "cubic". There are: none, bilinear, bilinear-antialias, box.',
	);
	expect(() => resample(grey([[1, 2]]), resampling)).toThrow(ArgumentError);
	expect(() => checkResample('none')).not.toThrow();
});

test('each output is the sum over all inputs by the definition, both axes at once', () => {
	const weight: Readonly<Record<ResampleMethod, (input: number, output: number, from: number, to: number) => number>> =
		{
			bilinear(input, output, from, to) {
				const place = Math.min(Math.max(((output + 0.5) * from) / to - 0.5, 0), from - 1);
				return Math.max(0, 1 - Math.abs(input - place));
			},
			'bilinear-antialias'(input, output, from, to) {
				const reach = Math.max(from / to, 1);
				return Math.max(0, 1 - Math.abs(input + 0.5 - ((output + 0.5) * from) / to) / reach);
			},
			box(input, output, from, to) {
				const [low, high] = [(output * from) / to, ((output + 1) * from) / to];
				return Math.max(0, Math.min(input + 1, high) - Math.max(input, low));
			},
		};
	const side = fc.integer({ min: 1, max: 9 });
	const bytes = fc.array(fc.nat(255), { minLength: 81, maxLength: 81 });
	const method = fc.constantFrom<ResampleMethod>('bilinear', 'bilinear-antialias', 'box');
	fc.assert(
		fc.property(method, side, side, side, side, bytes, (how, w, h, toW, toH, level) => {
			const image = grey(Array.from({ length: h }, (_, y) => level.slice(y * w, (y + 1) * w)));
			const own = values(resample(image, { method: how, widthPx: toW, heightPx: toH }));
			const weigh = weight[how];
			for (let y = 0; y < toH; y++) {
				for (let x = 0; x < toW; x++) {
					let [sum, total] = [0, 0];
					for (let v = 0; v < h; v++) {
						for (let u = 0; u < w; u++) {
							const share = weigh(u, x, w, toW) * weigh(v, y, h, toH);
							sum += share * level[v * w + u]!;
							total += share;
						}
					}
					expect(Math.abs(own[y * toW + x]! - sum / total)).toBeLessThan(0.5 + 1e-9);
				}
			}
		}),
	);
});

test.skipIf(!hasShared)(
	'on real tissue, what a blur of one pixel takes away is least to be seen after averaging',
	async () => {
		const file = sharpPicture(sharedPath('data/sharp/aidpath_pas_10003.png')).removeAlpha().toColourspace('srgb');
		const detail = async (blurred: boolean, option: ResampleOption): Promise<number> => {
			const picture = blurred ? file.clone().blur(1) : file.clone();
			const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
			const image: RgbImage = { layout: 'rgb', widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) };
			const seen = option === 'none' ? image : resample(image, option);
			return laplacianVariance(lumaPlane(seen), seen.widthPx);
		};
		const left = async (option: ResampleOption): Promise<number> =>
			(await detail(true, option)) / (await detail(false, option));
		const { width, height } = await file.metadata();
		const quarter = { widthPx: Math.floor(width / 4.5), heightPx: Math.floor(height / 4.5) };
		const native = await left('none');
		const bilinear = await left({ method: 'bilinear', ...quarter });
		const box = await left({ method: 'box', ...quarter });
		const antialias = await left({ method: 'bilinear-antialias', ...quarter });
		expect(native).toBeLessThan(bilinear);
		expect(bilinear).toBeLessThan(box);
		expect(box).toBeLessThan(antialias);
		expect(antialias).toBeLessThan(1);
	},
);
