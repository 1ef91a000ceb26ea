/**
 * The label and the macro picture of a phantom.
 * @module
 */
import type { RgbImage } from '@parfocal/core';
import type { ResolvedPhantomOptions } from './options.ts';

/** Glyphs of 5 x 7 dots, a row a hexadecimal pair of digits. */
const GLYPHS: Readonly<Record<string, string>> = {
	A: '0e11111f111111',
	D: '1e11111111111e',
	E: '1f10101e10101f',
	H: '1111111f111111',
	M: '111b1515111111',
	N: '11191513111111',
	O: '0e11111111110e',
	P: '1e11111e101010',
	S: '0f10100e01011e',
	T: '1f040404040404',
	X: '11110a040a1111',
	'0': '0e11131519110e',
	'1': '040c040404040e',
	'2': '0e11010204081f',
	'3': '1f02040201110e',
	'4': '02060a121f0202',
	'5': '1f101e0101110e',
	'6': '0608101e11110e',
	'7': '1f010204080808',
	'8': '0e11110e11110e',
	'9': '0e11110f01020c',
};

/** What the label says. */
export function labelImage(options: ResolvedPhantomOptions): RgbImage {
	const label = plain(360, 360, [250, 250, 246]);
	drawText(label, 'PHANTOM', 54, 70, 6);
	drawText(label, `SEED ${options.seed}`, 54, 170, 3);
	drawText(label, `${options.widthPx} X ${options.heightPx}`, 54, 220, 3);
	return label;
}

/** The whole glass slide from afar: label to the left, tissue to the right. */
export function macroImage(
	options: ResolvedPhantomOptions,
	overview: RgbImage,
	size: { readonly widthPx: number; readonly heightPx: number },
): RgbImage {
	const macro = plain(size.widthPx, size.heightPx, [232, 233, 235]);
	paste(macro, labelImage(options), 20, 20);
	const scale = Math.min(760 / overview.widthPx, 340 / overview.heightPx);
	const width = Math.max(1, Math.floor(overview.widthPx * scale));
	const height = Math.max(1, Math.floor(overview.heightPx * scale));
	const small = plain(width, height, [0, 0, 0]);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const from = 3 * (Math.floor(y / scale) * overview.widthPx + Math.floor(x / scale));
			small.data.set(overview.data.subarray(from, from + 3), 3 * (y * width + x));
		}
	}
	paste(macro, small, 800 - Math.floor(width / 2), 200 - Math.floor(height / 2));
	return macro;
}

function plain(widthPx: number, heightPx: number, colour: readonly [number, number, number]): RgbImage {
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let i = 0; i < data.length; i++) data[i] = colour[i % 3]!;
	return { layout: 'rgb', widthPx, heightPx, data };
}

function paste(target: RgbImage, source: RgbImage, left: number, top: number): void {
	for (let y = 0; y < source.heightPx; y++) {
		const row = source.data.subarray(3 * y * source.widthPx, 3 * (y + 1) * source.widthPx);
		target.data.set(row, 3 * ((top + y) * target.widthPx + left));
	}
}

/** Writes capital letters and digits, `dot` pixels a dot. */
function drawText(image: RgbImage, text: string, left: number, top: number, dot: number): void {
	for (const [place, character] of [...text].entries()) {
		const glyph = GLYPHS[character];
		if (glyph === undefined) continue;
		for (let y = 0; y < 7 * dot; y++) {
			const row = Number.parseInt(glyph.slice(2 * Math.floor(y / dot), 2 * Math.floor(y / dot) + 2), 16);
			for (let x = 0; x < 5 * dot; x++) {
				if (!((row >> (4 - Math.floor(x / dot))) & 1)) continue;
				const column = left + place * 6 * dot + x;
				if (column < image.widthPx)
					image.data.fill(40, 3 * ((top + y) * image.widthPx + column), 3 * ((top + y) * image.widthPx + column) + 3);
			}
		}
	}
}
