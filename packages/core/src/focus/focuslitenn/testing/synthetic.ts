/**
 * Images and models made by formula, and FocusLiteNN computed plainly in double precision, to compare with.
 * @module
 */
import type { PlanarImage, RgbImage } from '../../../image/pixels.ts';
import { type FocusLiteNNDefinition, KERNEL_TAPS, type Pooling, RESPONSE_STRIDE_PX } from '../definition.ts';
import { featureCount } from '../pooling.ts';

/** Numbers in 0..1 of the generator that the golden values are made with. */
export function linearCongruential(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** The golden values' image: stripes with noise. */
export function stripedImage(widthPx: number, heightPx: number, seed: number, period: number): RgbImage {
	const random = linearCongruential(seed);
	const data = new Uint8Array(3 * widthPx * heightPx);
	let at = 0;
	for (let y = 0; y < heightPx; y++) {
		for (let x = 0; x < widthPx; x++) {
			for (let channel = 0; channel < 3; channel++) {
				const triangle = 1 - Math.abs((2 * ((x + 2 * y + 5 * channel) % period)) / period - 1);
				data[at++] = 96 + Math.floor(64 * triangle) + Math.floor(64 * random());
			}
		}
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

/** What a test wants other than usual. */
export interface SyntheticOptions {
	readonly kernels?: number;
	readonly pooling?: Pooling;
	readonly planes?: 'all' | 'luma';
	readonly paddingPx?: 0 | 1;
	readonly seed?: number;
}

/**
 * A model filled by the golden values' rule: tensor `i` of convolution weight and bias, head weight and bias uses
 * generator `seed + i`; weights `(2 u - 1) sqrt(3 / fanIn)`, biases `0.2 (2 u - 1)`.
 */
export function syntheticDefinition(options: SyntheticOptions = {}): FocusLiteNNDefinition {
	const { kernels = 1, pooling = 'min', planes = 'all', paddingPx = 1, seed = 1000 } = options;
	const fanIn = (planes === 'luma' ? 1 : 3) * KERNEL_TAPS ** 2;
	const features = featureCount(pooling, kernels);
	const fill = (index: number, length: number, scale: number): Float32Array => {
		const random = linearCongruential(seed + index);
		return Float32Array.from({ length }, () => (2 * random() - 1) * scale);
	};
	const head = [
		{ inputs: features, outputs: 1, weight: fill(2, features, Math.sqrt(3 / features)), bias: fill(3, 1, 0.2) },
	];
	return {
		kind: 'focuslitenn',
		name: 'synthetic',
		sha256: '',
		licence: 'none',
		origin: 'made by formula',
		planes,
		pooling,
		kernels,
		convWeight: fill(0, kernels * fanIn, Math.sqrt(3 / fanIn)),
		convBias: fill(1, kernels, 0.2),
		head: features === 1 ? [] : head,
		paddingPx,
		clampAtZero: false,
		unit: 'score',
	};
}

/** A pixel value 0..255 of a channel; outside the picture whatever the caller says. */
export type Sampler = (channel: number, x: number, y: number) => number;

/** The response of a kernel whose window's corner is at (`left`, `top`). */
export function plainResponse(
	{ convWeight, convBias, planes }: FocusLiteNNDefinition,
	sample: Sampler,
	kernel: number,
	left: number,
	top: number,
): number {
	let sum = convBias[kernel]!;
	let at = kernel * (planes === 'luma' ? 1 : 3) * KERNEL_TAPS ** 2;
	for (let channel = 0; channel < (planes === 'luma' ? 1 : 3); channel++) {
		for (let y = top; y < top + KERNEL_TAPS; y++) {
			for (let x = left; x < left + KERNEL_TAPS; x++) sum += (convWeight[at++]! * sample(channel, x, y)) / 255;
		}
	}
	return sum;
}

/** All responses of a kernel over a crop, padded as the model says. */
export function plainCropResponses(
	definition: FocusLiteNNDefinition,
	sample: Sampler,
	kernel: number,
	crop: { readonly x: number; readonly y: number; readonly sizePx: number },
): number[] {
	const { paddingPx } = definition;
	const inside = (at: number): boolean => at >= 0 && at < crop.sizePx;
	const padded: Sampler = (channel, x, y) => (inside(x) && inside(y) ? sample(channel, crop.x + x, crop.y + y) : 0);
	const responses: number[] = [];
	for (let y = -paddingPx; y + KERNEL_TAPS <= crop.sizePx + paddingPx; y += RESPONSE_STRIDE_PX) {
		for (let x = -paddingPx; x + KERNEL_TAPS <= crop.sizePx + paddingPx; x += RESPONSE_STRIDE_PX) {
			responses.push(plainResponse(definition, padded, kernel, x, y));
		}
	}
	return responses;
}

/** The six numbers kept of responses. */
export function plainStatistics(responses: readonly number[]): number[] {
	return [
		responses.length,
		responses.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
		responses.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
		responses.reduce((a, b) => a + b, 0),
		responses.reduce((a, b) => a + Math.abs(b), 0),
		responses.reduce((a, b) => a + b * b, 0),
	];
}

/** Samples interleaved RGB. */
export function rgbSampler({ data, widthPx }: RgbImage): Sampler {
	return (channel, x, y) => data[3 * (y * widthPx + x) + channel]!;
}

/** Luma as the kernels round it: 15-bit coefficients of ITU-R BT.601. */
export function lumaSampler(rgb: Sampler): Sampler {
	return (_, x, y) => (9798 * rgb(0, x, y) + 19235 * rgb(1, x, y) + 3735 * rgb(2, x, y) + 16384) >> 15;
}

/** A planar image of noise on a slope, chroma at `1 / chromaX` by `1 / chromaY`. */
export function noisePlanes(
	colour: PlanarImage['colour'],
	widthPx: number,
	heightPx: number,
	chromaX = 1,
	chromaY = 1,
	spare = 0,
): PlanarImage {
	const planes = Array.from({ length: colour === 'grey' ? 1 : 3 }, (_, index) => {
		const width = index === 0 ? widthPx : Math.ceil(widthPx / chromaX);
		const height = index === 0 ? heightPx : Math.ceil(heightPx / chromaY);
		const strideBytes = width + spare;
		const random = linearCongruential(index + 7);
		const data = Uint8Array.from({ length: strideBytes * height }, (_, i) => ((i % 97) + 150 * random()) % 256);
		return { data, widthPx: width, heightPx: height, strideBytes };
	});
	return { layout: 'planes', colour, widthPx, heightPx, planes };
}

/** Samples planes as RGB: chroma repeated, the colour matrix of ITU-T T.871, nothing cut off or rounded. */
export function planesSampler({ planes, colour, widthPx, heightPx }: PlanarImage): Sampler {
	const stored = (index: number, x: number, y: number): number => {
		const plane = planes[index]!;
		const factorX = Math.ceil(widthPx / plane.widthPx);
		const factorY = Math.ceil(heightPx / plane.heightPx);
		return plane.data[Math.floor(y / factorY) * plane.strideBytes + Math.floor(x / factorX)]!;
	};
	if (colour === 'grey') return (_, x, y) => stored(0, x, y);
	if (colour === 'rgb') return stored;
	return (channel, x, y) => {
		const luma = stored(0, x, y);
		const cb = stored(1, x, y) - 128;
		const cr = stored(2, x, y) - 128;
		if (channel === 0) return luma + 1.402 * cr;
		if (channel === 2) return luma + 1.772 * cb;
		return luma - (0.114 * 1.772 * cb + 0.299 * 1.402 * cr) / 0.587;
	};
}
