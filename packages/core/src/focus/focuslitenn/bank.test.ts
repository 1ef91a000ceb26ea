import { describe, expect, test } from 'vitest';
import { BLOCK_HEADER_BYTES, packBank, quantise } from './bank.ts';
import { foldKernels, LINE_TAPS } from './fold.ts';
import { syntheticDefinition } from './testing/synthetic.ts';

const format = { kind: 'interleaved', chromaX: 1, chromaY: 1 } as const;

describe('16-bit weights', () => {
	test('are within half a step of the true ones, the largest being exact', () => {
		const folded = foldKernels(syntheticDefinition({ kernels: 3 }), format);
		const { weights, scales } = quantise(folded);
		const size = folded.lines * LINE_TAPS;
		folded.weights.forEach((weight, index) => {
			const scale = scales[Math.floor(index / size)]!;
			expect(Math.abs(weights[index]! * scale - weight)).toBeLessThanOrEqual(0.5001 * scale);
		});
		expect(weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)).toBe(32767);
	});

	test('of a kernel of zeros are zeros', () => {
		const definition = { ...syntheticDefinition(), convWeight: new Float32Array(147) };
		const { weights, scales } = quantise(foldKernels(definition, format));
		expect(weights.every((weight) => weight === 0)).toBe(true);
		expect(scales[0]).toBe(1);
	});

	test('a sum cannot overflow 32 bits', () => {
		const definition = { ...syntheticDefinition(), convWeight: new Float32Array(147).fill(1) };
		for (const kind of ['interleaved', 'rgbPlanes'] as const) {
			const { weights } = quantise(foldKernels(definition, { ...format, kind }));
			expect(255 * weights.reduce((sum, weight) => sum + Math.abs(weight), 0)).toBeLessThan(2 ** 31);
		}
	});
});

describe('a bank', () => {
	test.each([
		[1, 0, 1],
		[3, 0, 3],
		[4, 1, 0],
		[10, 2, 2],
	])('of %i kernels has %i blocks of four and %i single ones', (kernels, fours, singles) => {
		const folded = foldKernels(syntheticDefinition({ kernels }), format);
		const lineBytes = folded.lines * LINE_TAPS * 2;
		const expected = fours * (BLOCK_HEADER_BYTES + 4 * lineBytes) + singles * (BLOCK_HEADER_BYTES + lineBytes);
		expect(packBank(quantise(folded)).length).toBe(expected);
	});

	test('a block of four has scales, offsets and its kernels’ lines side by side', () => {
		const definition = syntheticDefinition({ kernels: 5 });
		const folded = foldKernels(definition, format);
		const quantised = quantise(folded);
		const bank = packBank(quantised);
		const header = new Float32Array(bank.buffer, 0, 8);
		expect([...header.subarray(0, 4)]).toEqual([...Float32Array.from(quantised.scales.subarray(0, 4))]);
		expect([...header.subarray(4)]).toEqual([...definition.convBias.subarray(0, 4)]);
		const lines = new Int16Array(bank.buffer, BLOCK_HEADER_BYTES);
		const secondLineOfThird = (2 * folded.lines + 1) * LINE_TAPS;
		expect(lines.subarray((4 + 2) * LINE_TAPS, (4 + 3) * LINE_TAPS)).toEqual(
			quantised.weights.subarray(secondLineOfThird, secondLineOfThird + LINE_TAPS),
		);
	});
});

describe('folding', () => {
	test('interleaved RGB: a line is 8 bytes of a row, the last 3 of a row are idle', () => {
		const definition = syntheticDefinition();
		const { lumaLines, run, weights } = foldKernels(definition, format);
		expect(run).toBe(3);
		expect(lumaLines.slice(0, 4)).toEqual([
			{ plane: 0, row: 0, byte: 0 },
			{ plane: 0, row: 0, byte: 8 },
			{ plane: 0, row: 0, byte: 16 },
			{ plane: 0, row: 1, byte: 0 },
		]);
		expect(weights[1]).toBeCloseTo(definition.convWeight[49]! / 255, 12);
		expect([...weights.subarray(21, 24)]).toEqual([0, 0, 0]);
	});

	test('a constant grey gives the same response in every format', () => {
		const definition = syntheticDefinition({ kernels: 2 });
		const expected = [0, 1].map(
			(kernel) =>
				definition.convBias[kernel]! +
				(100 / 255) * definition.convWeight.subarray(147 * kernel, 147 * (kernel + 1)).reduce((a, b) => a + b, 0),
		);
		for (const chromaX of [1, 2, 4]) {
			for (const chromaY of [1, 2, 4]) {
				const folded = foldKernels(definition, { kind: 'ycbcr', chromaX, chromaY });
				const { lumaLines, chromaLines, lines, weights, offsets } = folded;
				for (let phase = 0; phase < chromaX * chromaY; phase++) {
					for (const kernel of [0, 1]) {
						const line = (index: number) => {
							const from = (kernel * lines + index) * LINE_TAPS;
							return weights.subarray(from, from + LINE_TAPS).reduce((a, b) => a + b, 0);
						};
						let response = offsets[kernel]!;
						for (let i = 0; i < lumaLines.length; i++) response += 100 * line(i);
						for (let i = 0; i < chromaLines.length; i++) {
							response += 128 * line(lumaLines.length + phase * chromaLines.length + i);
						}
						expect(response).toBeCloseTo(expected[kernel]!, 5);
					}
				}
			}
		}
	});

	test('quarter-resolution chroma takes 4 x 4 samples at most, a sixteenth 3 x 3', () => {
		const definition = syntheticDefinition();
		expect(foldKernels(definition, { kind: 'ycbcr', chromaX: 2, chromaY: 2 }).chromaLines.length).toBe(2 * 4);
		expect(foldKernels(definition, { kind: 'ycbcr', chromaX: 4, chromaY: 4 }).chromaLines.length).toBe(2 * 3);
	});
});
