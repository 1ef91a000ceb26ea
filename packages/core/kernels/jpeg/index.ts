// Sequential Huffman JPEG (baseline and 8-bit extended) to planes as stored: no upsampling, no colour conversion.
// One image at a time: jpegInput, copy the bytes there, jpegHeader, look at jpegFrame, jpegDecode, look at jpegPlane.
// Nothing is left from one image to the next but buffers and built Huffman lookups.

import { input, MAX_INPUT_BYTES, MAX_PLANE_BYTES, planes } from './buffers';
import { component, FRAME, frame, resetFrame } from './frame';
import { forgetHuffmanTables } from './huffman';
import { readHeader } from './header';
import { rgbPlanesToLuma } from './luma';
import { forgetQuantisers } from './quantisers';
import { decodeScan } from './scan';
import { OK, TOO_LARGE, TRUNCATED_SCAN } from './status';

let end: usize = 0;

/** Where to put `bytes` bytes of shared tables and image; 0 when that is above the limit. */
export function jpegInput(bytes: usize): usize {
  if (<u64>bytes > MAX_INPUT_BYTES) return 0;
  input.reserve(bytes + 16);
  return input.pointer;
}

/** Reads `tableBytes` of shared tables (0: none), then the headers of the `imageBytes` behind them. */
export function jpegHeader(tableBytes: usize, imageBytes: usize): i32 {
  resetFrame();
  forgetQuantisers();
  forgetHuffmanTables();
  const image = input.pointer + tableBytes;
  end = image + imageBytes;
  if (tableBytes) {
    const status = readHeader(input.pointer, image, true);
    if (status != OK) return status;
    resetFrame();
  }
  return readHeader(image, end, false);
}

/** The frame record: width, height, components, bits a sample, process marker, Adobe transform (-1: none), JFIF. */
export function jpegFrame(): usize {
  return FRAME;
}

/** Field of a component's record: 0 id, 1 h, 2 v, 7 bytes a row, 8 rows, 9 address of the plane. */
export function jpegComponent(index: i32, field: i32): usize {
  return load<u32>(changetype<usize>(component(index)) + (<usize>field << 2));
}

/** What a decode is for. */
const ALL_PLANES: i32 = 0;
const FIRST_PLANE: i32 = 1;
const RGB_LUMA: i32 = 2;

/**
 * Decodes after a successful jpegHeader. `mode` 0: all planes; 1: the first only; 2: the brightness of three planes that
 * are red, green and blue, in the first.
 */
export function jpegDecode(mode: i32): i32 {
  const keep = mode == FIRST_PLANE ? 1 : frame.componentCount;
  let planeBytes: u64 = 0;
  let blocks: u64 = 0;
  for (let i = 0; i < frame.componentCount; i++) {
    const c = component(i);
    const bytes = <u64>c.stride * <u64>c.rows;
    blocks += bytes >> 6;
    if (i < keep) planeBytes += bytes;
  }
  if (planeBytes > MAX_PLANE_BYTES) return TOO_LARGE;
  // A block takes two bits at least. A few bytes that claim a huge image end here, before memory is asked for.
  if (<u64>(end - frame.scan) < blocks >> 2) return TRUNCATED_SCAN;
  planes.reserve(<usize>planeBytes);
  let next = planes.pointer;
  for (let i = 0; i < keep; i++) {
    const c = component(i);
    c.plane = next;
    next += <usize>c.stride * <usize>c.rows;
  }
  const status = decodeScan(end, keep);
  if (status == OK && mode == RGB_LUMA) rgbPlanesToLuma();
  return status;
}
