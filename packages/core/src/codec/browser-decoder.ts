import { FormatError } from '../errors.ts';
import type { RgbImage } from '../image/pixels.ts';
import type { PictureDecoder } from './codecs.ts';
import { pictureKindOf } from './picture-kind.ts';

/**
 * The browser's own picture decoder, for `createCodecs` in pages and their workers. Colours are as stored (no colour
 * management); transparent pixels become white.
 * @throws {FormatError} from the decoder, for bytes that the browser cannot decode.
 */
export function browserDecoder(): PictureDecoder {
	return async (bytes, kind): Promise<RgbImage> => {
		if (pictureKindOf(bytes) !== kind) {
			throw new FormatError(`${kind} picture`, 'unrecognised', `The picture does not start like a ${kind} file.`);
		}
		try {
			const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: `image/${kind}` });
			const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none' });
			const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
			const context = canvas.getContext('2d')!;
			context.fillStyle = 'white';
			context.fillRect(0, 0, bitmap.width, bitmap.height);
			context.drawImage(bitmap, 0, 0);
			bitmap.close();
			return withoutAlpha(context.getImageData(0, 0, canvas.width, canvas.height));
		} catch (cause) {
			throw new FormatError(`${kind} picture`, 'corrupt', `The browser cannot decode this ${kind} picture.`, { cause });
		}
	};
}

function withoutAlpha({ width, height, data: rgba }: ImageData): RgbImage {
	const data = new Uint8Array(3 * width * height);
	for (let from = 0, to = 0; to < data.length; from += 4) {
		data[to++] = rgba[from]!;
		data[to++] = rgba[from + 1]!;
		data[to++] = rgba[from + 2]!;
	}
	return { layout: 'rgb', widthPx: width, heightPx: height, data };
}
