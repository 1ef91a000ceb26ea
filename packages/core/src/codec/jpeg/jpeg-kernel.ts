import { FormatError } from '../../errors.ts';
import type { KernelExports } from '../../kernels/kernels.ts';

/** Headers as the kernel's frame record has them. */
export interface JpegFrame {
	readonly widthPx: number;
	readonly heightPx: number;
	readonly componentCount: number;
	readonly bitsPerSample: number;
	/** Marker of the frame header, 0 when there was none. */
	readonly process: number;
	/** Colour transform of the Adobe segment, -1 without one. */
	readonly adobeTransform: number;
	readonly hasJfif: boolean;
}

const tooLarge = (what: string, cause?: unknown): FormatError =>
	new FormatError('JPEG image', 'too-large', `The JPEG image is too large: ${what}.`, { cause });

/** Copies shared tables and image into the kernel and reads their headers; answers the kernel's status. */
export function loadJpeg(kernels: KernelExports, bytes: Uint8Array, tables: Uint8Array | undefined): number {
	const tableBytes = tables?.length ?? 0;
	const pointer = trapped(() => kernels.jpegInput(tableBytes + bytes.length)) >>> 0;
	if (pointer === 0) throw tooLarge(`${bytes.length} bytes, the limit is 1 GiB`);
	const memory = new Uint8Array(kernels.memory.buffer);
	if (tables) memory.set(tables, pointer);
	memory.set(bytes, pointer + tableBytes);
	return kernels.jpegHeader(tableBytes, bytes.length);
}

/** The frame record after `loadJpeg`. */
export function readFrame(kernels: KernelExports): JpegFrame {
	const record = new Int32Array(kernels.memory.buffer, kernels.jpegFrame() >>> 0, 7);
	return {
		widthPx: record[0]!,
		heightPx: record[1]!,
		componentCount: record[2]!,
		bitsPerSample: record[3]!,
		process: record[4]!,
		adobeTransform: record[5]!,
		hasJfif: record[6] === 1,
	};
}

/** Runs a kernel call that may ask for memory: the kernel traps when there is none. */
export function trapped<T>(call: () => T): T {
	try {
		return call();
	} catch (error) {
		if (error instanceof WebAssembly.RuntimeError) throw tooLarge('there is not enough memory', error);
		throw error;
	}
}

/** Component ids of the frame. */
export function componentIds(kernels: KernelExports, frame: JpegFrame): number[] {
	return Array.from({ length: Math.min(frame.componentCount, 3) }, (_, index) => kernels.jpegComponent(index, 0));
}
