import { describe } from 'vitest';
import { testGradient } from '../testing/gradient-check.ts';
import { evenPadding } from '../window.ts';
import { convolution } from './convolution.ts';
import { hyperbolicTangent } from './hyperbolic-tangent.ts';

// Channel counts are multiples of four: onnxruntime 1.30 on WebGPU convolves six channels wrongly (microsoft/onnxruntime
// issue 29651), and no network here has such a layer.
describe('convolution', () => {
	for (const [name, size, kernel, stride, padding, groups, channels] of [
		['3x3', 9, 3, 1, 1, 1, 4],
		['3x3 of many channels', 5, 3, 1, 1, 1, 40],
		['1x1', 7, 1, 1, 0, 1, 4],
		['1x1 every second place', 8, 1, 2, 0, 1, 4],
		['3x3 every second place', 10, 3, 2, 1, 1, 4],
		['depthwise', 9, 3, 1, 1, 4, 4],
		['depthwise every second place', 10, 3, 2, 1, 4, 4],
		['depthwise every second place, odd', 9, 3, 2, 1, 4, 4],
		['7x7 every fifth place', 23, 7, 5, 0, 1, 4],
	] as const) {
		const outputs = groups === 1 ? 8 : channels;
		testGradient(`a ${name} convolution`, {
			shapes: [[2, channels, size, size], [outputs, channels / groups, kernel, kernel], [outputs]],
			build: (tape, [x, w, bias]) => {
				const y = convolution(tape, x!, w!, { stride, padding: evenPadding(padding), groups, bias: bias! });
				return hyperbolicTangent(tape, y);
			},
		});
	}
});
