import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { type PickleHooks, PickleObject, type PickleValue, readPickle } from './pickle.ts';
import { op } from './testing/torch-writer.ts';

class Pair extends PickleObject {
	readonly items: readonly PickleValue[];
	constructor(items: readonly PickleValue[]) {
		super();
		this.items = items;
	}
}

const hooks: PickleHooks = {
	functions: new Map([['pairs.Pair', (args) => new Pair(args)]]),
	names: new Set(['kinds.Kind']),
	persistent: (id) => [id, 'kept'],
};

const run = (...program: number[]): PickleValue => readPickle(Uint8Array.from(program), 0, hooks).value;

describe('plain data', () => {
	const cases: [string, readonly number[], unknown][] = [
		['none', op.none, null],
		['true', [0x88], true],
		['false', op.false, false],
		['a byte', [0x4b, 200], 200],
		['two bytes', [0x4d, 1, 2], 513],
		['a negative integer', op.int(-7), -7],
		['a long of no bytes', op.long([]), 0],
		['a negative long', op.long([0xff]), -1],
		['a long beyond 53 bits', op.long([0, 0, 0, 0, 0, 0, 0, 1]), 2n ** 56n],
		['a float', [0x47, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
		['a text', op.text('grün'), 'grün'],
		['a short text', [0x8c, 2, 0x68, 0x69], 'hi'],
		['an empty tuple', op.emptyTuple, []],
		['a tuple of one', [...op.int(1), ...op.tuple1], [1]],
		['a tuple of two', [...op.int(1), ...op.int(2), ...op.tuple2], [1, 2]],
		['a tuple of three', [...op.int(1), ...op.int(2), ...op.int(3), 0x87], [1, 2, 3]],
		['a tuple to a mark', [...op.mark, ...op.int(1), ...op.none, ...op.tuple], [1, null]],
		['a list', [...op.emptyList, ...op.mark, ...op.int(1), ...op.int(2), ...op.appends], [1, 2]],
		['a list item by item', [...op.emptyList, ...op.int(1), 0x61], [1]],
		['a dictionary', [...op.emptyDict, ...op.text('a'), ...op.int(1), ...op.setItem], new Map([['a', 1]])],
		['a recalled value', [...op.int(5), ...op.put(3), ...op.get(3), ...op.tuple2], [5, 5]],
		['a value recalled by order', [...op.int(5), 0x94, 0x6a, 0, 0, 0, 0, ...op.tuple2], [5, 5]],
		['a long memo index', [...op.int(5), 0x72, 1, 1, 0, 0, 0x6a, 1, 1, 0, 0, ...op.tuple2], [5, 5]],
		['a resolved reference', [...op.int(5), ...op.persistent], [5, 'kept']],
		['a frame', [0x95, 0, 0, 0, 0, 0, 0, 0, 0, ...op.int(5)], 5],
		['attributes of a dictionary, ignored', [...op.emptyDict, ...op.int(5), ...op.build], new Map()],
	];
	test.each(cases)('%s', (_, program, expected) => {
		expect(run(...op.proto(), ...program, ...op.stop)).toEqual(expected);
	});

	test('a call of an allowed function, named in either way', () => {
		const call = [...op.int(1), ...op.tuple1, ...op.reduce, ...op.stop];
		expect(run(...op.global('pairs', 'Pair'), ...call)).toEqual(new Pair([1]));
		expect(run(...op.text('pairs'), ...op.text('Pair'), 0x93, ...call)).toEqual(new Pair([1]));
	});

	test('reading starts and ends where told', () => {
		const bytes = Uint8Array.from([9, 9, ...op.int(5), ...op.stop, 7, 7]);
		expect(readPickle(bytes, 2, hooks)).toEqual({ value: 5, end: 8 });
	});
});

describe('refused, saying why:', () => {
	const cases: [string, readonly number[], RegExp][] = [
		['os.system', [...op.global('os', 'system'), ...op.text('id'), ...op.tuple1, ...op.reduce], /'os.system'/],
		['builtins.eval', [...op.text('builtins'), ...op.text('eval'), 0x93], /'builtins.eval'/],
		['a dotted way round', [...op.global('pairs', 'Pair.__init__')], /'pairs.Pair.__init__'/],
		[
			'calling a name only mentioned',
			[...op.global('kinds', 'Kind'), ...op.emptyTuple, ...op.reduce],
			/calls 'kinds.Kind'/,
		],
		['calling a number', [...op.int(1), ...op.emptyTuple, ...op.reduce], /calls what is no function/],
		['calling with no tuple', [...op.global('pairs', 'Pair'), ...op.int(1), ...op.reduce], /calls 'pairs.Pair'/],
		['making an instance', [...op.mark, ...op.global('pairs', 'Pair'), 0x6f], /opcode 0x6f at byte/],
		['NEWOBJ', [...op.global('pairs', 'Pair'), ...op.emptyTuple, 0x81], /opcode 0x81/],
		['an extension code', [0x82, 1], /opcode 0x82 at byte 0/],
		['attributes of an object', [...op.int(1), ...op.int(2), ...op.build], /attributes of an object/],
		['a future protocol', [0x80, 9], /protocol 9/],
		['nothing to return', [], /takes a value/],
		['values left behind', [...op.int(1), ...op.int(2)], /leaves values behind/],
		['a tuple without a mark', [...op.int(1), ...op.tuple], /mark that was never set/],
		['taking below a mark', [...op.int(1), ...op.mark, ...op.tuple1], /takes a value/],
		['a memo never kept', op.get(9), /recalls value 9/],
		['items of a number', [...op.int(1), ...op.int(1), ...op.int(1), ...op.setItem], /no dictionary/],
		['half an item', [...op.emptyDict, ...op.mark, ...op.int(1), ...op.setItems], /no dictionary/],
		['appending to a number', [...op.int(1), ...op.mark, ...op.appends], /no list/],
		['a long of many bytes', [0x8a, 255], /integer of 255 bytes/],
		['a text beyond the end', [0x58, 255, 255, 255, 255], /ends in the middle/],
		['a name without an end', [0x63, 0x61, 0x62], /middle of a line/],
		['a cut integer', [0x4a, 1], /ends in the middle/],
	];
	test.each(cases)('%s', (_, program, message) => {
		const attempt = () => run(...program, ...(/middle/.test(message.source) ? [] : op.stop));
		expect(attempt).toThrow(FormatError);
		expect(attempt).toThrow(message);
	});

	test('data outside when none is expected', () => {
		const bytes = Uint8Array.from([...op.int(1), ...op.persistent, ...op.stop]);
		expect(() => readPickle(bytes, 0, { functions: new Map(), names: new Set() })).toThrow(/outside itself/);
	});
});

describe('bounds', () => {
	test('a value that holds itself twice, again and again, is built in no time', () => {
		const doubling = Array.from({ length: 200 }, () => [...op.put(0), ...op.get(0), ...op.tuple2]).flat();
		expect(run(...op.int(1), ...doubling, ...op.stop)).toHaveLength(2);
	});

	test('a million nested tuples', () => {
		const bytes = new Uint8Array(1_000_002).fill(0x85);
		bytes[0] = 0x29;
		bytes[bytes.length - 1] = 0x2e;
		expect(readPickle(bytes, 0, hooks).value).toHaveLength(1);
	});

	test('fuzz: an error of the family or a value, never anything else', () => {
		const opcodes = fc.constantFrom(
			...[0x80, 0x95, 0x2e, 0x28, 0x4e, 0x88, 0x7d, 0x5d, 0x29, 0x4b, 0x4d, 0x4a, 0x8a, 0x47, 0x58, 0x8c],
			...[0x71, 0x94, 0x68, 0x74, 0x85, 0x86, 0x87, 0x61, 0x65, 0x73, 0x75, 0x63, 0x93, 0x52, 0x62, 0x51, 0, 1, 2],
		);
		const programs = fc.oneof(fc.array(opcodes, { maxLength: 60 }), fc.array(fc.nat(255), { maxLength: 60 }));
		fc.assert(
			fc.property(programs, (program) => {
				try {
					run(...program);
				} catch (error) {
					expect(error).toBeInstanceOf(FormatError);
				}
			}),
			{ numRuns: 5000 },
		);
	});
});
