// Huffman tables (ITU-T T.81 B.2.4.2 and annex C) as lookups on the next 10 bits.
// A table that is defined again with the same content (each tile of a slide) is not built again.

import { BAD_HUFFMAN_TABLE, OK } from './status';

/** Bits looked up at once: longer codes are rare, and four tables of 4 KiB stay in the first-level cache. */
export const LOOKUP_BITS: i32 = 10;

// A lookup entry, 0 when the code is longer than LOOKUP_BITS:
//   bits 0-4   bits to drop: the code, and the value's bits where `value` holds it
//   bits 5-8   bits of the value still to be read (0: `value` below is it)
//   bits 9-15  coefficients to skip (DC: 0), or END_OF_BLOCK, more than any run can reach
//   bits 16-31 value, signed
export const END_OF_BLOCK: i32 = 100;

const LOOKUP_BYTES: usize = 4 << LOOKUP_BITS;
/** Offsets in a table's record. `limit[l]`: first code, left-aligned in 16 bits, too large for length l. */
const LIMITS: usize = LOOKUP_BYTES;
/** `offset[l]`: what turns a code of length l into the index of its symbol. */
const OFFSETS: usize = LIMITS + 18 * 4;
const SYMBOLS: usize = OFFSETS + 18 * 4;
const COUNTS: usize = SYMBOLS + 256;
const SYMBOL_COUNT: usize = COUNTS + 16;
const BUILT: usize = SYMBOL_COUNT + 4;
const RECORD: usize = BUILT + 12;

// Four DC tables, then four AC tables.
const TABLES: usize = memory.data(8 * (4096 + 144 + 256 + 16 + 4 + 12), 16);
const defined: usize = memory.data(8, 8);

export function forgetHuffmanTables(): void {
  memory.fill(defined, 0, 8);
}

export function isHuffmanTableDefined(isAc: i32, id: i32): bool {
  return load<u8>(defined + isAc * 4 + id) != 0;
}

export function huffmanTable(isAc: i32, id: i32): usize {
  return TABLES + <usize>(isAc * 4 + id) * RECORD;
}

/** Reads a DHT segment's body. */
export function readHuffmanTables(from: usize, end: usize): i32 {
  while (from < end) {
    const isAc = <i32>load<u8>(from) >> 4;
    const id = <i32>load<u8>(from) & 15;
    from++;
    if (isAc > 1 || id > 3 || end - from < 16) return BAD_HUFFMAN_TABLE;
    const counts = from;
    let symbolCount = 0;
    for (let i = 0; i < 16; i++) symbolCount += <i32>load<u8>(counts + i);
    from += 16;
    if (symbolCount > 256 || end - from < <usize>symbolCount) return BAD_HUFFMAN_TABLE;
    if (!build(huffmanTable(isAc, id), counts, from, symbolCount, isAc)) return BAD_HUFFMAN_TABLE;
    store<u8>(defined + isAc * 4 + id, 1);
    from += symbolCount;
  }
  return OK;
}

function isSame(table: usize, counts: usize, symbols: usize, symbolCount: i32): bool {
  return (
    load<i32>(table, BUILT) != 0 &&
    load<i32>(table, SYMBOL_COUNT) == symbolCount &&
    memory.compare(table + COUNTS, counts, 16) == 0 &&
    memory.compare(table + SYMBOLS, symbols, symbolCount) == 0
  );
}

/** False when the definition is no prefix code, or a DC symbol asks for more than 15 bits. */
function build(table: usize, counts: usize, symbols: usize, symbolCount: i32, isAc: i32): bool {
  if (isSame(table, counts, symbols, symbolCount)) return true;
  store<i32>(table, 0, BUILT);
  memory.fill(table, 0, RECORD);
  memory.copy(table + COUNTS, counts, 16);
  memory.copy(table + SYMBOLS, symbols, symbolCount);
  store<i32>(table, symbolCount, SYMBOL_COUNT);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    store<i32>(table + (length << 2), index - code, OFFSETS);
    for (let last = index + <i32>load<u8>(counts + length - 1); index < last; index++, code++) {
      const symbol = <i32>load<u8>(symbols + index);
      if (!isAc && symbol > 15) return false;
      if (length <= LOOKUP_BITS) fillLookup(table, code, length, symbol, isAc);
    }
    if (code > 1 << length) return false;
    store<i32>(table + (length << 2), code << (16 - length), LIMITS);
    code <<= 1;
  }
  store<i32>(table, 1, BUILT);
  return true;
}

/** All entries that start with `code`. */
function fillLookup(table: usize, code: i32, length: i32, symbol: i32, isAc: i32): void {
  const spare = LOOKUP_BITS - length;
  if (code >> length) return; // overlong code: build() refuses the table
  const size = symbol & 15;
  let run = symbol >> 4;
  if (isAc && size == 0 && run != 15) run = END_OF_BLOCK;
  for (let tail = 0; tail < 1 << spare; tail++) {
    let entry = length | (size << 5) | (run << 9);
    if (size > 0 && size <= spare) {
      const bits = (tail >> (spare - size)) & ((1 << size) - 1);
      const value = bits >> (size - 1) ? bits : bits + 1 - (1 << size); // F.2.2.1 EXTEND
      entry = (length + size) | (run << 9) | (value << 16);
    }
    store<i32>(table + (<usize>((code << spare) | tail) << 2), entry);
  }
}

/** Length of the code at the head of `bits16` when it is longer than LOOKUP_BITS; 17 when there is none. */
export function longCodeLength(table: usize, bits16: i32): i32 {
  let length = LOOKUP_BITS + 1;
  while (length < 17 && bits16 >= load<i32>(table + (length << 2), LIMITS)) length++;
  return length;
}

// @ts-ignore: decorator
@inline
export function longCodeSymbol(table: usize, bits16: i32, length: i32): i32 {
  const index = (bits16 >> (16 - length)) + load<i32>(table + (length << 2), OFFSETS);
  return <i32>load<u8>(table + (index & 255), SYMBOLS);
}
