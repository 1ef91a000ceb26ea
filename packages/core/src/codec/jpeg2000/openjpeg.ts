/** One decoder of OpenJPEG; arrays are views of its memory. */
export interface J2kDecoder {
	getEncodedBuffer(bytes: number): Uint8Array;
	decode(): void;
	getDecodedBuffer(): Uint8Array;
	getFrameInfo(): {
		readonly width: number;
		readonly height: number;
		readonly bitsPerSample: number;
		readonly componentCount: number;
		readonly isSigned: boolean;
	};
}

/** What the package exports: a module factory as Emscripten makes them. */
export type CreateOpenJpeg = (options: {
	readonly locateFile?: () => string;
	readonly print: (text: string) => void;
	readonly printErr: (text: string) => void;
}) => Promise<{ readonly J2KDecoder: new () => J2kDecoder }>;

let loading: Promise<J2kDecoder> | undefined;

/** The thread's OpenJPEG decoder, loaded when first met. */
export function openJpeg(): Promise<J2kDecoder> {
	loading ??= load();
	return loading;
}

/** Drops the decoder after a trap: its module does not work any more. */
export function dropOpenJpeg(): void {
	loading = undefined;
}

async function load(): Promise<J2kDecoder> {
	const silent = { print: () => {}, printErr: () => {} };
	const wasm = wasmAddress();
	if (wasm === undefined) {
		const { default: create } = await import('@cornerstonejs/codec-openjpeg/decode');
		return new (await create(silent)).J2KDecoder();
	}
	const { default: create } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
	return new (await create({ ...silent, locateFile: () => wasm })).J2KDecoder();
}

/**
 * The package's WASM file where the platform can resolve it (Node). Elsewhere the build that is all in one script is
 * used: slower, but it needs no bundler to place a file.
 */
function wasmAddress(): string | undefined {
	try {
		const address = import.meta.resolve('@cornerstonejs/codec-openjpeg/decodewasm');
		return address.startsWith('file:') ? address : undefined;
	} catch {
		return undefined;
	}
}
