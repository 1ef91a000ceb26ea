/**
 * The engine of the page: ONNX Runtime's WebAssembly, from beside the page. Heads are small: one thread is enough.
 * @module
 */
import { type Engine, openWebEngine } from '@parfocal/lab/learn';

let engine: Promise<Engine> | undefined;

/** The engine, loaded when first asked for. */
export function openEngine(): Promise<Engine> {
	engine ??= openWebEngine('wasm');
	return engine;
}
