/**
 * Writes small PyTorch files in both formats, so that tests need no PyTorch.
 * @module
 */
import type { ElementType } from '../element-type.ts';

/** A tensor to write: raw bytes of its storage and how it views them. */
export interface WrittenTensor {
	readonly name: string;
	readonly storage: string;
	readonly type: ElementType;
	readonly bytes: Uint8Array;
	readonly elements: number;
	readonly offset?: number;
	readonly shape: readonly number[];
	readonly strides: readonly number[];
}

const STORAGE_NAMES: Readonly<Record<ElementType, string>> = {
	F64: 'DoubleStorage',
	F32: 'FloatStorage',
	F16: 'HalfStorage',
	BF16: 'BFloat16Storage',
	I64: 'LongStorage',
	I32: 'IntStorage',
	I16: 'ShortStorage',
	I8: 'CharStorage',
	U8: 'ByteStorage',
	BOOL: 'BoolStorage',
};

/** A contiguous float32 tensor. */
export function floats(
	name: string,
	storage: string,
	shape: readonly number[],
	values: readonly number[],
): WrittenTensor {
	const data = Float32Array.from(values);
	const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
	return { name, storage, type: 'F32', bytes: new Uint8Array(data.buffer), elements: data.length, shape, strides };
}

/** Pieces of a pickle. */
export const op = {
	proto: (version = 2): number[] => [0x80, version],
	stop: [0x2e],
	mark: [0x28],
	none: [0x4e],
	false: [0x89],
	emptyDict: [0x7d],
	emptyList: [0x5d],
	emptyTuple: [0x29],
	tuple: [0x74],
	tuple1: [0x85],
	tuple2: [0x86],
	reduce: [0x52],
	build: [0x62],
	setItem: [0x73],
	setItems: [0x75],
	appends: [0x65],
	persistent: [0x51],
	put: (index: number): number[] => [0x71, index],
	get: (index: number): number[] => [0x68, index],
	int: (value: number): number[] => [0x4a, value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255],
	global: (module: string, name: string): number[] => [0x63, ...ascii(`${module}\n${name}\n`)],
	text: (value: string): number[] => {
		const bytes = [...new TextEncoder().encode(value)];
		return [0x58, bytes.length & 255, (bytes.length >> 8) & 255, 0, 0, ...bytes];
	},
	long: (bytes: readonly number[]): number[] => [0x8a, bytes.length, ...bytes],
} as const;

function ascii(text: string): number[] {
	return Array.from(text, (character) => character.charCodeAt(0));
}

/** The opcodes that make one tensor. */
export function tensorProgram(tensor: WrittenTensor, legacy: boolean): number[] {
	return [
		...op.global('torch._utils', '_rebuild_tensor_v2'),
		...op.mark,
		...op.mark,
		...op.text('storage'),
		...op.global('torch', STORAGE_NAMES[tensor.type]),
		...op.text(tensor.storage),
		...op.text('cpu'),
		...op.int(tensor.elements),
		...(legacy ? op.none : []),
		...op.tuple,
		...op.persistent,
		...op.int(tensor.offset ?? 0),
		...op.mark,
		...tensor.shape.flatMap(op.int),
		...op.tuple,
		...op.mark,
		...tensor.strides.flatMap(op.int),
		...op.tuple,
		...op.false,
		...op.global('collections', 'OrderedDict'),
		...op.emptyTuple,
		...op.reduce,
		...op.tuple,
		...op.reduce,
	];
}

/** The pickle of an ordered dictionary of tensors, with the metadata PyTorch sets on it. */
export function stateProgram(tensors: readonly WrittenTensor[], legacy: boolean): number[] {
	return [
		...op.global('collections', 'OrderedDict'),
		...op.emptyTuple,
		...op.reduce,
		...op.mark,
		...tensors.flatMap((tensor) => [...op.text(tensor.name), ...tensorProgram(tensor, legacy)]),
		...op.setItems,
		...op.emptyDict,
		...op.text('_metadata'),
		...op.emptyDict,
		...op.setItem,
		...op.build,
	];
}

/** A file in the zip format, sizes only in the central directory, as PyTorch does. */
export function writeZipTorch(tensors: readonly WrittenTensor[], zip64 = false): Uint8Array<ArrayBuffer> {
	const program = [...op.proto(), ...stateProgram(tensors, false), ...op.stop];
	const storages = new Map(tensors.map(({ storage, bytes }) => [`model/data/${storage}`, bytes]));
	return writeZip(
		new Map([
			['model/data.pkl', Uint8Array.from(program)],
			...storages,
			['model/version', Uint8Array.from(ascii('3\n'))],
		]),
		zip64,
	);
}

/** A file in the format before that. */
export function writeLegacyTorch(tensors: readonly WrittenTensor[]): Uint8Array<ArrayBuffer> {
	const magic = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
	const storages = new Map(tensors.map((tensor) => [tensor.storage, tensor]));
	return Uint8Array.from([
		...[...op.proto(), ...op.long(magic), ...op.stop],
		...[...op.proto(), ...op.int(1001), ...op.stop],
		...[...op.proto(), ...op.emptyDict, ...op.stop],
		...[...op.proto(), ...stateProgram(tensors, true), ...op.stop],
		...[
			...op.proto(),
			...op.emptyList,
			...op.mark,
			...[...storages.keys()].flatMap(op.text),
			...op.appends,
			...op.stop,
		],
		...[...storages.values()].flatMap(({ elements, bytes }) => [...op.int(elements).slice(1), 0, 0, 0, 0, ...bytes]),
	]);
}

/** An archive of stored entries. */
export function writeZip(entries: ReadonlyMap<string, Uint8Array>, zip64 = false): Uint8Array<ArrayBuffer> {
	const local: number[] = [];
	const directory: number[] = [];
	const short = (value: number): number[] => [value & 255, (value >> 8) & 255];
	const word = (value: number): number[] => [...short(value), ...short(value >>> 16)];
	const long = (value: number): number[] => [...word(value), 0, 0, 0, 0];
	for (const [name, data] of entries) {
		const offset = local.length;
		// Size and CRC are 0 here: they follow the data, which nobody needs to read.
		local.push(...word(0x04034b50), ...short(0), ...short(0x808), ...Array(18).fill(0));
		local.push(...short(name.length), ...short(3), ...ascii(name), 0, 0, 0, ...data);
		local.push(...word(0x08074b50), ...word(0), ...word(data.length), ...word(data.length));
		const extra = zip64 ? [...short(1), ...short(24), ...long(data.length), ...long(data.length), ...long(offset)] : [];
		const size = zip64 ? 0xffffffff : data.length;
		directory.push(...word(0x02014b50), ...short(0), ...short(0), ...short(0x808), ...short(0), ...word(0), ...word(0));
		directory.push(...word(size), ...word(size), ...short(name.length), ...short(extra.length), ...short(0));
		directory.push(
			...short(0),
			...short(0),
			...word(0),
			...word(zip64 ? 0xffffffff : offset),
			...ascii(name),
			...extra,
		);
	}
	const count = entries.size;
	const end64 = local.length + directory.length;
	const tail = zip64
		? [
				...[...word(0x06064b50), ...long(44), ...short(45), ...short(45), ...word(0), ...word(0)],
				...[...long(count), ...long(count), ...long(directory.length), ...long(local.length)],
				...[...word(0x07064b50), ...word(0), ...long(end64), ...word(1)],
			]
		: [];
	const end = [
		...[...word(0x06054b50), ...short(0), ...short(0), ...short(zip64 ? 0xffff : count)],
		...[
			...short(zip64 ? 0xffff : count),
			...word(directory.length),
			...word(zip64 ? 0xffffffff : local.length),
			...short(0),
		],
	];
	return Uint8Array.from([...local, ...directory, ...tail, ...end]);
}
