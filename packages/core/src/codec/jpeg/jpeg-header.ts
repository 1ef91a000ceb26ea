import { sharedKernels } from '../../kernels/kernels.ts';
import { loadJpeg, readFrame } from './jpeg-kernel.ts';
import { jpegError } from './status.ts';

/** What a JPEG image says of itself. */
export interface JpegHeader {
	readonly widthPx: number;
	/** 0 when the image states its height only at its end. */
	readonly heightPx: number;
	readonly componentCount: number;
	readonly bitsPerSample: number;
	/** Why `decodeJpeg` cannot decode it (progressive, 12-bit …); undefined when it can. */
	readonly unsupported: string | undefined;
}

/**
 * Size and kind of a JPEG image, without decoding it.
 * @throws {FormatError} when the headers are truncated or corrupt.
 * @example
 * ```ts
 * const { widthPx, heightPx, unsupported } = jpegHeader(bytes);
 * ```
 */
export function jpegHeader(bytes: Uint8Array, tables?: Uint8Array): JpegHeader {
	const kernels = sharedKernels();
	const status = loadJpeg(kernels, bytes, tables);
	const error = status === 0 ? undefined : jpegError(status);
	if (error && error.reason !== 'unsupported') throw error;
	const { widthPx, heightPx, componentCount, bitsPerSample } = readFrame(kernels);
	return { widthPx, heightPx, componentCount, bitsPerSample, unsupported: error?.message };
}
