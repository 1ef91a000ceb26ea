/**
 * Node's edges of Parfocal: files, worker threads, pictures, the model store.
 * @module
 */

export * from './file-source.ts';
export type { ReadRequest, WorkerMeasurer } from './worker-pool/worker-measurer.ts';
export * from './worker-pool/worker-pool.ts';
