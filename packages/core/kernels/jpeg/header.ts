// Marker segments up to the scan (ITU-T T.81 annex B). Every length is checked against the end of the bytes.

import { component, frame, MAX_COMPONENTS } from './frame';
import { isHuffmanTableDefined, readHuffmanTables } from './huffman';
import { isQuantiserDefined, readQuantisers } from './quantisers';
import {
  ARITHMETIC, BAD_FRAME, BAD_MARKER, BAD_SCAN_HEADER, COMPONENT_COUNT, HEIGHT_LATER, HIERARCHICAL, JPEG_LS, LOSSLESS,
  MISSING_HUFFMAN_TABLE, MISSING_QUANTISER, NO_IMAGE, NOT_8_BIT, NOT_JPEG, OK, PROGRESSIVE, SAMPLING, SEVERAL_SCANS,
  TRUNCATED_HEADER,
} from './status';

// @ts-ignore: decorator
@inline
function u16be(at: usize): i32 {
  return (<i32>load<u8>(at) << 8) | <i32>load<u8>(at, 1);
}

/** Reads segments until the scan begins, or the image ends when `tablesOnly` (an abbreviated stream, B.5). */
export function readHeader(from: usize, end: usize, tablesOnly: bool): i32 {
  if (end - from < 2) return from == end || load<u8>(from) == 0xff ? TRUNCATED_HEADER : NOT_JPEG;
  if (u16be(from) != 0xffd8) return NOT_JPEG;
  from += 2;
  while (true) {
    if (tablesOnly && from == end) return OK; // some writers leave the end marker out
    if (from + 2 > end) return TRUNCATED_HEADER;
    if (load<u8>(from) != 0xff) return BAD_MARKER;
    const marker = <i32>load<u8>(from, 1);
    if (marker == 0xff) {
      from++; // fill byte
      continue;
    }
    from += 2;
    if (marker == 0xd9) return tablesOnly ? OK : NO_IMAGE;
    if (marker == 0x01) continue; // TEM, for arithmetic coders, has no body
    if (marker == 0 || (marker >= 0xd0 && marker <= 0xd8)) return BAD_MARKER;
    if (from + 2 > end) return TRUNCATED_HEADER;
    const length = u16be(from);
    if (length < 2) return BAD_MARKER;
    if (end - from < <usize>length) return TRUNCATED_HEADER;
    const status = readSegment(marker, from + 2, from + length);
    if (status != OK) return status;
    from += length;
    if (marker == 0xda) {
      frame.scan = from;
      return tablesOnly ? BAD_MARKER : OK;
    }
  }
}

function readSegment(marker: i32, body: usize, end: usize): i32 {
  if (marker == 0xdb) return readQuantisers(body, end);
  if (marker == 0xc4) return readHuffmanTables(body, end);
  if (marker == 0xda) return readScanHeader(body, end);
  if (marker == 0xdd) {
    if (end - body != 2) return BAD_MARKER;
    frame.restartInterval = u16be(body);
    return OK;
  }
  if (marker == 0xe0) {
    if (end - body >= 5 && load<u32>(body) == 0x4649464a && load<u8>(body, 4) == 0) frame.jfif = 1; // 'JFIF\0'
    return OK;
  }
  if (marker == 0xee) {
    const isAdobe = end - body >= 12 && load<u32>(body) == 0x626f6441 && load<u8>(body, 4) == 0x65; // 'Adobe'
    if (isAdobe) frame.adobeTransform = load<u8>(body, 11);
    return OK;
  }
  const isFrame = (marker >= 0xc0 && marker <= 0xcf && marker != 0xc8 && marker != 0xcc) || marker == 0xf7;
  return isFrame ? readFrameHeader(marker, body, end) : OK;
}

/** B.2.2. Size and component count are read for every process, so that a caller learns them before a fallback. */
function readFrameHeader(marker: i32, body: usize, end: usize): i32 {
  if (frame.process || end - body < 6) return BAD_FRAME;
  const count = <i32>load<u8>(body, 5);
  if (end - body != <usize>(6 + 3 * count)) return BAD_FRAME;
  frame.process = marker;
  frame.bitsPerSample = load<u8>(body);
  frame.height = u16be(body + 1);
  frame.width = u16be(body + 3);
  frame.componentCount = count;
  if (frame.width == 0 || count == 0) return BAD_FRAME;
  const process = processStatus(marker);
  if (process != OK) return process;
  if (frame.bitsPerSample != 8) return NOT_8_BIT;
  if (frame.height == 0) return HEIGHT_LATER;
  if (count != 1 && count != MAX_COMPONENTS) return COMPONENT_COUNT;
  return readComponents(body + 6);
}

function processStatus(marker: i32): i32 {
  if (marker == 0xc0 || marker == 0xc1) return OK;
  if (marker == 0xc2) return PROGRESSIVE;
  if (marker == 0xf7) return JPEG_LS;
  if (marker == 0xc3) return LOSSLESS;
  return marker == 0xc9 || marker == 0xca || marker == 0xcb ? ARITHMETIC : HIERARCHICAL;
}

function readComponents(from: usize): i32 {
  const single = frame.componentCount == 1;
  frame.maxH = 1;
  frame.maxV = 1;
  for (let i = 0; i < frame.componentCount; i++) {
    const c = component(i);
    const factors = <i32>load<u8>(from, 1);
    c.id = load<u8>(from);
    c.h = factors >> 4;
    c.v = factors & 15;
    c.quantiser = load<u8>(from, 2);
    if (c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 || c.quantiser > 3) return BAD_FRAME;
    // A scan of one component is not interleaved: its MCU is one block whatever the factors say (A.2.2).
    if (single) c.h = c.v = 1;
    frame.maxH = max(frame.maxH, c.h);
    frame.maxV = max(frame.maxV, c.v);
    from += 3;
  }
  return checkSampling();
}

/** Factors 1, 2 and 4, the first component full size, at most 10 blocks an MCU (B.2.3). */
function checkSampling(): i32 {
  let blocks = 0;
  for (let i = 0; i < frame.componentCount; i++) {
    const c = component(i);
    if (c.h == 3 || c.v == 3) return SAMPLING;
    blocks += c.h * c.v;
  }
  const first = component(0);
  if (first.h != frame.maxH || first.v != frame.maxV) return SAMPLING;
  if (blocks > 10) return BAD_FRAME;
  frame.mcuColumns = (frame.width + 8 * frame.maxH - 1) / (8 * frame.maxH);
  frame.mcuRows = (frame.height + 8 * frame.maxV - 1) / (8 * frame.maxV);
  for (let i = 0; i < frame.componentCount; i++) {
    const c = component(i);
    c.stride = frame.mcuColumns * 8 * c.h;
    c.rows = frame.mcuRows * 8 * c.v;
  }
  return OK;
}

/** B.2.3. The spectral selection of a sequential scan is fixed; writers get its bytes wrong, so they are not looked at. */
function readScanHeader(body: usize, end: usize): i32 {
  if (frame.process == 0) return BAD_SCAN_HEADER;
  if (end == body) return BAD_SCAN_HEADER;
  const count = <i32>load<u8>(body);
  if (count < 1 || count > 4 || end - body != <usize>(4 + 2 * count)) return BAD_SCAN_HEADER;
  if (count > frame.componentCount) return BAD_SCAN_HEADER;
  if (count < frame.componentCount) return SEVERAL_SCANS;
  for (let i = 0; i < count; i++) {
    const c = component(i);
    const tables = <i32>load<u8>(body + 2 + 2 * i);
    if (load<u8>(body + 1 + 2 * i) != <u8>c.id) return BAD_SCAN_HEADER;
    c.dcTable = tables >> 4;
    c.acTable = tables & 15;
    if (c.dcTable > 3 || c.acTable > 3) return BAD_SCAN_HEADER;
    if (!isQuantiserDefined(c.quantiser)) return MISSING_QUANTISER;
    if (!isHuffmanTableDefined(0, c.dcTable) || !isHuffmanTableDefined(1, c.acTable)) return MISSING_HUFFMAN_TABLE;
  }
  return OK;
}
