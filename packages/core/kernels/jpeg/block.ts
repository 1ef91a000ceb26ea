// Entropy decoding of one block of 8x8 coefficients (ITU-T T.81 F.2.2).

import { bits } from './bits';
import { Component } from './frame';
import { END_OF_BLOCK, longCodeLength, longCodeSymbol, LOOKUP_BITS } from './huffman';
import { naturalOrder } from './zigzag';

/** The coefficients of the block at hand, natural order, 16 bit. */
export const BLOCK: usize = memory.data(128, 16);

export function clearBlock(): void {
  const zero = i64x2.splat(0);
  for (let at: usize = 0; at < 128; at += 64) {
    v128.store(BLOCK + at, zero);
    v128.store(BLOCK + at, zero, 16);
    v128.store(BLOCK + at, zero, 32);
    v128.store(BLOCK + at, zero, 48);
  }
}

// Tops the bit buffer up to at least 56 bits: a code and its value take at most 31.
// @ts-ignore: decorator
@inline
function topUp(buffer: u64, count: i32, pointer: usize): u64 {
  return buffer | (load<u64>(pointer) >> <u64>count);
}

// The value in the first `size` bits, 1 to 15 (ITU-T T.81 F.2.2.1 EXTEND): a leading 0 makes it negative.
// @ts-ignore: decorator
@inline
function headValue(buffer: u64, size: i32): i32 {
  const isNegative = ~(<i32>(<i64>buffer >> 63));
  return <i32>(buffer >> <u64>(64 - size)) + (isNegative & (1 - (1 << size)));
}

/**
 * Decodes the next block of `c` into BLOCK, which must be clear. Returns the zigzag index of its last coefficient
 * (0: only DC), or -1 at a code that the table does not have.
 * The bit reader is held in locals: this is the hottest loop of the house.
 */
export function decodeBlock(c: Component, dcTable: usize, acTable: usize): i32 {
  let buffer = bits.buffer;
  let count = bits.count;
  let pointer = bits.pointer;

  buffer = topUp(buffer, count, pointer);
  pointer -= (63 - count) >> 3;
  count |= 56;
  let entry = load<i32>(dcTable + (<usize>(buffer >> <u64>(64 - LOOKUP_BITS)) << 2));
  let size: i32;
  let value = 0;
  if (entry) {
    const length = entry & 31;
    buffer <<= <u64>length;
    count -= length;
    size = (entry >> 5) & 15;
    value = entry >> 16;
  } else {
    const head = <i32>(buffer >> 48);
    const length = longCodeLength(dcTable, head);
    if (length > 16) return -1;
    size = longCodeSymbol(dcTable, head, length);
    buffer <<= <u64>length;
    count -= length;
  }
  if (size) {
    value = headValue(buffer, size);
    buffer <<= <u64>size;
    count -= size;
  }
  value += c.predictor;
  c.predictor = value;
  store<i16>(BLOCK, <i16>value);

  let index = 1;
  let last = 0;
  while (index < 64) {
    buffer = topUp(buffer, count, pointer);
    pointer -= (63 - count) >> 3;
    count |= 56;
    entry = load<i32>(acTable + (<usize>(buffer >> <u64>(64 - LOOKUP_BITS)) << 2));
    if (entry) {
      const length = entry & 31;
      buffer <<= <u64>length;
      count -= length;
      index += (entry >> 9) & 127;
      size = (entry >> 5) & 15;
      value = entry >> 16;
    } else {
      const head = <i32>(buffer >> 48);
      const length = longCodeLength(acTable, head);
      if (length > 16) return -1;
      const symbol = longCodeSymbol(acTable, head, length);
      buffer <<= <u64>length;
      count -= length;
      size = symbol & 15;
      if (size == 0 && symbol != 0xf0) break;
      index += symbol >> 4;
      value = 0;
    }
    if (size) {
      value = headValue(buffer, size);
      buffer <<= <u64>size;
      count -= size;
    }
    if (index > 63) {
      if (index < END_OF_BLOCK) return -1;
      break;
    }
    store<i16>(BLOCK + (naturalOrder(index) << 1), <i16>value);
    last = index++;
  }
  bits.buffer = buffer;
  bits.count = count;
  bits.pointer = pointer;
  return last;
}
