/** The one strip of a small little-endian TIFF: all that tests need to get at libtiff's compressed bytes. */
export function firstStrip(tiff: Uint8Array): { readonly bytes: Uint8Array; readonly strips: number } {
	const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
	const directory = view.getUint32(4, true);
	const values = new Map<number, number>();
	let strips = 0;
	for (let i = 0; i < view.getUint16(directory, true); i++) {
		const entry = directory + 2 + 12 * i;
		const isShort = view.getUint16(entry + 2, true) === 3;
		const number = view.getUint16(entry, true);
		if (number === 273) strips = view.getUint32(entry + 4, true);
		values.set(number, isShort ? view.getUint16(entry + 8, true) : view.getUint32(entry + 8, true));
	}
	const offset = values.get(273)!;
	return { bytes: tiff.subarray(offset, offset + values.get(279)!), strips };
}
