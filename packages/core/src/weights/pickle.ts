/**
 * A reader for the few pickles that hold weights. A pickle is a program; this machine knows only the opcodes that build
 * plain data, calls only functions its caller gives it by name, and executes nothing of the file's own.
 * Every opcode adds at most one value and copies nothing shared, so work and memory are bounded by the length of the file.
 * Source: Python 3.11, Lib/pickletools.py (protocols 2 to 4).
 * @module
 */
import { FormatError, type FormatFailure } from '../errors.ts';

/** What a pickle can build here. Bigints are integers beyond 2^53. */
export type PickleValue =
	| null
	| boolean
	| number
	| bigint
	| string
	| PickleValue[]
	| Map<PickleValue, PickleValue>
	| PickleGlobal
	| PickleObject;

/** A class or function by its dotted name, not yet called. */
export class PickleGlobal {
	readonly name: string;
	constructor(name: string) {
		this.name = name;
	}
}

/** Something a caller's function made; opaque to this machine. */
export abstract class PickleObject {
	/** Keeps unrelated classes from passing as one. */
	protected readonly isPickleObject = true;
}

/** What the pickle may use. */
export interface PickleHooks {
	/** Functions by dotted name, called with the pickle's arguments. */
	readonly functions: ReadonlyMap<string, (args: readonly PickleValue[]) => PickleValue>;
	/** Names that may be mentioned but not called. */
	readonly names: ReadonlySet<string>;
	/** Resolves a persistent id. */
	readonly persistent?: (id: PickleValue) => PickleValue;
}

const HIGHEST_PROTOCOL = 5;
/** Longest integer in bytes: the magic number of old PyTorch files has 10. */
const MAXIMUM_LONG_BYTES = 16;

/**
 * Runs the pickle that starts at `start`.
 * @returns its value and where it ended.
 * @throws {FormatError} for opcodes and names that are not allowed (both named in the message) and for damaged pickles.
 */
export function readPickle(bytes: Uint8Array, start: number, hooks: PickleHooks): { value: PickleValue; end: number } {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const stack: PickleValue[] = [];
	const marks: number[] = [];
	const memo = new Map<number, PickleValue>();
	let at = start;

	/** Moves on by `count` bytes and returns where they start. */
	const take = (count: number): number => {
		const from = at;
		if (count > bytes.length - at) fail('truncated', 'it ends in the middle');
		at += count;
		return from;
	};
	const text = (count: number): string => {
		const from = take(count);
		return new TextDecoder().decode(bytes.subarray(from, at));
	};
	const line = (): string => {
		const end = bytes.indexOf(0x0a, at);
		if (end < 0) fail('truncated', 'it ends in the middle of a line');
		const found = text(end - at);
		at++;
		return found;
	};
	const floor = (): number => marks.at(-1) ?? 0;
	const top = (): PickleValue => {
		if (stack.length <= floor()) fail('corrupt', 'it takes a value where there is none');
		return stack.at(-1)!;
	};
	const pop = (): PickleValue => {
		const value = top();
		stack.length--;
		return value;
	};
	const popToMark = (): PickleValue[] => {
		const mark = marks.pop();
		if (mark === undefined) fail('corrupt', 'it looks for a mark that was never set');
		return stack.splice(mark);
	};
	const tuple = (count: number): void => {
		const items = Array.from({ length: count }, pop);
		stack.push(items.reverse());
	};
	const recall = (index: number): void => {
		const value = memo.get(index);
		if (value === undefined) fail('corrupt', `it recalls value ${index}, which was never kept`);
		stack.push(value);
	};
	const setItems = (items: readonly PickleValue[]): void => {
		const map = top();
		if (!(map instanceof Map) || items.length % 2 !== 0) fail('corrupt', 'it sets items of what is no dictionary');
		for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
	};
	const append = (items: readonly PickleValue[]): void => {
		const list = top();
		if (!Array.isArray(list)) fail('corrupt', 'it appends to what is no list');
		for (const item of items) list.push(item);
	};
	const mention = (name: string): void => {
		if (!hooks.functions.has(name) && !hooks.names.has(name)) {
			fail(
				'unsupported',
				`it asks for '${name}', and only plain tensors are read. Save the model's state_dict() by itself`,
			);
		}
		stack.push(new PickleGlobal(name));
	};
	const call = (): void => {
		const args = pop();
		const target = pop();
		const run = target instanceof PickleGlobal ? hooks.functions.get(target.name) : undefined;
		if (run === undefined || !Array.isArray(args)) {
			fail('unsupported', `it calls ${target instanceof PickleGlobal ? `'${target.name}'` : 'what is no function'}`);
		}
		stack.push(run(args));
	};

	for (;;) {
		const position = take(1);
		const opcode = bytes[position]!;
		switch (opcode) {
			case 0x80: {
				const protocol = bytes[take(1)]!;
				if (protocol > HIGHEST_PROTOCOL) fail('unsupported', `it uses protocol ${protocol}`);
				break;
			}
			case 0x95: // FRAME
				take(8);
				break;
			case 0x2e: {
				// STOP
				const value = pop();
				if (stack.length > 0) fail('corrupt', 'it leaves values behind');
				return { value, end: at };
			}
			case 0x28: // MARK
				marks.push(stack.length);
				break;
			case 0x4e: // NONE
				stack.push(null);
				break;
			case 0x88: // NEWTRUE
				stack.push(true);
				break;
			case 0x89: // NEWFALSE
				stack.push(false);
				break;
			case 0x7d: // EMPTY_DICT
				stack.push(new Map());
				break;
			case 0x5d: // EMPTY_LIST
			case 0x29: // EMPTY_TUPLE
				stack.push([]);
				break;
			case 0x4b: // BININT1
				stack.push(view.getUint8(take(1)));
				break;
			case 0x4d: // BININT2
				stack.push(view.getUint16(take(2), true));
				break;
			case 0x4a: // BININT
				stack.push(view.getInt32(take(4), true));
				break;
			case 0x8a: // LONG1
				stack.push(longInteger(bytes, take, view.getUint8(take(1))));
				break;
			case 0x47: // BINFLOAT
				stack.push(view.getFloat64(take(8)));
				break;
			case 0x58: // BINUNICODE
				stack.push(text(view.getUint32(take(4), true)));
				break;
			case 0x8c: // SHORT_BINUNICODE
				stack.push(text(view.getUint8(take(1))));
				break;
			case 0x71: // BINPUT
				memo.set(view.getUint8(take(1)), top());
				break;
			case 0x72: // LONG_BINPUT
				memo.set(view.getUint32(take(4), true), top());
				break;
			case 0x94: // MEMOIZE
				memo.set(memo.size, top());
				break;
			case 0x68: // BINGET
				recall(view.getUint8(take(1)));
				break;
			case 0x6a: // LONG_BINGET
				recall(view.getUint32(take(4), true));
				break;
			case 0x74: // TUPLE
				stack.push(popToMark());
				break;
			case 0x85: // TUPLE1
			case 0x86: // TUPLE2
			case 0x87: // TUPLE3
				tuple(opcode - 0x84);
				break;
			case 0x61: // APPEND
				append([pop()]);
				break;
			case 0x65: // APPENDS
				append(popToMark());
				break;
			case 0x73: {
				// SETITEM
				const value = pop();
				setItems([pop(), value]);
				break;
			}
			case 0x75: // SETITEMS
				setItems(popToMark());
				break;
			case 0x63: {
				// GLOBAL
				const module = line();
				mention(`${module}.${line()}`);
				break;
			}
			case 0x93: {
				// STACK_GLOBAL
				const name = pop();
				mention(`${String(pop())}.${String(name)}`);
				break;
			}
			case 0x52: // REDUCE
				call();
				break;
			case 0x62: // BUILD: attributes of an object; dictionaries of tensors carry version numbers there.
				pop();
				if (!(top() instanceof Map)) fail('unsupported', 'it sets attributes of an object');
				break;
			case 0x51: {
				// BINPERSID
				if (hooks.persistent === undefined) fail('unsupported', 'it refers to data outside itself');
				stack.push(hooks.persistent(pop()));
				break;
			}
			default:
				fail('unsupported', `opcode 0x${opcode.toString(16).padStart(2, '0')} at byte ${position} is not allowed`);
		}
	}
}

/** Little-endian two's complement. */
function longInteger(bytes: Uint8Array, take: (count: number) => number, length: number): number | bigint {
	if (length > MAXIMUM_LONG_BYTES) fail('too-large', `it holds an integer of ${length} bytes`);
	const from = take(length);
	let value = 0n;
	for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[from + i]!);
	value = BigInt.asIntN(8 * length, value);
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : value;
}

function fail(reason: FormatFailure, problem: string): never {
	throw new FormatError('pickle', reason, `The pickle cannot be read: ${problem}.`);
}
