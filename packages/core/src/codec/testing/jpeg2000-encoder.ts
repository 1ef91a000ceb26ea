import { createRequire } from 'node:module';

interface Encoder {
	getDecodedBuffer(info: object): Uint8Array;
	setDecompositions(levels: number): void;
	setQuality(lossless: boolean, rate: number): void;
	encode(): void;
	getEncodedBuffer(): Uint8Array;
}

/** A lossless JPEG 2000 codestream of interleaved samples, by the encoder that comes with the decoder's package. */
export async function encodeJpeg2000(
	samples: Uint8Array,
	widthPx: number,
	heightPx: number,
	bitsPerSample: number = 8,
): Promise<Uint8Array> {
	const require = createRequire(import.meta.url);
	const locateFile = (): string => require.resolve('@cornerstonejs/codec-openjpeg/wasm');
	const silent = { print: () => {}, printErr: () => {}, locateFile };
	const module: { J2KEncoder: new () => Encoder } = await require('@cornerstonejs/codec-openjpeg/wasmjs')(silent);
	const encoder = new module.J2KEncoder();
	const componentCount = samples.length / (widthPx * heightPx) / (bitsPerSample / 8);
	const info = { width: widthPx, height: heightPx, bitsPerSample, componentCount, isSigned: false };
	encoder.getDecodedBuffer(info).set(samples);
	encoder.setDecompositions(2);
	encoder.setQuality(true, 0);
	encoder.encode();
	return new Uint8Array(encoder.getEncodedBuffer());
}
