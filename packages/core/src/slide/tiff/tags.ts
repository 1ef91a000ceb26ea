/**
 * Numbers of the TIFF format: tags, value types, compressions, photometric interpretations.
 * Sources: TIFF 6.0 (Adobe, 1992); TIFF Technical Note 2 (JPEG); BigTIFF design (AWare Systems); vendor tags as met in files.
 * @module
 */

/** Tag numbers. */
export const tag = {
	subfileType: 254,
	imageWidth: 256,
	imageLength: 257,
	bitsPerSample: 258,
	compression: 259,
	photometric: 262,
	imageDescription: 270,
	make: 271,
	model: 272,
	stripOffsets: 273,
	orientation: 274,
	samplesPerPixel: 277,
	rowsPerStrip: 278,
	stripByteCounts: 279,
	xResolution: 282,
	yResolution: 283,
	planarConfiguration: 284,
	resolutionUnit: 296,
	software: 305,
	dateTime: 306,
	predictor: 317,
	colourMap: 320,
	tileWidth: 322,
	tileLength: 323,
	tileOffsets: 324,
	tileByteCounts: 325,
	subIfds: 330,
	extraSamples: 338,
	sampleFormat: 339,
	jpegTables: 347,
	ycbcrSubsampling: 530,
	xmp: 700,
	iccProfile: 34675,
	ndpiFormat: 65420,
} as const;

/** Value types by name, with the number stored in a directory entry and the bytes a value takes. */
export const tiffTypes = {
	byte: { id: 1, bytes: 1 },
	ascii: { id: 2, bytes: 1 },
	short: { id: 3, bytes: 2 },
	long: { id: 4, bytes: 4 },
	rational: { id: 5, bytes: 8 },
	sbyte: { id: 6, bytes: 1 },
	undefined: { id: 7, bytes: 1 },
	sshort: { id: 8, bytes: 2 },
	slong: { id: 9, bytes: 4 },
	srational: { id: 10, bytes: 8 },
	float: { id: 11, bytes: 4 },
	double: { id: 12, bytes: 8 },
	ifd: { id: 13, bytes: 4 },
	long8: { id: 16, bytes: 8 },
	slong8: { id: 17, bytes: 8 },
	ifd8: { id: 18, bytes: 8 },
} as const;

/** Name of a value type. */
export type TiffType = keyof typeof tiffTypes;

/** Values of the Compression tag that this project reads or names. */
export const compressions: Readonly<Record<number, string>> = {
	1: 'uncompressed',
	2: 'ccitt-rle',
	3: 'ccitt-fax3',
	4: 'ccitt-fax4',
	5: 'lzw',
	6: 'old-jpeg',
	7: 'jpeg',
	8: 'deflate',
	32773: 'packbits',
	32946: 'deflate',
	33003: 'jpeg2000',
	33005: 'jpeg2000',
	34712: 'jpeg2000',
	34887: 'lerc',
	34925: 'lzma',
	34933: 'png',
	34934: 'jpeg-xr',
	22610: 'jpeg-xr',
	50000: 'zstd',
	50001: 'webp',
	50002: 'jpeg-xl',
	52546: 'jpeg-xl',
};

/** Values of the PhotometricInterpretation tag. */
export const photometric = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, separated: 5, ycbcr: 6 } as const;
