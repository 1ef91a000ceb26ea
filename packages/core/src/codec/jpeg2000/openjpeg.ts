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

/** A decoder and what it has complained of since `complaints` was last emptied. */
export interface OpenJpeg {
	readonly decoder: J2kDecoder;
	/** OpenJPEG's error lines: the only sign that a call failed; it throws nothing and leaves the last image in place. */
	readonly complaints: string[];
}

let loading: Promise<OpenJpeg> | undefined;

/** The thread's OpenJPEG decoder, loaded when first met. */
export function openJpeg(): Promise<OpenJpeg> {
	loading ??= load();
	return loading;
}

/** Drops the decoder after a trap: its module does not work any more. */
export function dropOpenJpeg(): void {
	loading = undefined;
}

async function load(): Promise<OpenJpeg> {
	const complaints: string[] = [];
	const listen = (text: string): void => {
		if (text.startsWith('[ERROR]')) complaints.push(text.slice('[ERROR]'.length).trim());
	};
	const output = { print: listen, printErr: listen };
	const wasm = wasmAddress();
	if (wasm === undefined) {
		const { default: create } = await import('@cornerstonejs/codec-openjpeg/decode');
		return { decoder: new (await create(output)).J2KDecoder(), complaints };
	}
	const { default: create } = await import('@cornerstonejs/codec-openjpeg/decodewasmjs');
	return { decoder: new (await create({ ...output, locateFile: () => wasm })).J2KDecoder(), complaints };
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
