/**
 * The safetensors format: an 8-byte length, a JSON header, raw little-endian data.
 * Source: huggingface/safetensors, README "Format", version 0.4.
 * @module
 */
import { FormatError, type FormatFailure } from '../errors.ts';
import { ELEMENT_BYTES, type ElementType, elementReader } from './element-type.ts';
import { elementCount, type Tensor, type Tensors } from './tensor.ts';

const LENGTH_BYTES = 8;
const ALIGNMENT = 8;
/** The reference reader's own limit. */
const MAXIMUM_HEADER_BYTES = 100_000_000;
const METADATA = '__metadata__';
/** The file's order of bytes; where it is the machine's too, numbers are copied as they are. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** What a file holds. */
export interface SafetensorsFile {
	readonly tensors: Tensors;
	/** Free texts of the writer; empty when it wrote none. */
	readonly metadata: Readonly<Record<string, string>>;
}

/** What a file's header says. */
export interface SafetensorsHeader {
	/** Shapes of the tensors by name, in the order of the file. */
	readonly shapes: ReadonlyMap<string, readonly number[]>;
	readonly metadata: Readonly<Record<string, string>>;
}

/** Where a tensor lies in the data. */
interface Entry {
	readonly name: string;
	readonly type: ElementType;
	readonly shape: readonly number[];
	readonly begin: number;
	readonly end: number;
}

/** True when `bytes` could be a safetensors file: a plausible length followed by a JSON object. */
export function looksLikeSafetensors(bytes: Uint8Array): boolean {
	if (bytes.length < LENGTH_BYTES + 2 || bytes[LENGTH_BYTES] !== 0x7b) return false;
	const length = headerLength(bytes);
	return length <= MAXIMUM_HEADER_BYTES && LENGTH_BYTES + length <= bytes.length;
}

/**
 * Reads a file; all number types become float32.
 * @throws {FormatError} when the header breaks the format in any way: a wrong length, unknown types, sizes that do not
 * fit the shape, tensors that overlap or leave gaps.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
	const { entries, metadata, end } = parseFile(bytes);
	const data = bytes.subarray(end);
	checkCoverage(entries, data.length);
	return { tensors: new Map(entries.map((entry) => [entry.name, readTensor(entry, data)])), metadata };
}

/**
 * Bytes that a file's length and header take, read from its first 8.
 * @throws {FormatError} when they claim more than any header has
 */
export function safetensorsHeaderBytes(bytes: Uint8Array): number {
	if (bytes.length < LENGTH_BYTES) fail('truncated', 'it ends within its first 8 bytes');
	const length = headerLength(bytes);
	if (length > MAXIMUM_HEADER_BYTES) fail('too-large', `its header claims ${length} bytes`);
	return LENGTH_BYTES + length;
}

/**
 * Reads what a file holds without its numbers; `bytes` need not go beyond the header.
 * @throws {FormatError} when the header breaks the format
 */
export function readSafetensorsHeader(bytes: Uint8Array): SafetensorsHeader {
	const { entries, metadata } = parseFile(bytes);
	return { shapes: new Map(entries.map(({ name, shape }) => [name, shape])), metadata };
}

/** Writes float32 tensors and metadata; the same input gives the same bytes. */
export function writeSafetensors(
	tensors: Tensors,
	metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
	let end = 0;
	const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { [METADATA]: metadata } : {};
	for (const [name, { shape, data }] of tensors) {
		const begin = end;
		end += data.length * Float32Array.BYTES_PER_ELEMENT;
		header[name] = { dtype: 'F32', shape, data_offsets: [begin, end] };
	}
	const json = new TextEncoder().encode(JSON.stringify(header));
	const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
	const bytes = new Uint8Array(LENGTH_BYTES + length + end);
	const view = new DataView(bytes.buffer);
	view.setBigUint64(0, BigInt(length), true);
	bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + length).set(json, LENGTH_BYTES);
	let at = LENGTH_BYTES + length;
	for (const { data } of tensors.values()) {
		if (LITTLE_ENDIAN) bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
		else for (const [i, value] of data.entries()) view.setFloat32(at + i * data.BYTES_PER_ELEMENT, value, true);
		at += data.byteLength;
	}
	return bytes;
}

function headerLength(bytes: Uint8Array): number {
	return Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
}

function parseFile(bytes: Uint8Array) {
	const end = safetensorsHeaderBytes(bytes);
	if (end > bytes.length) fail('truncated', `its header of ${end - LENGTH_BYTES} bytes is not all there`);
	const entries: Entry[] = [];
	let metadata: Record<string, string> = {};
	for (const [name, value] of Object.entries(parseHeader(bytes.subarray(LENGTH_BYTES, end)))) {
		if (name === METADATA) metadata = parseMetadata(value);
		else entries.push(parseEntry(name, value));
	}
	return { entries, metadata, end };
}

function parseHeader(bytes: Uint8Array): object {
	let header: unknown;
	try {
		header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch (cause) {
		fail('corrupt', 'its header is not JSON', cause);
	}
	if (bytes[0] !== 0x7b || !isObject(header)) fail('corrupt', 'its header is not a JSON object');
	return header;
}

function parseMetadata(value: unknown): Record<string, string> {
	if (!isObject(value)) fail('corrupt', 'its metadata is not an object');
	const texts = Object.entries(value);
	if (!texts.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
		fail('corrupt', 'its metadata holds something other than texts');
	}
	return Object.fromEntries(texts);
}

function parseEntry(name: string, value: unknown): Entry {
	const { dtype, shape, data_offsets: offsets } = isObject(value) ? (value as Record<string, unknown>) : {};
	if (typeof dtype !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
		fail('corrupt', `tensor '${name}' lacks a type, a shape or its place`);
	}
	if (!Object.hasOwn(ELEMENT_BYTES, dtype)) fail('unsupported', `tensor '${name}' has the unknown type '${dtype}'`);
	const type = dtype as ElementType;
	const [begin, end] = offsets as [number, number];
	if (end - begin !== elementCount(shape) * ELEMENT_BYTES[type]) {
		fail('corrupt', `tensor '${name}' of shape [${shape.join(', ')}] and type ${type} has ${end - begin} bytes`);
	}
	return { name, type, shape, begin, end };
}

/** Tensors must follow each other without gap or overlap and fill the data (a defence of the format's own). */
function checkCoverage(entries: readonly Entry[], dataBytes: number): void {
	let next = 0;
	for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
		if (begin !== next) fail('corrupt', `tensor '${name}' overlaps another or leaves a gap before it`);
		next = end;
	}
	if (next > dataBytes) fail('truncated', `${next - dataBytes} bytes of data are missing`);
	if (next < dataBytes) fail('corrupt', `${dataBytes - next} bytes of data belong to no tensor`);
}

function readTensor({ type, shape, begin, end }: Entry, data: Uint8Array): Tensor {
	// Not slice: Node's Buffer gives a view of a larger buffer.
	if (type === 'F32' && LITTLE_ENDIAN)
		return { shape, data: new Float32Array(Uint8Array.from(data.subarray(begin, end)).buffer) };
	const read = elementReader(type, data.subarray(begin, end));
	return { shape, data: Float32Array.from({ length: elementCount(shape) }, (_, index) => read(index)) };
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
	return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function fail(reason: FormatFailure, problem: string, cause?: unknown): never {
	throw new FormatError('safetensors', reason, `The safetensors file cannot be read: ${problem}.`, { cause });
}
