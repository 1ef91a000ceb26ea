/**
 * An engine over any build of ONNX Runtime: its packages for Node and for the web have one interface.
 * @module
 */
import { ModelError } from '@parfocal/core';
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { Device, Engine, EngineTensors, Session, SessionOptions } from './engine.ts';

/** The part of ONNX Runtime's packages that is used. */
export interface OnnxRuntime {
	readonly Tensor: typeof Tensor;
	readonly InferenceSession: typeof InferenceSession;
}

/** How the runtime is told to work. */
export interface RuntimeOptions {
	readonly device: Device;
	/** Name of ONNX Runtime's execution provider. */
	readonly provider: string;
	/** Threads of one operation. */
	readonly threads: number;
}

/** An engine that runs graphs with `runtime`. */
export function onnxRuntimeEngine(runtime: OnnxRuntime, { device, provider, threads }: RuntimeOptions): Engine {
	return {
		device,
		tensor: (type, data, shape) => new runtime.Tensor(type, data as Float32Array, shape),
		async load(model, { keepOnDevice = [] }: SessionOptions = {}): Promise<Session> {
			const options: InferenceSession.SessionOptions = {
				executionProviders: [provider],
				graphOptimizationLevel: 'all',
				intraOpNumThreads: threads,
				interOpNumThreads: 1,
				logSeverityLevel: 3,
				...(device === 'webgpu' && {
					preferredOutputLocation: Object.fromEntries(keepOnDevice.map((name) => [name, 'gpu-buffer' as const])),
				}),
			};
			let session: InferenceSession;
			try {
				session = await runtime.InferenceSession.create(model, options);
			} catch (cause) {
				throw new ModelError('graph', `ONNX Runtime cannot run this graph on ${device}: ${(cause as Error).message}`, {
					cause,
				});
			}
			return {
				inputNames: session.inputNames,
				outputNames: session.outputNames,
				run: async (inputs: EngineTensors) => session.run(inputs as Record<string, Tensor>),
				close: () => session.release(),
			};
		},
	};
}
