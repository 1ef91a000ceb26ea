import { ArgumentError } from '@parfocal/core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { laplacianVariance } from '../evaluate/laplacian-variance.ts';
import { asLight } from './camera.ts';
import { plainMicroscope } from './microscope.ts';
import { seededRandom } from './random.ts';
import type { StoredPicture } from './stored-picture.ts';
import { checkZStack, type SimulatedPlane, simulatedPlanes, type ZStackSettings } from './zstack.ts';

const SETTINGS: ZStackSettings = {
	microscope: plainMicroscope(0.5),
	first: -2,
	last: 3,
	stepUm: 0.7,
	camera: {},
	seed: 1,
};

/** Dark discs on pink. */
function tissue(widthPx = 80, heightPx = 60): StoredPicture {
	const random = seededRandom(4);
	const data = Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, i) => [225, 165, 195][i % 3]!);
	for (let spot = 0; spot < 60; spot++) {
		const [left, top] = [random.below(widthPx - 5), random.below(heightPx - 5)];
		for (let y = top; y < top + 5; y++)
			for (let x = left; x < left + 5; x++) data.set([90, 50, 130], 3 * (y * widthPx + x));
	}
	return { widthPx, heightPx, data };
}

async function stack(changes: Partial<ZStackSettings> = {}, picture = tissue()): Promise<SimulatedPlane[]> {
	const planes: SimulatedPlane[] = [];
	for await (const plane of simulatedPlanes(picture, { ...SETTINGS, ...changes })) planes.push(plane);
	return planes;
}

function detail({ data, widthPx }: StoredPicture, channel: number): number {
	return laplacianVariance(
		Uint8Array.from({ length: data.length / 3 }, (_, i) => data[3 * i + channel]!),
		widthPx,
	);
}

test('planes come lowest first, each with its height; the middle one is the picture', async () => {
	const planes = await stack();
	expect(planes.map(({ plane }) => plane)).toEqual([-2, -1, 0, 1, 2, 3]);
	expect(planes.map(({ zUm }) => Number(zUm.toFixed(6)))).toEqual([-1.4, -0.7, 0, 0.7, 1.4, 2.1]);
	expect(planes[2]!.data).toEqual(tissue().data);
});

test('detail falls to both sides, alike without spherical aberration and unlike with it', async () => {
	const details = (planes: readonly SimulatedPlane[]): number[] => planes.map((plane) => detail(plane, 1));
	const [below2, below, focus, above, above2, above3] = details(await stack()) as [
		...[number, number, number],
		...[number, number, number],
	];
	expect(focus).toBeGreaterThan(above);
	expect(above).toBeGreaterThan(above2);
	expect(above2).toBeGreaterThan(above3);
	expect(below / above).toBeCloseTo(1, 9);
	expect(below2 / above2).toBeCloseTo(1, 9);
	const apart = (planes: readonly SimulatedPlane[]): number =>
		Math.max(...planes[0]!.data.map((value, i) => Math.abs(value - planes[4]!.data[i]!)));
	expect(apart(await stack())).toBeLessThanOrEqual(1);
	expect(apart(await stack({ microscope: { ...SETTINGS.microscope, sphericalWaves: 1 } }))).toBeGreaterThan(10);
});

test('with a chromatic shift red is sharpest above, blue below', async () => {
	const planes = await stack({
		microscope: { ...SETTINGS.microscope, chromaticShiftUm: 1.4 },
		first: -2,
		last: 2,
	});
	const sharpest = (channel: number): number => {
		const details = planes.map((plane) => detail(plane, channel));
		return planes[details.indexOf(Math.max(...details))]!.plane;
	};
	expect([sharpest(0), sharpest(1), sharpest(2)]).toEqual([2, 0, -2]);
});

test('the seed decides the noise of each plane, whichever planes are made', async () => {
	const noisy = { camera: { noise: 2 } };
	const all = await stack(noisy);
	expect(await stack(noisy)).toEqual(all);
	expect(await stack({ ...noisy, first: 1, last: 1 })).toEqual([all[3]]);
	expect((await stack({ ...noisy, seed: 2 }))[0]!.data).not.toEqual(all[0]!.data);
	// Planes as far above as below do not share their noise.
	expect(all[1]!.data).not.toEqual(all[3]!.data);
});

test('stain and stored pixel size', async () => {
	const [plain] = await stack({ first: 0, last: 0 });
	const [strong] = await stack({ first: 0, last: 0, stain: [2, 2, 2] });
	const mean = ({ data }: StoredPicture): number => data.reduce((sum, value) => sum + value, 0) / data.length;
	expect(mean(strong!)).toBeLessThan(mean(plain!) - 20);
	const [half] = await stack({ first: 1, last: 1, storedMpp: 1 });
	expect([half!.widthPx, half!.heightPx, half!.data.length]).toEqual([40, 30, 3600]);
});

describe('refuses', () => {
	test.each<[Partial<ZStackSettings>, string]>([
		[{ first: 2, last: 1 }, 'planes'],
		[{ first: 0.5 }, 'planes'],
		[{ last: Number.NaN }, 'planes'],
		[{ stepUm: 0 }, 'stepUm'],
		[{ microscope: { ...SETTINGS.microscope, numericalAperture: 2 } }, 'numericalAperture'],
		[{ stepUm: 200, last: 9 }, 'defocusUm'],
	])('%o, naming %s', async (changes, argument) => {
		await expect(stack(changes)).rejects.toThrow(ArgumentError);
		await expect(stack(changes)).rejects.toMatchObject({ argument });
	});

	test('pictures too large to be held, before they are', () => {
		expect(() => checkZStack({ widthPx: 4096, heightPx: 4096 }, SETTINGS)).not.toThrow();
		expect(() => checkZStack({ widthPx: 4097, heightPx: 4096 }, SETTINGS)).toThrow(/4097 x 4096.*Cut out/);
	});
});

describe.skipIf(!hasShared)('a real picture', () => {
	test('loses detail step by step on both sides of focus, and keeps its light', async () => {
		const { data, info } = await sharp(sharedPath('data/sharp/cmu1_region_0.png'))
			.extract({ left: 100, top: 100, width: 300, height: 260 })
			.removeAlpha()
			.raw()
			.toBuffer({ resolveWithObject: true });
		const picture = { widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) };
		const planes = await stack({ first: -4, last: 4, stepUm: 0.75 }, picture);
		const details = planes.map((plane) => detail(plane, 1));
		for (let i = 4; i < 8; i++) expect(details[i + 1]).toBeLessThan(details[i]!);
		for (let i = 4; i > 0; i--) expect(details[i - 1]).toBeLessThan(details[i]!);
		expect(details[8]! / details[4]!).toBeLessThan(0.05);
		const light = planes.map((plane) => asLight(plane).light.reduce((sum, value) => sum + value, 0));
		// Light moves over the edge of the picture; its mirror image gives as much, nearly.
		for (const value of light) expect(Math.abs(value / light[4]! - 1)).toBeLessThan(0.02);
	});
});
