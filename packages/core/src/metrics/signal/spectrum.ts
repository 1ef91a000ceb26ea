/**
 * Discrete Fourier transforms of pictures of any size, in float64: unnormalised forward, `1 / (width * height)` backward.
 *
 * Our own, because the metrics are defined on whole pictures (1025 pixels is 5 * 5 * 41; cropping or padding changes the
 * score) and take up to 25 transforms each. The FFT libraries on npm that run in Node and in browsers take powers of two
 * only or work at the speed of plain JavaScript arrays.
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import { sharedKernels } from '../../kernels/kernels.ts';
import { createLineTransform } from './line-transform.ts';

/** Kernel memory is addressed with 32 bits; this leaves room for the rest. */
const LARGEST_BYTES = 2 ** 31;

/** Complex images of one size that can be transformed in place. */
export interface Spectrum {
	readonly widthPx: number;
	readonly heightPx: number;
	/**
	 * `re, im` interleaved, row-major, all 0 at first. The arrays are views of kernel memory: take them anew after any other
	 * use of the kernels, another spectrum included, and keep none across an `await`.
	 */
	readonly images: readonly Float64Array[];
	forward(image: Float64Array): void;
	inverse(image: Float64Array): void;
	/** Without the division, and only for the columns `from <= x < to`: the others are left half transformed. */
	inverseColumns(image: Float64Array, from: number, to: number): void;
	/** Gives the memory of the images back. */
	dispose(): void;
}

/**
 * Lends `work` room for `count` complex images of `widthPx` x `heightPx`, both at least 1, and answers what it answers.
 * @throws {ArgumentError} when they do not fit into 2 GiB, or the machine has no such memory.
 * @example
 * ```ts
 * const line = withSpectrum(1025, 1, 1, (spectrum) => {
 * 	const [image] = spectrum.images;
 * 	for (let i = 0; i < 1025; i++) image[2 * i] = grey[i];
 * 	spectrum.forward(image);
 * 	return image.slice();
 * });
 * ```
 */
export function withSpectrum<T>(widthPx: number, heightPx: number, count: number, work: (spectrum: Spectrum) => T): T {
	const spectrum = createSpectrum(widthPx, heightPx, count);
	try {
		return work(spectrum);
	} finally {
		spectrum.dispose();
	}
}

/**
 * Room for `count` complex images, to be disposed of when done.
 * @throws {ArgumentError} as `withSpectrum` does.
 */
export function createSpectrum(widthPx: number, heightPx: number, count: number): Spectrum {
	const kernels = sharedKernels();
	const numbers = 2 * widthPx * heightPx;
	const bytes = numbers * Float64Array.BYTES_PER_ELEMENT;
	if (bytes * count > LARGEST_BYTES) throw tooLarge(widthPx, heightPx, count);
	// One block for all, so that a failure leaves nothing behind.
	const pointer = allocate(bytes * count);
	const alongRows = createLineTransform(kernels, widthPx);
	const alongColumns = createLineTransform(kernels, heightPx);
	let images = views();
	for (const image of images) image.fill(0);

	function views(): Float64Array[] {
		const { buffer } = kernels.memory;
		return Array.from({ length: count }, (_, i) => new Float64Array(buffer, pointer + i * bytes, numbers));
	}

	function allocate(size: number): number {
		try {
			return kernels.alloc(size);
		} catch (cause) {
			throw tooLarge(widthPx, heightPx, count, cause);
		}
	}

	function transform(image: Float64Array, inverse: boolean): void {
		alongRows.rows(image.byteOffset, heightPx, inverse);
		alongColumns.columns(image.byteOffset, widthPx, widthPx, inverse);
	}

	return {
		widthPx,
		heightPx,
		get images() {
			// Memory that grew left the old views empty.
			if (images[0]?.length === 0) images = views();
			return images;
		},
		forward: (image) => transform(image, false),
		inverse(image) {
			transform(image, true);
			const scale = 1 / (widthPx * heightPx);
			for (let i = 0; i < image.length; i++) image[i]! *= scale;
		},
		inverseColumns(image, from, to) {
			alongRows.rows(image.byteOffset, heightPx, true);
			alongColumns.columns(image.byteOffset + 16 * from, to - from, widthPx, true);
		},
		dispose() {
			alongRows.dispose();
			alongColumns.dispose();
			kernels.free(pointer);
		},
	};
}

function tooLarge(widthPx: number, heightPx: number, count: number, cause?: unknown): ArgumentError {
	const megapixels = Math.floor(LARGEST_BYTES / (16e6 * count));
	const message = `A picture of ${widthPx} x ${heightPx} px is too large for this metric; score tiles of at most ${megapixels} megapixels.`;
	return new ArgumentError('image', message, { cause });
}
