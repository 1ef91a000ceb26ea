import { beforeEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { instantiateTrainingKernels, SPARE_BYTES, type TrainingKernels } from './training-kernels.ts';

const SIDE = 47;
const COUNT = 9; // responses a side: (47 - 7) / 5 + 1

let wasm: TrainingKernels;
let crop: Uint8Array;
let [cropAt, weightsAt, resultAt, gradientsAt, targetAt] = [0, 0, 0, 0, 0];

beforeEach(() => {
	wasm = instantiateTrainingKernels();
	cropAt = wasm.alloc(3 * SIDE * SIDE + SPARE_BYTES);
	weightsAt = wasm.alloc(4 * 24 * 7);
	resultAt = wasm.alloc(4 * COUNT * COUNT);
	gradientsAt = wasm.alloc(4 * COUNT * COUNT);
	targetAt = wasm.alloc(4 * 8 * 7);
	crop = new Uint8Array(wasm.memory.buffer, cropAt, 3 * SIDE * SIDE + SPARE_BYTES);
	const random = seededRandom(1);
	crop.forEach((_, i) => {
		crop[i] = random.below(256);
	});
});

/** Random weights, `used` of each row of `padded`, zeros after. */
function writeWeights(used: number, padded: number): Float32Array {
	const random = seededRandom(2);
	const weights = new Float32Array(wasm.memory.buffer, weightsAt, 7 * padded);
	weights.forEach((_, i) => {
		weights[i] = i % padded < used ? random.normal() : 0;
	});
	return weights;
}

/** Responses by the definition, in float64. */
function plainResponses(channels: number, weights: Float32Array, padded: number): number[] {
	return Array.from({ length: COUNT * COUNT }, (_, at) => {
		let sum = 0;
		for (let row = 0; row < 7; row++) {
			for (let i = 0; i < 7 * channels; i++) {
				const y = 5 * Math.floor(at / COUNT) + row;
				sum += weights[row * padded + i]! * crop[(y * SIDE + 5 * (at % COUNT)) * channels + i]!;
			}
		}
		return sum;
	});
}

test('responses of luma are cross-correlations', () => {
	const weights = writeWeights(7, 8);
	wasm.responses(cropAt, SIDE, COUNT, COUNT, weightsAt, resultAt);
	const found = new Float32Array(wasm.memory.buffer, resultAt, COUNT * COUNT);
	plainResponses(1, weights, 8).forEach((response, i) => {
		expect(Math.abs(found[i]! - response)).toBeLessThan(0.01);
	});
});

test('the weight gradient is the adjoint of the responses: <g, R w> = <Rᵗ g, w>, added to what is there', () => {
	const weights = writeWeights(7, 8);
	wasm.responses(cropAt, SIDE, COUNT, COUNT, weightsAt, resultAt);
	const responses = new Float32Array(wasm.memory.buffer, resultAt, COUNT * COUNT);
	const gradients = new Float32Array(wasm.memory.buffer, gradientsAt, COUNT * COUNT);
	const random = seededRandom(3);
	gradients.forEach((_, i) => {
		gradients[i] = random.normal();
	});
	const target = new Float32Array(wasm.memory.buffer, targetAt, 56).fill(1);
	wasm.weightGradient(cropAt, SIDE, COUNT, COUNT, gradientsAt, targetAt);
	const forward = gradients.reduce((sum, g, i) => sum + g * responses[i]!, 0);
	const backward = target.reduce((sum, g, i) => sum + (g - 1) * weights[i]!, 0);
	expect(Math.abs(forward - backward)).toBeLessThan(1e-4 * Math.abs(forward) + 0.1);
});

test.each([
	[47, 0],
	[16, 1],
	[5, 2],
])('planes of side %i become pixels within a border of %i', (side, padding) => {
	const width = side + 2 * padding;
	const target = new Uint8Array(wasm.memory.buffer, wasm.alloc(3 * width * width), 3 * width * width).fill(7);
	wasm.interleave(cropAt, side, padding, target.byteOffset);
	const expected = new Uint8Array(target.length).fill(7);
	for (let i = 0; i < side * side; i++) {
		const pixel = (Math.floor(i / side) + padding) * width + (i % side) + padding;
		for (let c = 0; c < 3; c++) expected[3 * pixel + c] = crop[c * side * side + i]!;
	}
	expect(target).toEqual(expected);
});

describe('extremes', () => {
	const run = (): { values: number[]; places: number[] } => {
		wasm.extremes(cropAt, 3 * SIDE, COUNT, COUNT, weightsAt, resultAt);
		return {
			values: [...new Float32Array(wasm.memory.buffer, resultAt, 2)],
			places: [...new Int32Array(wasm.memory.buffer, resultAt + 8, 2)],
		};
	};

	test('are the least and greatest response and where they lie', () => {
		const responses = plainResponses(3, writeWeights(21, 24), 24);
		const { values, places } = run();
		expect(values[0]).toBeCloseTo(Math.min(...responses), 1);
		expect(values[1]).toBeCloseTo(Math.max(...responses), 1);
		expect(places).toEqual([responses.indexOf(Math.min(...responses)), responses.indexOf(Math.max(...responses))]);
	});

	test('on ties the first place wins', () => {
		writeWeights(21, 24);
		crop.fill(100);
		expect(run().places).toEqual([0, 0]);
	});
});
