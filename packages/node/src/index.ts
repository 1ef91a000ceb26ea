/**
 * Node's edges of Parfocal: files, worker threads, pictures, the model store.
 * @module
 */

export * from './atomic-write.ts';
export * from './coordinates/filter-tiles.ts';
export { openTileFile, type TileFile, type TileFileOptions } from './coordinates/tile-file.ts';
export * from './derived-files.ts';
export * from './file-source.ts';
export * from './jpeg-encode.ts';
export * from './model-store.ts';
export * from './models-folder.ts';
export * from './open-file.ts';
export * from './parquet.ts';
export * from './read-error.ts';
export * from './sharp-decoder.ts';
export * from './weights-file.ts';
export * from './whole-file.ts';
export * from './worker-pool/threads.ts';
export type { ReadRequest, WorkerMeasurer } from './worker-pool/worker-measurer.ts';
export * from './worker-pool/worker-pool.ts';
export * from './write-error.ts';
export * from './write-outputs.ts';
