import { describe, expect, test } from 'vitest';
import { ModelError } from '../../errors.ts';
import type { Tensor } from '../../weights/tensor.ts';
import { focusLiteNNFromTensors } from './from-tensors.ts';

const facts = { name: 'mine', sha256: 'f00', licence: 'CC0-1.0', origin: 'a test' };

function tensor(...shape: number[]): Tensor {
	const length = shape.reduce((a, b) => a * b, 1);
	return { shape, data: Float32Array.from({ length }, (_, i) => i + 1) };
}

function authors(kernels: number, inputs?: number, channels = 3): Map<string, Tensor> {
	const tensors = new Map([
		['conv.weight', tensor(kernels, channels, 7, 7)],
		['conv.bias', tensor(kernels)],
	]);
	if (inputs !== undefined) tensors.set('fc.weight', tensor(1, inputs, 1, 1)).set('fc.bias', tensor(1));
	return tensors;
}

describe('recognises', () => {
	test('one kernel, min: no head', () => {
		const definition = focusLiteNNFromTensors(authors(1), facts);
		expect(definition).toMatchObject({ ...facts, kernels: 1, pooling: 'min', planes: 'all', head: [] });
		expect(definition).toMatchObject({ paddingPx: 1, clampAtZero: false, unit: 'score' });
	});

	test.each([2, 3, 10])('%i kernels, min', (kernels) => {
		const { pooling, head } = focusLiteNNFromTensors(authors(kernels, kernels), facts);
		expect(pooling).toBe('min');
		expect(head[0]).toMatchObject({ inputs: kernels, outputs: 1 });
	});

	test('min and max, and pairs the weights of each kernel', () => {
		const { pooling, head } = focusLiteNNFromTensors(authors(3, 6), facts);
		expect(pooling).toBe('minMax');
		expect([...head[0]!.weight]).toEqual([1, 4, 2, 5, 3, 6]);
	});

	test('one kernel with min and max', () => {
		expect(focusLiteNNFromTensors(authors(1, 2), facts).pooling).toBe('minMax');
	});

	test('one kernel with a head of one weight', () => {
		const { pooling, head } = focusLiteNNFromTensors(authors(1, 1), facts);
		expect(pooling).toBe('min');
		expect(head.length).toBe(1);
	});

	test('luma kernels', () => {
		expect(focusLiteNNFromTensors(authors(4, 4, 1), facts).planes).toBe('luma');
	});

	test('names with the prefix of parallel training', () => {
		const prefixed = new Map([...authors(2, 2)].map(([name, value]) => [`module.${name}`, value]));
		expect(focusLiteNNFromTensors(prefixed, facts).kernels).toBe(2);
	});

	test('what its importer says', () => {
		const told = { ...facts, unit: 'zLevel', clampAtZero: true, paddingPx: 0 } as const;
		expect(focusLiteNNFromTensors(authors(1), told)).toMatchObject({ unit: 'zLevel', clampAtZero: true, paddingPx: 0 });
	});
});

describe('refuses, saying why,', () => {
	const without = (tensors: Map<string, Tensor>, name: string) => {
		tensors.delete(name);
		return tensors;
	};
	const cases: [string, Map<string, Tensor>, RegExp][] = [
		['nothing', new Map(), /no tensor 'conv.weight'/],
		['another network', new Map([['stem.0.weight', tensor(2, 3, 3, 3)]]), /no tensor 'conv.weight'/],
		['kernels of 5 x 5', new Map([['conv.weight', tensor(1, 3, 5, 5)]]), /\[1, 3, 5, 5\]/],
		['four channels', new Map([['conv.weight', tensor(1, 4, 7, 7)]]), /\[1, 4, 7, 7\]/],
		['no bias', without(authors(1), 'conv.bias'), /no tensor 'conv.bias'/],
		['a bias of other length', authors(1).set('conv.bias', tensor(2)), /convBias has 2 numbers/],
		['kernels without a head', authors(2), /2 kernels need 'fc.weight'/],
		['half a head', without(authors(2, 2), 'fc.bias'), /one of 'fc.weight' and 'fc.bias'/],
		['a head of other width', authors(2, 3), /\[1, 3, 1, 1\]/],
		['further layers', authors(1).set('fc2.weight', tensor(1)), /has a tensor 'fc2.weight'/],
	];
	test.each(cases)('%s', (_, tensors, message) => {
		expect(() => focusLiteNNFromTensors(tensors, facts)).toThrow(ModelError);
		expect(() => focusLiteNNFromTensors(tensors, facts)).toThrow(message);
	});
});
