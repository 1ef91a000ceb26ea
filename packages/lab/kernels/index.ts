// The WASM module of training: responses and their gradients, where all the time goes.

export function alloc(bytes: usize): usize {
  return heap.alloc(bytes);
}

export { extremes } from './extremes';
export { interleave } from './interleave';
export { responses, weightGradient } from './luma';
export { convolveSeparable } from './separable';
