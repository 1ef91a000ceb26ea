// How a call ended. Zero is success; the numbers are mirrored by packages/core/src/codec/jpeg/status.ts.

export const OK: i32 = 0;

// The bytes end too early.
export const TRUNCATED_HEADER: i32 = 1;
export const TRUNCATED_SCAN: i32 = 2;

// The bytes are wrong.
export const NOT_JPEG: i32 = 10;
export const BAD_MARKER: i32 = 11;
export const BAD_QUANTISER: i32 = 12;
export const BAD_HUFFMAN_TABLE: i32 = 13;
export const BAD_FRAME: i32 = 14;
export const BAD_SCAN_HEADER: i32 = 15;
export const NO_IMAGE: i32 = 16;
export const MISSING_QUANTISER: i32 = 17;
export const MISSING_HUFFMAN_TABLE: i32 = 18;
export const BAD_CODE: i32 = 19;
export const BAD_RESTART: i32 = 20;

// Well-formed, but for another decoder.
export const PROGRESSIVE: i32 = 30;
export const LOSSLESS: i32 = 31;
export const HIERARCHICAL: i32 = 32;
export const ARITHMETIC: i32 = 33;
export const JPEG_LS: i32 = 34;
export const NOT_8_BIT: i32 = 35;
export const COMPONENT_COUNT: i32 = 36;
export const SAMPLING: i32 = 37;
export const SEVERAL_SCANS: i32 = 38;
export const HEIGHT_LATER: i32 = 39;

// Above a stated limit.
export const TOO_LARGE: i32 = 50;
