import { expect, test } from 'vitest';
import { laplacianVariance } from '../evaluate/laplacian-variance.ts';
import { seededRandom } from '../simulate/random.ts';
import { CROP_PX } from './crops.ts';
import { makeView } from './make-view.ts';
import { lumaPlane, type SourceImage } from './source-image.ts';

/** Purple spots on pink. */
function tissue(sidePx = 300): SourceImage {
	const random = seededRandom(9);
	const data = new Uint8Array(3 * sidePx * sidePx);
	for (let i = 0; i < data.length; i += 3) data.set([225, 160, 190], i);
	for (let spot = 0; spot < 500; spot++) {
		const [cx, cy] = [random.below(sidePx), random.below(sidePx)];
		for (let y = Math.max(0, cy - 4); y < Math.min(sidePx, cy + 4); y++) {
			for (let x = Math.max(0, cx - 3); x < Math.min(sidePx, cx + 3); x++)
				data.set([90, 50, 130], 3 * (y * sidePx + x));
		}
	}
	return { source: 'repo#slide', name: 'tissue', widthPx: sidePx, heightPx: sidePx, data, mpp: 0.5 };
}

test('gives a crop for each blur, ever softer, of the slide it came from', async () => {
	const blurs = [0, 2, 6, 15];
	const view = (await makeView(tissue(), blurs, seededRandom(1)))!;
	expect(view.source).toBe('repo#slide');
	expect(view.mpp).toBe(0.5);
	expect(view.crops.map((crop) => crop.blurRadiusPx)).toEqual(blurs);
	const detail = view.crops.map((crop) => {
		expect(crop.rgb.length).toBe(3 * CROP_PX * CROP_PX);
		return laplacianVariance(lumaPlane({ data: crop.rgb }), CROP_PX);
	});
	expect(detail[0]).toBeGreaterThan(2 * detail[1]!);
	expect(detail[1]).toBeGreaterThan(detail[3]!);
});

test('the same seed gives the same bytes, another seed others', async () => {
	const make = async (seed: number): Promise<Uint8Array> =>
		(await makeView(tissue(), [0, 3], seededRandom(seed)))!.crops[1]!.rgb;
	expect(await make(4)).toEqual(await make(4));
	expect(await make(4)).not.toEqual(await make(5));
});

test('glass and flat tissue give nothing', async () => {
	for (const colour of [
		[245, 245, 246],
		[200, 120, 160],
	]) {
		const flat = tissue();
		for (let i = 0; i < flat.data.length; i += 3) flat.data.set(colour, i);
		expect(await makeView(flat, [0, 1], seededRandom(1))).toBeUndefined();
	}
});
