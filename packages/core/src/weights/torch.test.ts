import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { hasShared, sharedPath } from '../testing/shared.ts';
import { readSafetensors } from './safetensors.ts';
import {
	floats,
	op,
	stateProgram,
	tensorProgram,
	type WrittenTensor,
	writeLegacyTorch,
	writeZip,
	writeZipTorch,
} from './testing/torch-writer.ts';
import { looksLikeTorch, readTorch } from './torch.ts';

const six = [1, 2, 3, 4, 5, 6];
const written: readonly WrittenTensor[] = [
	floats('conv.weight', '0', [2, 3], six),
	floats('conv.bias', '1', [2], [-1, 0.5]),
	{ ...floats('transposed', '0', [2, 3], six), shape: [3, 2], strides: [1, 3] },
	{ ...floats('column', '0', [2, 3], six), offset: 1, shape: [2], strides: [3] },
	{ ...floats('scalar', '0', [2, 3], six), offset: 5, shape: [], strides: [] },
	{ ...floats('steps', '2', [1], []), type: 'I64', bytes: new Uint8Array(BigInt64Array.of(12n).buffer), elements: 1 },
	{ ...floats('half', '3', [1], []), type: 'F16', bytes: Uint8Array.of(0, 0x3c), elements: 1 },
];
const expected = {
	'conv.weight': { shape: [2, 3], data: six },
	'conv.bias': { shape: [2], data: [-1, 0.5] },
	transposed: { shape: [3, 2], data: [1, 4, 2, 5, 3, 6] },
	column: { shape: [2], data: [2, 5] },
	scalar: { shape: [], data: [6] },
	steps: { shape: [1], data: [12] },
	half: { shape: [1], data: [1] },
};

const formats: [string, Uint8Array][] = [
	['zip', writeZipTorch(written)],
	['zip with 64-bit sizes', writeZipTorch(written, true)],
	['legacy', writeLegacyTorch(written)],
];

describe('tensors', () => {
	test.each(formats)('of a %s file, with strides and offsets', (_, bytes) => {
		expect(looksLikeTorch(bytes)).toBe(true);
		const read = Object.fromEntries(
			[...readTorch(bytes)].map(([name, { shape, data }]) => [name, { shape, data: [...data] }]),
		);
		expect(read).toEqual(expected);
	});

	test('of a checkpoint: the first dictionary of tensors', () => {
		const program = [
			...[...op.emptyDict, ...op.mark, ...op.text('epoch'), ...op.int(7), ...op.text('optimizer'), ...op.emptyDict],
			...[...op.text('state_dict'), ...stateProgram(written.slice(0, 1), false), ...op.setItems, ...op.stop],
		];
		const bytes = writeZip(
			new Map([
				['x/data.pkl', Uint8Array.from(program)],
				['x/data/0', written[0]!.bytes],
			]),
		);
		expect([...readTorch(bytes).keys()]).toEqual(['conv.weight']);
	});

	test('wrapped as parameters', () => {
		const program = [
			...[...op.emptyDict, ...op.text('w'), ...op.global('torch._utils', '_rebuild_parameter'), ...op.mark],
			...[...tensorProgram(written[0]!, false), ...op.false, ...op.none, ...op.tuple, ...op.reduce],
			...[...op.setItem, ...op.stop],
		];
		const bytes = writeZip(
			new Map([
				['data.pkl', Uint8Array.from(program)],
				['data/0', written[0]!.bytes],
			]),
		);
		expect([...readTorch(bytes).get('w')!.data]).toEqual(six);
	});
});

describe.skipIf(!hasShared)('real files', () => {
	test.each(['focuspath', 'bioimage', 'deepfocus'])('%s has the values of its safetensors twin', (name) => {
		const torch = readTorch(readFileSync(sharedPath(`weights/torch-files/darts-fqa_${name}.pt`)));
		const twin = readSafetensors(readFileSync(sharedPath(`weights/darts-fqa-${name}.safetensors`))).tensors;
		for (const [key, tensor] of twin) expect(torch.get(key)).toEqual(tensor);
		expect(twin.size).toBeGreaterThan(10);
	});

	test('all of the authors’ models load, in both formats', () => {
		const folder = sharedPath('weights/focuslitenn-official');
		const files = readdirSync(folder).filter((file) => file.endsWith('.pt'));
		expect(files.length).toBe(8);
		for (const file of files) expect(readTorch(readFileSync(`${folder}/${file}`)).size).toBeGreaterThan(1);
	});
});

describe('refused, saying why:', () => {
	const zipOf = (program: readonly number[], more: [string, Uint8Array][] = []): Uint8Array =>
		writeZip(new Map([['m/data.pkl', Uint8Array.from([...program, ...op.stop])], ...more]));
	const tensor = (change: Partial<WrittenTensor>): Uint8Array =>
		writeZipTorch([{ ...floats('a', '0', [2, 3], six), ...change }]);
	const cases: [string, Uint8Array, RegExp][] = [
		['nothing', new Uint8Array(0), /neither a zip archive nor/],
		['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), /neither a zip archive nor/],
		['another zip archive', writeZip(new Map([['word/document.xml', new Uint8Array(3)]])), /without data.pkl/],
		['a number', zipOf(op.int(1)), /no dictionary of tensors/],
		['an empty dictionary', zipOf(op.emptyDict), /no dictionary of tensors/],
		['a whole pickled module', zipOf(op.global('models', 'FocusLiteNN')), /'models.FocusLiteNN'.*state_dict/],
		['code', zipOf([...op.global('os', 'system'), ...op.text('id'), ...op.tuple1, ...op.reduce]), /'os.system'/],
		['big-endian numbers', zipOf(op.none, [['m/byteorder', new TextEncoder().encode('big')]]), /big-endian/],
		['a storage that is missing', zipOf(stateProgram(written.slice(0, 1), false)), /storage '0' are not all there/],
		['a storage cut short', tensor({ bytes: new Uint8Array(20) }), /storage '0' are not all there/],
		['a tensor larger than its storage', tensor({ shape: [7], strides: [1] }), /outside its storage of 6/],
		['a tensor that starts beyond it', tensor({ offset: 6, shape: [1], strides: [1] }), /outside its storage/],
		['a tensor that strides beyond it', tensor({ shape: [2], strides: [6] }), /outside its storage/],
		['one number read a million times', tensor({ shape: [1000000], strides: [0] }), /outside its storage/],
		['other strides than dimensions', tensor({ strides: [1] }), /other strides than dimensions/],
		['seventeen dimensions', tensor({ shape: Array(17).fill(1), strides: Array(17).fill(1) }), /not described/],
		['a negative size', tensor({ shape: [-1], strides: [1] }), /not described/],
		[
			'a dictionary made from another',
			zipOf([...op.global('collections', 'OrderedDict'), ...op.emptyDict, ...op.tuple1, ...op.reduce]),
			/from another/,
		],
		[
			'a storage of an unknown kind',
			zipOf([...op.mark, ...op.text('storage'), ...op.none, ...op.tuple, ...op.persistent]),
			/storage is not described/,
		],
		['an older file of big-endian numbers', Uint8Array.from(bigEndian()), /big-endian/],
	];
	test.each(cases)('%s', (_, bytes, message) => {
		expect(() => readTorch(bytes)).toThrow(FormatError);
		expect(() => readTorch(bytes)).toThrow(message);
	});

	test('a storage described in two ways', () => {
		const twice = [written[0]!, { ...written[1]!, storage: '0' }];
		expect(() => readTorch(writeZipTorch(twice))).toThrow(/described in two ways/);
	});

	test('many tensors that share one storage', () => {
		const many = Array.from({ length: 250 }, (_, i) => floats(`t${i}`, '0', [400], Array(400).fill(1)));
		expect(() => readTorch(writeZipTorch(many))).toThrow(/claim 100000 numbers/);
	});

	test('a legacy file cut anywhere', () => {
		const bytes = writeLegacyTorch(written);
		for (let length = 0; length < bytes.length; length++) {
			expect(() => readTorch(bytes.slice(0, length))).toThrow(FormatError);
		}
	});
});

function bigEndian(): number[] {
	const start = [...writeLegacyTorch(written).subarray(0, 23)];
	return [
		...start,
		...op.proto(),
		...op.emptyDict,
		...op.text('little_endian'),
		...op.false,
		...op.setItem,
		...op.stop,
	];
}

describe('fuzz: an error of the family or tensors, never anything else', () => {
	test.each(formats)('%s', (_, good) => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
				fc.oneof({ weight: 4, arbitrary: fc.constant(good.length) }, fc.nat(good.length)),
				(changes, length) => {
					const bytes = good.slice();
					for (const [at, value] of changes) bytes[at] = value;
					try {
						readTorch(bytes.subarray(0, length));
					} catch (error) {
						expect(error, String(error)).toBeInstanceOf(FormatError);
					}
				},
			),
			{ numRuns: 2000 },
		);
	});
});
