import { expect, test } from 'vitest';
import { bytesFromBase64 } from './base64.ts';
import { instantiateKernels } from './kernels.ts';

test('decodes base64 and starts the kernels in a browser', () => {
	expect(Array.from(bytesFromBase64('AAH/'))).toEqual([0, 1, 255]);
	const kernels = instantiateKernels();
	const pointer = kernels.alloc(100_000);
	expect(pointer).toBeGreaterThan(0);
	expect(kernels.memory.buffer.byteLength).toBeGreaterThanOrEqual(pointer + 100_000);
	kernels.free(pointer);
});
