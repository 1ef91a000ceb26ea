// The one WASM module of the hot path: a tile is decoded and measured in the same memory.
// Its exports are what packages/core/src/kernels/kernels.ts wraps.

export function alloc(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function free(pointer: usize): void {
  heap.free(pointer);
}
export { fftColumns, fftRows } from './fft';
export { convolveBlock, convolveSymmetricBlock } from './convolve';
export { jpegInput, jpegHeader, jpegFrame, jpegComponent, jpegDecode } from './jpeg';
export { accumulateResponses, findExtremes, listWindows, lumaOfPlanes, lumaOfRgb } from './response';
export { correlateBlock, sparseCode } from './sparse';
