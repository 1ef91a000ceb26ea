import { describe, expect, test, vi } from 'vitest';
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { hasShared, sharedPath } from '../../testing/shared.ts';
import { greyLevelsOf } from '../signal/luma.ts';
import { readPicture } from '../testing/golden.ts';
import { blurredPicture, greyPicture, noisePicture } from '../testing/pictures.ts';
import { cosineDictionary, loadDictionary, type SparseDictionary, saveDictionary } from './dictionary.ts';
import { blockGrid, gradientBlock } from './gradient-blocks.ts';
import { residualsOf } from './residuals.ts';
import { sparish } from './sparish.ts';
import { sparseCodes } from './sparse-coder.ts';
import { trainDictionary } from './train-dictionary.ts';

/** Discs of many sizes at places that depend on the seed. */
function discs(seed: number, side = 200): RgbImage {
	const noise = noisePicture(60, 1, seed, 255).data;
	const levels = noisePicture(side, side, seed + 1, 6).data;
	return greyPicture(side, side, (x, y) => {
		let level = 200;
		for (let i = 0; i < 45; i += 3) {
			const radius = 4 + noise[3 * i]! / 12;
			const inside = Math.hypot(x - (noise[3 * i + 3]! * side) / 255, y - (noise[3 * i + 6]! * side) / 255) < radius;
			if (inside) level = 40 + noise[3 * i]! / 2;
		}
		return level + levels[3 * (y * side + x)]!;
	});
}

/** Root mean square error of a picture's gradient blocks coded by a dictionary. */
function errorOf(dictionary: SparseDictionary, image: RgbImage): number {
	const picture = greyLevelsOf(image, 1);
	const { columns, rows } = blockGrid(picture);
	const blocks = new Float64Array(64 * columns * rows);
	for (let block = 0; block < columns * rows; block++) gradientBlock(picture, block, blocks, 64 * block);
	const codes = sparseCodes(dictionary, 6, columns * rows, (block, out, offset) =>
		out.set(blocks.subarray(64 * block, 64 * (block + 1)), offset),
	);
	const residuals = residualsOf(dictionary, codes, blocks);
	return Math.sqrt(residuals.reduce((sum, value) => sum + value * value, 0) / residuals.length);
}

const pictures = [discs(1), discs(20), discs(300)];

describe('learning', () => {
	test('the error falls, and blocks never seen are coded better than by cosines', async () => {
		const { dictionary, errors, blocks } = await trainDictionary(pictures, { iterations: 6, atoms: 128 });
		expect(errors).toHaveLength(7);
		expect(blocks).toBe(3 * 25 * 25);
		for (let i = 1; i < errors.length; i++) expect(errors[i]!).toBeLessThan(errors[i - 1]! * 1.01);
		expect(errors.at(-1)!).toBeLessThan(0.8 * errors[0]!);
		const cosines = { atoms: 128, data: cosineDictionary().data.slice(0, 128 * 64) };
		expect(errorOf(dictionary, discs(4000))).toBeLessThan(errorOf(cosines, discs(4000)));
	});

	test('atoms keep unit length, and the file gives them back', async () => {
		const { dictionary } = await trainDictionary(pictures, { iterations: 2, atoms: 64 });
		for (let atom = 0; atom < 64; atom++) {
			const values = dictionary.data.subarray(64 * atom, 64 * (atom + 1));
			expect(values.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
		}
		const { data } = loadDictionary(saveDictionary(dictionary));
		for (const [i, value] of data.entries()) expect(value).toBeCloseTo(dictionary.data[i]!, 6);
	});

	test('same seed, same dictionary; another seed draws other blocks', async () => {
		const learn = async (seed: number) =>
			(await trainDictionary(pictures, { iterations: 1, atoms: 64, blocks: 300, seed })).dictionary.data;
		expect(await learn(4)).toEqual(await learn(4));
		expect(await learn(5)).not.toEqual(await learn(4));
	});

	test('more atoms than cosines, and atoms without use, become blocks', async () => {
		const { dictionary, errors } = await trainDictionary(pictures, { iterations: 2, atoms: 512 });
		expect(dictionary.data).toHaveLength(512 * 64);
		expect(dictionary.data.every(Number.isFinite)).toBe(true);
		expect(errors.at(-1)!).toBeLessThan(errors[0]!);
	});

	test('progress after each round, pictures from a generator', async () => {
		const onProgress = vi.fn();
		async function* generated() {
			yield* pictures;
		}
		const { errors } = await trainDictionary(generated(), { iterations: 2, atoms: 64, onProgress });
		expect(onProgress.mock.calls).toEqual([
			[1, 2, errors[1]],
			[2, 2, errors[2]],
		]);
	});

	test('stops when cancelled, with the reason', async () => {
		const controller = new AbortController();
		const reason = new Error('enough');
		const onProgress = () => controller.abort(reason);
		const learning = trainDictionary(pictures, { atoms: 64, signal: controller.signal, onProgress });
		await expect(learning).rejects.toBe(reason);
	});

	test.skipIf(!hasShared)('a real sharp picture, and SPARISH with what was learned', async () => {
		const image = await readPicture(sharedPath('data/sharp/aidpath_pas_10003.png'));
		const { dictionary, errors } = await trainDictionary([image], { iterations: 3, blocks: 4000 });
		expect(errors.at(-1)!).toBeLessThan(errors[0]!);
		const held = await readPicture(sharedPath('data/sharp/aidpath_pas_10102.png'));
		expect(errorOf(dictionary, held)).toBeLessThan(errorOf(cosineDictionary(), held));
		const scores = [1, 2, 4].map((sigma) => sparish(blurredPicture(held, sigma), { dictionary }));
		expect([sparish(held, { dictionary }), ...scores]).toEqual(
			[sparish(held, { dictionary }), ...scores].toSorted((a, b) => b - a),
		);
	});
});

describe('refused', () => {
	test.each([
		[{ atoms: 100 }, /multiple of 8; not 100/],
		[{ atoms: 32 }, /64 to 1024/],
		[{ sparsity: 0 }, /sparsity is a whole number from 1 to 32, not 0/],
		[{ iterations: 1.5 }, /iterations is a whole number/],
		[{ blocks: 10 }, /blocks is a whole number from 256/],
		[{ seed: Number.NaN }, /not NaN/],
	])('%o', async (options, message) => {
		await expect(trainDictionary(pictures, options)).rejects.toThrow(ArgumentError);
		await expect(trainDictionary(pictures, options)).rejects.toThrow(message);
	});

	test('pictures with nothing to learn from', async () => {
		await expect(trainDictionary([])).rejects.toThrow(/hold 0 blocks/);
		await expect(trainDictionary([greyPicture(400, 400, () => 7)])).rejects.toThrow(/hold 0 blocks/);
		await expect(trainDictionary([noisePicture(40, 40, 1, 255)])).rejects.toThrow(/hold 25 blocks/);
	});
});
