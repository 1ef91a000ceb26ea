/**
 * Engines in Node: the native build of ONNX Runtime on the processor or the graphics processor, and its WebAssembly build.
 * @module
 */
import { ModelError } from '@parfocal/core';
import type { Device, Engine } from './engine.ts';
import { type OnnxRuntime, onnxRuntimeEngine } from './onnx-runtime.ts';

/**
 * An engine on `device`.
 * @throws {ModelError} when ONNX Runtime is not installed; the message says how to install it
 * @example
 * ```ts
 * const engine = await openNodeEngine('cpu', { threads: 2 });
 * ```
 */
export async function openNodeEngine(device: Device, { threads = 1 }: { threads?: number } = {}): Promise<Engine> {
	const name = device === 'wasm' ? 'onnxruntime-web' : 'onnxruntime-node';
	let runtime: OnnxRuntime;
	try {
		runtime =
			device === 'wasm'
				? await (async () => {
						const web = await import('onnxruntime-web');
						web.env.wasm.numThreads = threads;
						return web;
					})()
				: await import('onnxruntime-node');
	} catch (cause) {
		throw new ModelError(
			name,
			`Networks run on ONNX Runtime, which is not installed here. Install it with: npm install ${name}@1.30.0`,
			{ cause },
		);
	}
	return onnxRuntimeEngine(runtime, { device, provider: device, threads });
}
