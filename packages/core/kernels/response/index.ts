// The response kernels of FocusLiteNN.
export { listWindows } from './windows';
export { accumulateResponses } from './statistics';
export { findExtremes } from './extremes';
export { lumaOfPlanes, lumaOfRgb } from './luma';
