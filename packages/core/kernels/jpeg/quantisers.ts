// Quantisation tables (ITU-T T.81 B.2.4.1), kept in natural order as 16-bit numbers.

import { BAD_QUANTISER, OK } from './status';
import { naturalOrder } from './zigzag';

const TABLES: usize = memory.data(4 * 128, 16);
const defined: usize = memory.data(4, 4);

export function forgetQuantisers(): void {
  memory.fill(defined, 0, 4);
}

export function isQuantiserDefined(id: i32): bool {
  return load<u8>(defined + id) != 0;
}

/** The 64 factors of table `id`, rows of 8. */
export function quantiser(id: i32): usize {
  return TABLES + <usize>id * 128;
}

/** Reads a DQT segment's body. */
export function readQuantisers(from: usize, end: usize): i32 {
  while (from < end) {
    const precision = <i32>load<u8>(from) >> 4;
    const id = <i32>load<u8>(from) & 15;
    from++;
    if (precision > 1 || id > 3) return BAD_QUANTISER;
    if (end - from < <usize>(64 << precision)) return BAD_QUANTISER;
    const table = quantiser(id);
    for (let i = 0; i < 64; i++) {
      let factor = <u16>load<u8>(from++);
      if (precision) factor = (factor << 8) | <u16>load<u8>(from++);
      store<u16>(table + (naturalOrder(i) << 1), factor);
    }
    store<u8>(defined + id, 1);
  }
  return OK;
}
