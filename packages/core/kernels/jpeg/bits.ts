// Entropy-coded data as a bit stream. A segment (up to the next marker) is copied without its stuffed zeros and with
// its bytes in reverse order, so that a little-endian 64-bit load at the reading point has the next bit on top.

import { bitstream } from './buffers';

/**
 * Bytes readable past a segment's end. One MCU is at most 10 blocks of 64 symbols of 31 bits, and the end is checked
 * after each MCU; so reading never leaves the buffer.
 */
const SLACK: usize = 4096;

@unmanaged
export class BitReader {
  /** Next bits, left-aligned; only the first `count` are spoken for. */
  buffer: u64;
  count: i32;
  /** Where the next 8 bytes are loaded; it walks down. */
  pointer: usize;
  /** `pointer` when the segment's last byte has been taken. */
  end: usize;
  /** Compressed bytes not yet looked at. */
  input: usize;
  inputEnd: usize;
  /** Marker that ended the segment, 0 at the end of the input. */
  marker: i32;
}

export const bits: BitReader = changetype<BitReader>(memory.data(40, 8));

export function openBits(from: usize, end: usize): void {
  bitstream.reserve(end - from + SLACK + 64);
  bits.input = from;
  bits.inputEnd = end;
  bits.marker = 0;
}

// True when more bits were used than the segment has.
// @ts-ignore: decorator
@inline
export function isOverrun(): bool {
  return <i32>(bits.end - bits.pointer) > bits.count >> 3;
}

/** Makes the bytes up to the next marker readable. */
export function nextSegment(): void {
  const end = bits.inputEnd;
  let from = bits.input;
  let to = bitstream.pointer + bitstream.capacity - 16;
  bits.pointer = to - 8;
  bits.buffer = 0;
  bits.count = 0;
  bits.marker = 0;
  const ff = i8x16.splat(-1);
  while (from < end) {
    while (from + 16 <= end) {
      const bytes = v128.load(from);
      v128.store(to - 16, v128.shuffle<u8>(bytes, bytes, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
      const mask = i8x16.bitmask(i8x16.eq(bytes, ff));
      const clean = mask ? ctz(mask) : 16;
      from += clean;
      to -= clean;
      if (mask) break;
    }
    while (from < end && load<u8>(from) != 0xff) store<u8>(--to, load<u8>(from++));
    if (from + 1 >= end) {
      from = end;
      break;
    }
    const next = load<u8>(from, 1);
    if (next == 0) {
      store<u8>(--to, 0xff);
      from += 2;
    } else if (next == 0xff) {
      from++; // fill byte
    } else {
      bits.marker = <i32>next;
      from += 2;
      break;
    }
  }
  v128.store(to - 16, i64x2.splat(0));
  bits.input = from;
  bits.end = to - 8;
}
