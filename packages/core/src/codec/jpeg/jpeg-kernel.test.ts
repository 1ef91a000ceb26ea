import { describe, expect, test } from 'vitest';
import { sharedKernels } from '../../kernels/kernels.ts';
import { encodeTestJpeg } from '../testing/jpeg-encoder.ts';
import { componentIds, loadJpeg, readFrame, trapped } from './jpeg-kernel.ts';

describe('jpeg kernel', () => {
	test('reads the frame record', () => {
		const kernels = sharedKernels();
		const components = [7, 8, 9].map((id) => ({ id, h: 1, v: 1 }));
		expect(loadJpeg(kernels, encodeTestJpeg({ widthPx: 300, heightPx: 20, components }), undefined)).toBe(0);
		const frame = readFrame(kernels);
		expect(frame).toEqual({
			widthPx: 300,
			heightPx: 20,
			componentCount: 3,
			bitsPerSample: 8,
			process: 0xc0,
			adobeTransform: -1,
			hasJfif: false,
		});
		expect(componentIds(kernels, frame)).toEqual([7, 8, 9]);
	});

	test('input above the limit is too large', () => {
		const kernels = { ...sharedKernels(), jpegInput: () => 0 };
		const load = (): number => loadJpeg(kernels, new Uint8Array(5), undefined);
		expect(load).toThrow(expect.objectContaining({ reason: 'too-large', message: expect.stringContaining('1 GiB') }));
	});

	test('a trap for want of memory is too large, with its cause; other errors pass', () => {
		const trap = new WebAssembly.RuntimeError('unreachable');
		const call = (error: Error) => () =>
			trapped(() => {
				throw error;
			});
		expect(call(trap)).toThrow(expect.objectContaining({ tag: 'format', reason: 'too-large', cause: trap }));
		expect(call(new TypeError('ours'))).toThrow(TypeError);
	});
});
