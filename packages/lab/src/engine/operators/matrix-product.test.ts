import { describe } from 'vitest';
import { testGradient } from '../testing/gradient-check.ts';
import { matrixProduct, transposedProduct } from './matrix-product.ts';

describe('products', () => {
	testGradient('a product of matrices', {
		shapes: [
			[3, 4],
			[4, 2],
		],
		build: (tape, [a, b]) => matrixProduct(tape, a!, b!),
	});
	testGradient('a dense layer', {
		shapes: [
			[3, 4],
			[2, 4],
		],
		build: (tape, [x, w]) => transposedProduct(tape, x!, w!),
	});
});
