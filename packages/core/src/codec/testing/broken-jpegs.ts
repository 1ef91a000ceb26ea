import type { FormatFailure } from '../../errors.ts';
import { encodeTestJpeg, segment, type TestJpeg } from './jpeg-encoder.ts';

/** A stream named after what is wrong with it. */
export interface BrokenJpeg {
	readonly name: string;
	readonly reason: FormatFailure;
	readonly bytes: Uint8Array;
}

const three = [1, 2, 3].map((id) => ({ id, h: 1, v: 1 }));
const blocks: TestJpeg = { widthPx: 64, heightPx: 8, restartInterval: 2, block: () => [100, 5, -3] };

function broken(name: string, reason: FormatFailure, options: TestJpeg | Uint8Array): BrokenJpeg {
	return { name, reason, bytes: options instanceof Uint8Array ? options : encodeTestJpeg(options) };
}

/** The stream with one segment's body replaced. */
function body(marker: number, change: (body: number[]) => number[], options: TestJpeg = {}): TestJpeg {
	return { ...options, edit: (m, bytes) => (m === marker ? segment(m, change(bytes.slice(4))) : bytes) };
}

function without(marker: number, options: TestJpeg = {}): TestJpeg {
	return { ...options, edit: (m, bytes) => (m === marker ? [] : bytes) };
}

/** The stream with one byte of a segment's body replaced. */
function byte(marker: number, index: number, value: number, options: TestJpeg = {}): TestJpeg {
	return body(marker, (bytes) => bytes.with(index, value), options);
}

function raw(change: (bytes: number[]) => number[], options: TestJpeg = {}): Uint8Array {
	return Uint8Array.from(change([...encodeTestJpeg(options)]));
}

function scan(change: (bytes: number[]) => number[]): TestJpeg {
	return { ...blocks, edit: (marker, bytes) => (marker === 0 ? change(bytes) : bytes) };
}

const restartAt = (bytes: readonly number[], number: number): number =>
	bytes.findIndex((value, i) => value === 0xff && bytes[i + 1] === 0xd0 + number);

/** Streams that must end in an error of ours. */
export const brokenJpegs: readonly BrokenJpeg[] = [
	broken('empty', 'truncated', new Uint8Array(0)),
	broken('one-byte', 'truncated', Uint8Array.of(0xff)),
	broken('text', 'unrecognised', new TextEncoder().encode('GIF89a is not a JPEG')),
	broken('zeros', 'unrecognised', new Uint8Array(1000)),
	broken('start-marker-only', 'truncated', Uint8Array.of(0xff, 0xd8)),
	broken('start-and-end-only', 'corrupt', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)),
	broken('fill-bytes-for-ever', 'truncated', new Uint8Array(5000).fill(0xff).with(1, 0xd8)),
	broken(
		'garbage-between-segments',
		'corrupt',
		raw((bytes) => bytes.toSpliced(2, 0, 1, 2, 3)),
	),
	broken(
		'restart-marker-in-header',
		'corrupt',
		raw((bytes) => bytes.toSpliced(2, 0, 0xff, 0xd0)),
	),
	broken(
		'segment-length-0',
		'corrupt',
		raw((bytes) => bytes.toSpliced(2, 0, 0xff, 0xe1, 0, 0)),
	),
	broken(
		'segment-length-past-end',
		'truncated',
		raw((bytes) => bytes.toSpliced(2, 0, 0xff, 0xe1, 0xff, 0xff)),
	),
	broken('quantiser-id-4', 'corrupt', byte(0xdb, 0, 4)),
	broken('quantiser-precision-2', 'corrupt', byte(0xdb, 0, 0x20)),
	broken(
		'quantiser-short',
		'corrupt',
		body(0xdb, (bytes) => bytes.slice(0, 40)),
	),
	broken('quantiser-16-bit-short', 'corrupt', byte(0xdb, 0, 0x10)),
	broken('quantiser-missing', 'corrupt', without(0xdb)),
	broken('quantiser-other-id', 'corrupt', byte(0xdb, 0, 1)),
	broken('huffman-missing', 'corrupt', without(0xc4)),
	broken(
		'huffman-ac-missing',
		'corrupt',
		body(0xc4, (bytes) => bytes.slice(0, 29)),
	),
	broken('huffman-class-2', 'corrupt', byte(0xc4, 0, 0x20)),
	broken('huffman-id-4', 'corrupt', byte(0xc4, 0, 0x04)),
	broken(
		'huffman-counts-cut',
		'corrupt',
		body(0xc4, (bytes) => bytes.slice(0, 10)),
	),
	broken(
		'huffman-symbols-cut',
		'corrupt',
		body(0xc4, (bytes) => bytes.slice(0, 20)),
	),
	broken('huffman-too-many-short-codes', 'corrupt', byte(0xc4, 1, 3)),
	broken(
		'huffman-over-256-symbols',
		'corrupt',
		body(0xc4, () => [0, ...Array(16).fill(17), ...Array(272).fill(0)]),
	),
	broken('huffman-dc-size-16', 'corrupt', byte(0xc4, 17, 16)),
	broken('frame-missing', 'corrupt', without(0xc0)),
	broken('frame-twice', 'corrupt', { edit: (m, bytes) => (m === 0xc0 ? [...bytes, ...bytes] : bytes) }),
	broken(
		'frame-too-short',
		'corrupt',
		body(0xc0, (bytes) => bytes.slice(0, 5)),
	),
	broken('frame-without-its-components', 'corrupt', byte(0xc0, 5, 3)),
	broken(
		'no-components',
		'corrupt',
		body(0xc0, (bytes) => bytes.slice(0, 6).with(5, 0)),
	),
	broken('width-0', 'corrupt', { widthPx: 0 }),
	broken('sampling-0', 'corrupt', byte(0xc0, 7, 0x01)),
	broken('sampling-5', 'corrupt', byte(0xc0, 7, 0x51)),
	broken('more-than-10-blocks-a-unit', 'corrupt', byte(0xc0, 7, 0x44, { components: three })),
	broken('quantiser-selector-4', 'corrupt', byte(0xc0, 8, 4)),
	broken(
		'65535-x-65535',
		'too-large',
		body(0xc0, (bytes) => bytes.toSpliced(1, 4, 255, 255, 255, 255)),
	),
	broken(
		'32768-x-32768-in-a-few-bytes',
		'truncated',
		body(0xc0, (bytes) => bytes.toSpliced(1, 4, 128, 0, 128, 0)),
	),
	broken('scan-missing', 'corrupt', without(0xda)),
	broken(
		'scan-before-frame',
		'corrupt',
		raw((bytes) => bytes.toSpliced(2, 0, ...segment(0xda, [1, 1, 0, 0, 63, 0]))),
	),
	broken(
		'scan-empty-header',
		'corrupt',
		body(0xda, () => []),
	),
	broken(
		'scan-without-components',
		'corrupt',
		body(0xda, () => [0, 0, 63, 0]),
	),
	broken('scan-of-unknown-component', 'corrupt', byte(0xda, 1, 9)),
	broken(
		'scan-of-too-many-components',
		'corrupt',
		body(0xda, () => [2, 1, 0, 2, 0, 0, 63, 0]),
	),
	broken('scan-table-4', 'corrupt', byte(0xda, 2, 0x40)),
	broken(
		'scan-without-data',
		'truncated',
		scan(() => []),
	),
	broken(
		'scan-cut-in-half',
		'truncated',
		scan((bytes) => bytes.slice(0, bytes.length / 2)),
	),
	broken(
		'scan-ends-with-ff',
		'truncated',
		raw((b) => [...b.slice(0, b.length - 12), 0xff], blocks),
	),
	broken('unknown-code', 'corrupt', { ...blocks, restartInterval: 0, edit: (m, b) => (m ? b : Array(99).fill(0xfe)) }),
	broken('run-past-the-block', 'corrupt', { ...blocks, block: () => [0, ...Array(63).fill(1), 1], edit: runPast }),
	broken(
		'restart-marker-missing',
		'truncated',
		scan((bytes) => bytes.toSpliced(restartAt(bytes, 1), 99)),
	),
	broken(
		'restart-markers-swapped',
		'corrupt',
		scan((bytes) => bytes.with(restartAt(bytes, 0) + 1, 0xd1)),
	),
	broken(
		'end-marker-for-restart',
		'truncated',
		scan((bytes) => bytes.with(restartAt(bytes, 2) + 1, 0xd9)),
	),
	broken(
		'restart-interval-of-one-byte',
		'corrupt',
		body(0xdd, () => [4], blocks),
	),
];

/** Zero runs of sixteen, five of them: one more than a block has room for. */
function runPast(marker: number, bytes: number[]): number[] {
	if (marker !== 0) return bytes;
	const zeroRun = '10000000000'; // 0xf0, the first code of 11 bits
	const bits = `0000${zeroRun.repeat(5)}`.padEnd(800, '0');
	return bits.match(/.{8}/g)!.map((byteBits) => Number.parseInt(byteBits, 2));
}

/** Well-formed streams of kinds that are left to a fallback decoder. */
export const unsupportedJpegs: readonly BrokenJpeg[] = [
	broken('progressive', 'unsupported', { process: 0xc2 }),
	broken('lossless', 'unsupported', { process: 0xc3 }),
	broken('hierarchical', 'unsupported', { process: 0xc5 }),
	broken('arithmetic', 'unsupported', { process: 0xc9 }),
	broken('arithmetic-progressive', 'unsupported', { process: 0xca }),
	broken('jpeg-ls', 'unsupported', { process: 0xf7 }),
	broken('12-bit', 'unsupported', { process: 0xc1, bitsPerSample: 12 }),
	broken('two-components', 'unsupported', { components: three.slice(1) }),
	broken('four-components', 'unsupported', { components: [...three, { id: 4, h: 1, v: 1 }] }),
	broken('sampling-of-three', 'unsupported', { components: three.map((c) => ({ ...c, h: c.id === 1 ? 3 : 1 })) }),
	broken('chroma-larger-than-luma', 'unsupported', { components: three.map((c) => ({ ...c, h: c.id })).slice(0, 3) }),
	broken(
		'one-scan-a-component',
		'unsupported',
		body(0xda, () => [1, 1, 0, 0, 63, 0], { components: three }),
	),
	broken('height-stated-later', 'unsupported', { heightPx: 0 }),
];
