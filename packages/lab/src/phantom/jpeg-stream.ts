/**
 * JPEG tiles as TIFF stores them: the tables that all tiles share once a directory, the tiles without them.
 * Sources: ITU-T T.81 Annex B (markers; B.5 abbreviated formats); TIFF Technical Note 2 (JPEGTables).
 * @module
 */
import { FormatError } from '@parfocal/core';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;
const DHT = 0xc4;
const APP0 = 0xe0;

/** A JPEG file in two parts, each a stream of its own. */
export interface SplitJpeg {
	/** SOI, quantisation and Huffman tables, EOI. */
	readonly tables: Uint8Array;
	/** SOI, everything else but JFIF's APP0, EOI. */
	readonly image: Uint8Array;
}

/**
 * Takes the tables out of a JPEG file with one scan.
 * @throws {FormatError} when the bytes are not such a file.
 */
export function splitJpeg(jpeg: Uint8Array): SplitJpeg {
	if (jpeg.length < 4 || jpeg[0] !== 0xff || jpeg[1] !== SOI) throw broken('does not begin with SOI');
	const tables: Uint8Array[] = [jpeg.subarray(0, 2)];
	const image: Uint8Array[] = [jpeg.subarray(0, 2)];
	let at = 2;
	for (;;) {
		if (at + 4 > jpeg.length) throw broken('ends before its scan');
		if (jpeg[at] !== 0xff) throw broken(`has no marker at byte ${at}`);
		const marker = jpeg[at + 1];
		if (marker === SOS) break;
		const end = at + 2 + ((jpeg[at + 2]! << 8) | jpeg[at + 3]!);
		if (end < at + 4 || end > jpeg.length) throw broken(`has a segment of a wrong length at byte ${at}`);
		if (marker === DQT || marker === DHT) tables.push(jpeg.subarray(at, end));
		else if (marker !== APP0) image.push(jpeg.subarray(at, end));
		at = end;
	}
	image.push(jpeg.subarray(at));
	tables.push(Uint8Array.of(0xff, EOI));
	return { tables: Buffer.concat(tables), image: Buffer.concat(image) };
}

function broken(what: string): FormatError {
	return new FormatError('JPEG tile', 'corrupt', `The encoded tile ${what}.`);
}
