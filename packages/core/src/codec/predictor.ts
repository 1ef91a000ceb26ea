/**
 * Undoes TIFF's horizontal differencing in place (TIFF 6.0 section 14): each sample was stored as the difference from
 * the same channel of the pixel to its left.
 * @param samplesPerRow Samples, not pixels, in a row.
 * @param channels Samples a pixel.
 */
export function undoDifferencing(
	bytes: Uint8Array,
	samplesPerRow: number,
	channels: number,
	bitsPerSample: 8 | 16,
	littleEndian: boolean,
): void {
	const rowBytes = (samplesPerRow * bitsPerSample) / 8;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let row = 0; row + rowBytes <= bytes.length; row += rowBytes) {
		for (let i = channels; i < samplesPerRow; i++) {
			if (bitsPerSample === 8) {
				bytes[row + i] = bytes[row + i]! + bytes[row + i - channels]!;
			} else {
				const at = row + 2 * i;
				const left = view.getUint16(at - 2 * channels, littleEndian);
				view.setUint16(at, view.getUint16(at, littleEndian) + left, littleEndian);
			}
		}
	}
}
