/**
 * A stand-alone JPEG stream for decoders that know nothing of TIFF: shared tables put into the stream, and its colour
 * stated by an Adobe segment where TIFF states it outside.
 */
export function standaloneJpeg(bytes: Uint8Array, tables: Uint8Array | undefined, colour: string): Uint8Array {
	const head = [0xff, 0xd8];
	if (colour === 'rgb' || colour === 'ycbcr') head.push(...adobeSegment(colour === 'rgb' ? 0 : 1));
	const shared = tables ? tables.subarray(2, endsWithEoi(tables) ? tables.length - 2 : undefined) : new Uint8Array(0);
	const rest = bytes.subarray(2);
	const stream = new Uint8Array(head.length + shared.length + rest.length);
	stream.set(head);
	stream.set(shared, head.length);
	stream.set(rest, head.length + shared.length);
	return stream;
}

function adobeSegment(transform: number): number[] {
	return [0xff, 0xee, 0, 14, ...new TextEncoder().encode('Adobe'), 0, 100, 0, 0, 0, 0, transform];
}

function endsWithEoi(tables: Uint8Array): boolean {
	return tables.at(-2) === 0xff && tables.at(-1) === 0xd9;
}
