/**
 * The engine of the page: ONNX Runtime's WebAssembly, from beside the page.
 * @module
 */
import { type Engine, onnxRuntimeEngine } from '@parfocal/lab/learn';

let engine: Promise<Engine> | undefined;

/** The engine, loaded when first asked for. */
export function openEngine(): Promise<Engine> {
	engine ??= load();
	return engine;
}

async function load(): Promise<Engine> {
	const runtime = await import('onnxruntime-web/wasm');
	// Heads are small: more threads would only wait for each other.
	runtime.env.wasm.numThreads = 1;
	return onnxRuntimeEngine(runtime, { device: 'wasm', provider: 'wasm', threads: 1 });
}
