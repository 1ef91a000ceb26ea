/**
 * Engines in a browser: ONNX Runtime's WebAssembly, or the graphics processor through WebGPU.
 * @module
 */
import type { Engine } from './engine.ts';
import { onnxRuntimeEngine } from './onnx-runtime.ts';

/** How to load the runtime. */
export interface WebEngineOptions {
	/** Folder or address of ONNX Runtime's `.wasm` files; default: where the bundler put them. Nothing comes from elsewhere. */
	readonly wasmPaths?: string;
	/** More than one needs a page that is cross-origin isolated. Default 1. */
	readonly threads?: number;
}

/**
 * An engine in this browser. The runtime is loaded when first asked for.
 * @throws {ModelError} at the first graph, when the browser has no WebGPU and that was asked for
 * @example
 * ```ts
 * const engine = await openWebEngine('wasm');
 * ```
 */
export async function openWebEngine(
	device: 'wasm' | 'webgpu',
	{ wasmPaths, threads = 1 }: WebEngineOptions = {},
): Promise<Engine> {
	const runtime = device === 'wasm' ? await import('onnxruntime-web/wasm') : await import('onnxruntime-web/webgpu');
	runtime.env.wasm.numThreads = threads;
	if (wasmPaths !== undefined) runtime.env.wasm.wasmPaths = wasmPaths;
	return onnxRuntimeEngine(runtime, { device, provider: device, threads });
}
