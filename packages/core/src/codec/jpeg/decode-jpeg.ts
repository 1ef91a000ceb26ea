import type { PlanarImage, Plane } from '../../image/pixels.ts';
import { type KernelExports, sharedKernels } from '../../kernels/kernels.ts';
import { componentIds, type JpegFrame, loadJpeg, readFrame, trapped } from './jpeg-kernel.ts';
import { jpegError } from './status.ts';

/** How a JPEG image is decoded. */
export interface JpegOptions {
	/** Shared tables of an abbreviated stream (TIFF tag 347, JPEGTables). */
	readonly tables?: Uint8Array | undefined;
	/**
	 * What three components mean. A TIFF says it in its photometric tag, and is right where the stream is silent (Aperio
	 * stores RGB without an Adobe segment). `auto`, the default: what the stream's segments say, as libjpeg reads them.
	 */
	readonly colour?: 'ycbcr' | 'rgb' | 'auto' | undefined;
	/** `luma`: a `grey` image of the brightness; the chroma blocks of a YCbCr image are not even transformed. */
	readonly planes?: 'all' | 'luma' | undefined;
}

// Modes of the kernel's jpegDecode.
const allPlanes = 0;
const firstPlane = 1;
const rgbLuma = 2;

/**
 * Decodes a sequential Huffman JPEG (baseline or 8-bit extended, one interleaved scan, one or three components) to planes
 * as stored: the samples are those of libjpeg's accurate integer transform, to the bit (ITU-T T.81; IJG "islow").
 *
 * The planes are views of the thread's WASM memory: they hold until the next decode on this thread, and not across an
 * `await`.
 * @throws {FormatError} `unsupported` for other kinds of JPEG (progressive, 12-bit, arithmetic, CMYK …), which a
 * fallback decoder may read; `truncated`, `corrupt`, `too-large` for what nobody should.
 * @example
 * ```ts
 * const tile = decodeJpeg(bytes, { tables, colour: 'rgb', planes: 'luma' });
 * ```
 */
export function decodeJpeg(bytes: Uint8Array, options: JpegOptions = {}): PlanarImage {
	const kernels = sharedKernels();
	const headerStatus = loadJpeg(kernels, bytes, options.tables);
	if (headerStatus !== 0) throw jpegError(headerStatus);
	const frame = readFrame(kernels);
	const colour = colourOf(kernels, frame, options.colour ?? 'auto');
	const lumaOnly = options.planes === 'luma' && colour !== 'grey';
	const mode = lumaOnly ? (colour === 'rgb' ? rgbLuma : firstPlane) : allPlanes;
	// An RGB image with subsampled planes is nothing a scanner writes.
	if (colour === 'rgb' && isSubsampled(kernels)) throw jpegError(37);
	const status = trapped(() => kernels.jpegDecode(mode));
	if (status !== 0) throw jpegError(status);
	const planeCount = lumaOnly ? 1 : frame.componentCount;
	return {
		layout: 'planes',
		colour: planeCount === 1 ? 'grey' : colour,
		widthPx: frame.widthPx,
		heightPx: frame.heightPx,
		planes: Array.from({ length: planeCount }, (_, index) => planeOf(kernels, frame, index)),
	};
}

/** The rules of libjpeg (jdapimin.c, default_decompress_parms): JFIF first, then Adobe, then the component ids. */
function colourOf(
	kernels: KernelExports,
	frame: JpegFrame,
	wanted: 'ycbcr' | 'rgb' | 'auto',
): 'grey' | 'rgb' | 'ycbcr' {
	if (frame.componentCount === 1) return 'grey';
	if (wanted !== 'auto') return wanted;
	if (frame.hasJfif) return 'ycbcr';
	if (frame.adobeTransform >= 0) return frame.adobeTransform === 0 ? 'rgb' : 'ycbcr';
	return String.fromCharCode(...componentIds(kernels, frame)) === 'RGB' ? 'rgb' : 'ycbcr';
}

function isSubsampled(kernels: KernelExports): boolean {
	return [1, 2].some((field) => new Set([0, 1, 2].map((index) => kernels.jpegComponent(index, field))).size > 1);
}

function planeOf(kernels: KernelExports, frame: JpegFrame, index: number): Plane {
	const field = (number: number): number => kernels.jpegComponent(index, number) >>> 0;
	const strideBytes = field(7);
	return {
		data: new Uint8Array(kernels.memory.buffer, field(9), strideBytes * field(8)),
		// The first component has the largest factors.
		widthPx: Math.ceil((frame.widthPx * field(1)) / kernels.jpegComponent(0, 1)),
		heightPx: Math.ceil((frame.heightPx * field(2)) / kernels.jpegComponent(0, 2)),
		strideBytes,
	};
}
