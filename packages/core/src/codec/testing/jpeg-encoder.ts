/**
 * A small JPEG encoder for tests: it writes given coefficients, so that any legal stream can be made (odd sampling, long
 * codes, 16-bit quantisers, restart intervals) and any part of it broken. Not for pictures.
 */

/** One component of the stream. */
export interface TestComponent {
	readonly id: number;
	readonly h: number;
	readonly v: number;
}

/** What to write. Left out: one 8x8 grey block of level 128. */
export interface TestJpeg {
	readonly widthPx?: number;
	readonly heightPx?: number;
	readonly components?: readonly TestComponent[];
	/** Coefficients of a block in zigzag order (missing ones are 0); called in the order of the stream. */
	readonly block?: (component: number) => readonly number[];
	readonly restartInterval?: number;
	/** 64 factors in zigzag order. */
	readonly quantiser?: readonly number[];
	readonly process?: number;
	readonly bitsPerSample?: number;
	/** Replaces a segment's bytes, or drops the segment when it answers an empty list. */
	readonly edit?: (marker: number, bytes: number[]) => number[];
}

/** A marker segment with its length. */
export function segment(marker: number, body: readonly number[]): number[] {
	const length = body.length + 2;
	return [0xff, marker, length >> 8, length & 255, ...body];
}

// DC sizes 0 to 11 with codes of 4 bits; AC: eight short codes, forty of 11 bits, all others of 16 bits.
const dcCounts = [0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const dcSymbols = Array.from({ length: 12 }, (_, size) => size);
const acCounts = [0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 0, 114];
const acSymbols = [
	...[0x00, 0x01, 0x02, 0x03, 0x11, 0x12, 0x04, 0x21, 0xf0],
	...Array.from({ length: 160 }, (_, i) => ((i / 10) << 4) | ((i % 10) + 1)),
].filter((symbol, i, all) => all.indexOf(symbol) === i);
acCounts[15] = acSymbols.length - 48;

const dcCodes = codesOf(dcCounts, dcSymbols);
const acCodes = codesOf(acCounts, acSymbols);

/** Code and length of each symbol (ITU-T T.81 annex C). */
function codesOf(counts: readonly number[], symbols: readonly number[]): Map<number, readonly [number, number]> {
	const codes = new Map<number, readonly [number, number]>();
	let code = 0;
	let index = 0;
	for (const [i, count] of counts.entries()) {
		for (let k = 0; k < count; k++) codes.set(symbols[index++]!, [code++, i + 1]);
		code <<= 1;
	}
	return codes;
}

/** The DHT segment's body for the tables above. */
export const huffmanTables: readonly number[] = [0, ...dcCounts, ...dcSymbols, 0x10, ...acCounts, ...acSymbols];

/** The stream's bytes. */
export function encodeTestJpeg(options: TestJpeg = {}): Uint8Array {
	const { widthPx = 8, heightPx = 8, components = [{ id: 1, h: 1, v: 1 }], restartInterval = 0 } = options;
	const { quantiser = Array(64).fill(1), process = 0xc0, bitsPerSample = 8, edit = (_, bytes) => bytes } = options;
	const isWide = quantiser.some((factor) => factor > 255);
	const factors = isWide ? quantiser.flatMap((factor) => [factor >> 8, factor & 255]) : quantiser;
	const frame = [bitsPerSample, heightPx >> 8, heightPx & 255, widthPx >> 8, widthPx & 255, components.length];
	const tables = components.flatMap(({ id }) => [id, 0]);
	const parts: [number, number[]][] = [
		[0xdb, segment(0xdb, [isWide ? 0x10 : 0, ...factors])],
		[process, segment(process, [...frame, ...components.flatMap(({ id, h, v }) => [id, (h << 4) | v, 0])])],
		[0xc4, segment(0xc4, huffmanTables)],
		[0xdd, restartInterval > 0 ? segment(0xdd, [restartInterval >> 8, restartInterval & 255]) : []],
		[0xda, segment(0xda, [components.length, ...tables, 0, 63, 0])],
		[0x00, scan(options)],
		[0xd9, [0xff, 0xd9]],
	];
	return Uint8Array.from([0xff, 0xd8, ...parts.flatMap(([marker, bytes]) => edit(marker, bytes))]);
}

/** The entropy-coded data, restart markers included. */
function scan(options: TestJpeg): number[] {
	const { widthPx = 8, heightPx = 8, components = [{ id: 1, h: 1, v: 1 }], block = () => [] } = options;
	const { restartInterval = 0 } = options;
	const single = components.length === 1;
	const maxH = single ? 1 : Math.max(...components.map(({ h }) => h));
	const maxV = single ? 1 : Math.max(...components.map(({ v }) => v));
	const mcus = Math.ceil(widthPx / (8 * maxH)) * Math.ceil(heightPx / (8 * maxV));
	const bits = bitWriter();
	const predictors = components.map(() => 0);
	for (let mcu = 0; mcu < mcus; mcu++) {
		if (restartInterval > 0 && mcu > 0 && mcu % restartInterval === 0) {
			bits.marker(0xd0 + ((mcu / restartInterval - 1) & 7));
			predictors.fill(0);
		}
		for (const [i, { h, v }] of components.entries()) {
			for (let k = 0; k < (single ? 1 : h * v); k++) {
				const coefficients = block(i);
				writeBlock(bits, coefficients, predictors[i]!);
				predictors[i] = coefficients[0] ?? 0;
			}
		}
	}
	return bits.finish();
}

function writeBlock(bits: ReturnType<typeof bitWriter>, coefficients: readonly number[], predictor: number): void {
	const put = (codes: typeof dcCodes, symbol: number): void => bits.put(...codes.get(symbol)!);
	const value = (number: number, size: number): void => bits.put(number < 0 ? number + (1 << size) - 1 : number, size);
	const difference = (coefficients[0] ?? 0) - predictor;
	put(dcCodes, sizeOf(difference));
	value(difference, sizeOf(difference));
	let run = 0;
	for (let k = 1; k < 64; k++) {
		const coefficient = coefficients[k] ?? 0;
		if (coefficient === 0) {
			run++;
			continue;
		}
		for (; run > 15; run -= 16) put(acCodes, 0xf0);
		put(acCodes, (run << 4) | sizeOf(coefficient));
		value(coefficient, sizeOf(coefficient));
		run = 0;
	}
	if (run > 0) put(acCodes, 0x00);
}

function sizeOf(value: number): number {
	return 32 - Math.clz32(Math.abs(value));
}

function bitWriter(): {
	put(value: number, count: number): void;
	marker(code: number): void;
	finish(): number[];
} {
	const bytes: number[] = [];
	let held = 0;
	let count = 0;
	const flush = (): void => {
		if (count > 0) put((1 << (8 - count)) - 1, 8 - count); // padded with ones
	};
	function put(value: number, length: number): void {
		for (let i = length - 1; i >= 0; i--) {
			held = (held << 1) | ((value >> i) & 1);
			if (++count < 8) continue;
			bytes.push(held);
			if (held === 0xff) bytes.push(0);
			held = 0;
			count = 0;
		}
	}
	return {
		put,
		marker(code) {
			flush();
			bytes.push(0xff, code);
		},
		finish() {
			flush();
			return bytes;
		},
	};
}
