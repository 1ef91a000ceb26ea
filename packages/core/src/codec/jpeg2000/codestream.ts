import { FormatError } from '../../errors.ts';

/** Image and component sizes of a JPEG 2000 codestream (ITU-T T.800 A.5.1). */
export interface CodestreamSize {
	readonly widthPx: number;
	readonly heightPx: number;
	readonly componentCount: number;
	/** 8 for unsigned bytes, the same for all components; undefined when they differ, are signed or subsampled. */
	readonly bitsPerSample: number | undefined;
}

/**
 * Reads the SIZ segment of a bare codestream or of one inside a JP2 file.
 * @throws {FormatError} when there is none, or it is truncated or broken.
 */
export function readCodestreamSize(bytes: Uint8Array): CodestreamSize {
	const at = findCodestream(bytes);
	const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
	if (view.byteLength < 42) throw fault('truncated', 'ends inside its header');
	const componentCount = view.getUint16(40);
	if (view.byteLength < 42 + 3 * componentCount) throw fault('truncated', 'ends inside its header');
	const widthPx = view.getUint32(8) - view.getUint32(16);
	const heightPx = view.getUint32(12) - view.getUint32(20);
	if (view.getUint16(4) !== 38 + 3 * componentCount || componentCount < 1 || widthPx < 1 || heightPx < 1) {
		throw fault('corrupt', 'has a broken size segment');
	}
	const first = view.getUint8(42);
	let isPlain = first < 0x80;
	for (let i = 0; i < componentCount; i++) {
		const component = 42 + 3 * i;
		isPlain &&= view.getUint8(component) === first;
		isPlain &&= view.getUint8(component + 1) === 1 && view.getUint8(component + 2) === 1;
	}
	return { widthPx, heightPx, componentCount, bitsPerSample: isPlain ? first + 1 : undefined };
}

/** Start of the codestream: SOC and SIZ markers, at once or (JP2) behind boxes of at most a few kilobytes. */
function findCodestream(bytes: Uint8Array): number {
	const last = Math.min(bytes.length - 4, 1 << 16);
	const isJp2 = bytes[0] === 0 && bytes[4] === 0x6a && bytes[5] === 0x50;
	for (let at = 0; at <= (isJp2 ? last : 0); at++) {
		if (bytes[at] === 0xff && bytes[at + 1] === 0x4f && bytes[at + 2] === 0xff && bytes[at + 3] === 0x51) return at;
	}
	throw fault('unrecognised', 'does not start with a codestream');
}

function fault(reason: 'truncated' | 'corrupt' | 'unrecognised', words: string): FormatError {
	return new FormatError('JPEG 2000 image', reason, `The JPEG 2000 image ${words}.`);
}
