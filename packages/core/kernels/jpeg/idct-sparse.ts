// The inverse DCT of a block with nothing outside its top left 4x4: half the work, and most blocks of a slide.

import {
  even0, even1, even2, even3, difference, fixedHigh, fixedLow, interleaveHigh, interleaveLow, PASS1_SHIFT, PASS2_SHIFT,
  sparseOdd0, sparseOdd1, sparseOdd2, sparseOdd3, storeTransposed, sum,
} from './idct-parts';

/**
 * Both passes on rows 0 to 3 of a block whose rows and columns 4 to 7 are zero; leaves the samples in `to`. What is
 * multiplied by zeros falls out of the flow graph, and each odd part becomes one pair product of rows 3 and 1.
 */
// @ts-ignore: decorator
@inline
export function sparsePasses(s0: v128, s1: v128, s2: v128, s3: v128, to: usize): void {
  const zero = i64x2.splat(0);
  const base = fixedLow(s0, PASS1_SHIFT);
  const s26 = interleaveLow(s2, zero);
  const s31 = interleaveLow(s3, s1);
  const e0 = even0(base, s26);
  const e1 = even1(base, s26);
  const e2 = even2(base, s26);
  const e3 = even3(base, s26);
  const o0 = sparseOdd0(s31);
  const o1 = sparseOdd1(s31);
  const o2 = sparseOdd2(s31);
  const o3 = sparseOdd3(s31);
  // Two output rows in one vector: four columns each.
  const x01 = sum(e0, e1, o3, o2, PASS1_SHIFT);
  const x23 = sum(e2, e3, o1, o0, PASS1_SHIFT);
  const x76 = difference(e0, e1, o3, o2, PASS1_SHIFT);
  const x54 = difference(e2, e3, o1, o0, PASS1_SHIFT);
  // Transposed: t0 to t3 are the rows of the second pass.
  const even0123 = interleaveLow(x01, x23); // 00 20 01 21 02 22 03 23, row and column
  const odd0123 = interleaveHigh(x01, x23); // 10 30 11 31 12 32 13 33
  const even4567 = interleaveHigh(x54, x76); // 40 60 41 61 42 62 43 63
  const odd4567 = interleaveLow(x54, x76); // 50 70 51 71 52 72 53 73
  const top01 = interleaveLow(even0123, odd0123); // 00 10 20 30 01 11 21 31
  const top23 = interleaveHigh(even0123, odd0123);
  const bottom01 = interleaveLow(even4567, odd4567);
  const bottom23 = interleaveHigh(even4567, odd4567);
  const t0 = v128.shuffle<i64>(top01, bottom01, 0, 2);
  const t1 = v128.shuffle<i64>(top01, bottom01, 1, 3);
  const t2 = v128.shuffle<i64>(top23, bottom23, 0, 2);
  const t3 = v128.shuffle<i64>(top23, bottom23, 1, 3);

  const baseL = fixedLow(t0, PASS2_SHIFT);
  const baseH = fixedHigh(t0, PASS2_SHIFT);
  const t26L = interleaveLow(t2, zero);
  const t26H = interleaveHigh(t2, zero);
  const t31L = interleaveLow(t3, t1);
  const t31H = interleaveHigh(t3, t1);
  const e0L = even0(baseL, t26L);
  const e0H = even0(baseH, t26H);
  const e1L = even1(baseL, t26L);
  const e1H = even1(baseH, t26H);
  const e2L = even2(baseL, t26L);
  const e2H = even2(baseH, t26H);
  const e3L = even3(baseL, t26L);
  const e3H = even3(baseH, t26H);
  const o0L = sparseOdd0(t31L);
  const o0H = sparseOdd0(t31H);
  const o1L = sparseOdd1(t31L);
  const o1H = sparseOdd1(t31H);
  const o2L = sparseOdd2(t31L);
  const o2H = sparseOdd2(t31H);
  const o3L = sparseOdd3(t31L);
  const o3H = sparseOdd3(t31H);
  storeTransposed(
    sum(e0L, e0H, o3L, o3H, PASS2_SHIFT), sum(e1L, e1H, o2L, o2H, PASS2_SHIFT),
    sum(e2L, e2H, o1L, o1H, PASS2_SHIFT), sum(e3L, e3H, o0L, o0H, PASS2_SHIFT),
    difference(e3L, e3H, o0L, o0H, PASS2_SHIFT), difference(e2L, e2H, o1L, o1H, PASS2_SHIFT),
    difference(e1L, e1H, o2L, o2H, PASS2_SHIFT), difference(e0L, e0H, o3L, o3H, PASS2_SHIFT), to,
  );
}
