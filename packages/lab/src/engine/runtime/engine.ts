/**
 * What runs graphs. Every engine is ONNX Runtime on some device, loaded only when asked for.
 * @module
 */
import type { ElementArray, ElementType } from '../element-type.ts';

/** Where graphs run: this machine's processor, its graphics processor, or WebAssembly. */
export type Device = 'cpu' | 'webgpu' | 'wasm';

/** All devices, the usual one first. */
export const DEVICES: readonly Device[] = ['cpu', 'webgpu', 'wasm'];

/** Numbers an engine holds, possibly on a graphics card. */
export interface EngineTensor {
	readonly type: string;
	readonly dims: readonly number[];
	/** The numbers, fetched from the card if they are there. */
	getData(): Promise<unknown>;
	/** Frees memory on a card; harmless elsewhere. */
	dispose(): void;
}

/** Values by name. */
export type EngineTensors = Readonly<Record<string, EngineTensor>>;

/** A graph that is ready to run. */
export interface Session {
	readonly inputNames: readonly string[];
	readonly outputNames: readonly string[];
	/** Runs once. Outputs that were asked to stay on the device are there. */
	run(inputs: EngineTensors): Promise<EngineTensors>;
	close(): Promise<void>;
}

/** How to prepare a graph. */
export interface SessionOptions {
	/** Outputs that feed the next run and need not leave the device: weights and what the optimiser remembers. */
	readonly keepOnDevice?: readonly string[];
}

/** One way of running graphs. */
export interface Engine {
	readonly device: Device;
	/** Wraps numbers; they are not copied before a run. */
	tensor(type: ElementType, data: ElementArray, shape: readonly number[]): EngineTensor;
	/**
	 * Prepares a graph.
	 * @throws {ModelError} when the runtime refuses it, with the runtime's reason
	 */
	load(model: Uint8Array, options?: SessionOptions): Promise<Session>;
}

/** Numbers of a float32 output. */
export async function floats(tensor: EngineTensor | undefined): Promise<Float32Array> {
	const data = await tensor?.getData();
	if (!(data instanceof Float32Array))
		throw new TypeError('The graph gave no 32-bit numbers where they were expected.');
	return data;
}
