/** Weights of others, loaded by their names, answer as they did in PyTorch. The files stay outside of the project. */
import { readFileSync } from 'node:fs';
import { cropRgb, looksLikeSafetensors, type RgbImage, readSafetensors, readTorch, type Tensors } from '@parfocal/core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { resample } from '../data/pixels/resample.ts';
import { startedEngines } from '../engine/testing/engines.ts';
import { uniformNumbers } from '../golden/parameters.ts';
import { matchedParameters } from './match-parameters.ts';
import { parameterSpecs } from './network.ts';
import { networkNamed } from './registry.ts';
import { openNetwork } from './run-network.ts';

interface Classified {
	/** Class, its name, its probability; the likeliest first. */
	readonly top5: readonly (readonly [number, string, number])[];
}

interface Scored {
	readonly mean: readonly number[];
	readonly std: readonly number[];
	readonly score: Readonly<Record<string, number>>;
}

const SIDE = 224;

const cases = hasShared
	? (JSON.parse(readFileSync(sharedPath('golden/pretrained-open.json'), 'utf8')).cases as Record<string, unknown>)
	: {};

/** Interleaved bytes of the file's made-up picture. */
function picture(name: string, side: number): Uint8Array {
	return Uint8Array.from(uniformNumbers(`img:${name}`, side * side * 3), (u) => Math.floor(256 * u));
}

function weights(file: string): Tensors {
	const bytes = readFileSync(sharedPath(`weights/${file}`));
	return looksLikeSafetensors(bytes) ? readSafetensors(bytes).tensors : readTorch(bytes);
}

async function answersOf(
	name: string,
	file: string,
	outputs: number,
	bytes: Uint8Array,
	normalise: (byte: number, channel: number) => number,
): Promise<Float32Array> {
	const network = networkNamed(name);
	const parameters = matchedParameters(network, parameterSpecs(network, 'classifier', outputs), weights(file));
	const engine = await startedEngines[0]!.open();
	const running = await openNetwork(engine, { network, head: 'classifier', outputs, parameters, batch: 1 });
	const area = bytes.length / 3;
	const planes = Float32Array.from(bytes, (_, i) => {
		const channel = Math.floor(i / area);
		return normalise(bytes[3 * (i % area) + channel]!, channel);
	});
	const given = await running.run(planes);
	await running.close();
	return given;
}

/** The middle square of a photograph, 224 px wide: not the reference's resampler, so its first answer must be among our first three. */
async function photograph(name: string): Promise<Uint8Array> {
	const image = await readPhotograph(sharedPath(`weights/testimages/${name}`));
	const side = Math.min(image.widthPx, image.heightPx);
	const [x, y] = [(image.widthPx - side) >> 1, (image.heightPx - side) >> 1];
	const square = cropRgb(image, { x, y, widthPx: side, heightPx: side });
	return resample(square, { method: 'bilinear-antialias', widthPx: SIDE, heightPx: SIDE }).data;
}

/** A JPEG, or a Windows bitmap of 24 bits, whose rows lie upside down, blue first. */
async function readPhotograph(path: string): Promise<RgbImage> {
	const bytes = readFileSync(path);
	if (!path.endsWith('.bmp')) {
		const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
		return { layout: 'rgb', widthPx: info.width, heightPx: info.height, data };
	}
	const [begin, widthPx, heightPx] = [bytes.readUInt32LE(10), bytes.readInt32LE(18), bytes.readInt32LE(22)];
	const stride = 4 * Math.ceil((3 * widthPx) / 4);
	const data = Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, i) => {
		const [y, x, c] = [Math.floor(i / (3 * widthPx)), Math.floor(i / 3) % widthPx, i % 3];
		return bytes[begin + (heightPx - 1 - y) * stride + 3 * x + 2 - c]!;
	});
	return { layout: 'rgb', widthPx, heightPx, data };
}

describe.skipIf(!hasShared)('backbones trained on ImageNet know what they see', () => {
	const [mean, deviation] = [
		[0.485, 0.456, 0.406],
		[0.229, 0.224, 0.225],
	];
	test.each([
		[
			'squeezenet1_0',
			'squeezenet1_0-imagenet-deepcompression',
			(byte: number, c: number) => (byte / 255 - mean[c]!) / deviation[c]!,
		],
		['mobilenet_v2_same', 'mobilenet_v2-imagenet-tflite-ptq', (byte: number) => (byte - 127) / 127.5],
	] as const)('%s', async (name, file, normalise) => {
		for (const photo of ['bird.bmp', 'cat.bmp', 'dragonfly.bmp', 'hot_dog.jpg']) {
			const { top5 } = (cases[file] as Record<string, Classified>)[photo]!;
			const given = await answersOf(name, `${file}.safetensors`, 1000, await photograph(photo), normalise);
			const order = [...given.keys()].toSorted((a, b) => given[b]! - given[a]!);
			expect(order.slice(0, 3), photo).toContain(top5[0]![0]);
		}
	});
});

/** Rounded mean over squares of `2 radius + 1` pixels, edges repeated. */
function boxed(bytes: Uint8Array, side: number, radius: number): Uint8Array {
	const at = (i: number): number => Math.min(side - 1, Math.max(0, i));
	return bytes.map((_, i) => {
		const [y, x, c] = [Math.floor(i / (3 * side)), Math.floor(i / 3) % side, i % 3];
		let sum = 0;
		for (let dy = -radius; dy <= radius; dy++) {
			for (let dx = -radius; dx <= radius; dx++) sum += bytes[3 * (at(y + dy) * side + at(x + dx)) + c]!;
		}
		return Math.round(sum / (2 * radius + 1) ** 2);
	});
}

describe.skipIf(!hasShared)('networks trained for focus', () => {
	for (const genotype of ['focuspath', 'bioimage', 'deepfocus']) {
		const name = genotype === 'focuspath' ? 'darts_fqa' : `darts_fqa_${genotype}`;
		for (const file of [`darts-fqa-${genotype}.safetensors`, `torch-files/darts-fqa_${genotype}.pt`]) {
			test(`${file} as ${name}`, async () => {
				const { mean, std, score } = cases[`darts-fqa-${genotype}`] as Scored;
				for (const radius of [0, 1, 2, 4]) {
					const bytes = boxed(picture('darts', 64), 64, radius);
					const normalise = (byte: number, c: number): number => (byte - mean[c]!) / std[c]!;
					const [given] = await answersOf(name, file, 1, bytes, normalise);
					// A rounding of the box filter that falls the other way moves a pixel by one level.
					expect(given).toBeCloseTo(score[`box_radius_${radius}`]!, radius === 0 ? 3 : 0);
				}
			});
		}
	}
});
