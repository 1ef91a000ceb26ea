import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError, isParfocalError } from '../../errors.ts';
import { writeSafetensors } from '../../weights/safetensors.ts';
import { cosineDictionary, loadDictionary, saveDictionary } from './dictionary.ts';

describe('cosines', () => {
	const { atoms, data } = cosineDictionary();
	const atom = (index: number): Float64Array => data.subarray(64 * index, 64 * (index + 1));

	test('256 patterns of unit length, all but the first rows without mean', () => {
		expect(atoms).toBe(256);
		expect(data).toHaveLength(256 * 64);
		for (let index = 0; index < 256; index++) {
			expect(atom(index).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 13);
			const mean = atom(index).reduce((sum, value) => sum + value, 0);
			expect(mean).toBeCloseTo(index === 0 ? 8 : 0, 12);
		}
	});

	test('the first is constant, 1 changes down a column, 16 along a row', () => {
		expect([...atom(0)].every((value) => Math.abs(value - 1 / 8) < 1e-15)).toBe(true);
		for (let column = 0; column < 8; column++) {
			for (let row = 0; row < 8; row++) {
				expect(atom(1)[8 * column + row]).toBeCloseTo(atom(1)[row]!, 14);
				expect(atom(16)[8 * column + row]).toBeCloseTo(atom(16)[8 * column]!, 14);
				expect(atom(16)[8 * column + row]).toBeCloseTo(atom(1)[8 * row + column]!, 14);
			}
		}
	});
});

describe('files', () => {
	const original = cosineDictionary();
	const bytes = saveDictionary(original, { made: 'by a test' });

	test('there and back', () => {
		const { atoms, data } = loadDictionary(bytes);
		expect(atoms).toBe(256);
		for (const [i, value] of data.entries()) expect(value).toBeCloseTo(original.data[i]!, 6);
		for (let i = 0; i < data.length; i += 64) {
			const squares = data.subarray(i, i + 64).reduce((sum, value) => sum + value * value, 0);
			expect(squares).toBeCloseTo(1, 14);
		}
	});

	const tensor = (shape: number[], fill = 0.125) => ({
		shape,
		data: new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(fill),
	});
	test.each<[string, Uint8Array, RegExp]>([
		['another tensor', writeSafetensors(new Map([['weights', tensor([64, 256])]])), /no tensor 'dictionary'/],
		['atoms in rows', writeSafetensors(new Map([['dictionary', tensor([256, 64])]])), /\[256, 64\], not \[64, atoms\]/],
		['a vector', writeSafetensors(new Map([['dictionary', tensor([64])]])), /\[64\]/],
		['a third axis', writeSafetensors(new Map([['dictionary', tensor([64, 64, 1])]])), /\[64, 64, 1\]/],
		['no atoms', writeSafetensors(new Map([['dictionary', tensor([64, 0])]])), /\[64, 0\]/],
		['a wrong number of atoms', writeSafetensors(new Map([['dictionary', tensor([64, 100])]])), /in eights/],
		['long atoms', writeSafetensors(new Map([['dictionary', tensor([64, 64], 1)]])), /atom 0 has length 8.000/],
		['no numbers', writeSafetensors(new Map([['dictionary', tensor([64, 64], Number.NaN)]])), /length NaN/],
		['infinite', writeSafetensors(new Map([['dictionary', tensor([64, 64], Infinity)]])), /length Infinity/],
		['nothing', new Uint8Array(0), /safetensors/],
		['half a file', bytes.subarray(0, 1000), /missing|truncated|not all there/],
	])('refused: %s', (_, file, message) => {
		expect(() => loadDictionary(file)).toThrow(FormatError);
		expect(() => loadDictionary(file)).toThrow(message);
	});

	test('fuzz: a dictionary or an error of the family', () => {
		const small = saveDictionary({ atoms: 64, data: original.data.slice(0, 64 * 64) });
		const mutations = fc.array(fc.tuple(fc.nat(small.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
		const early = fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { minLength: 1, maxLength: 3 });
		const mutated = fc.oneof(mutations, early).map((changes) => {
			const copy = small.slice();
			for (const [at, value] of changes) copy[at] = value;
			return copy;
		});
		const cut = fc.nat(small.length).map((length) => small.slice(0, length));
		fc.assert(
			fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated, cut), (file) => {
				try {
					const { atoms, data } = loadDictionary(file);
					expect(data).toHaveLength(64 * atoms);
					expect(data.every(Number.isFinite)).toBe(true);
				} catch (error) {
					if (!isParfocalError(error, 'format')) throw error;
				}
			}),
			{ numRuns: 400 },
		);
	});
});
