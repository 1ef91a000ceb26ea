// Inverse DCT of a block, to the bit as libjpeg-turbo's accurate integer transform.

import {
  even0, even1, even2, even3, difference, fixedHigh, fixedLow, interleaveHigh, interleaveLow, odd0, odd1, odd2, odd3,
  PASS1_BITS, PASS1_SHIFT, PASS2_SHIFT, storeTransposed, sum,
} from './idct-parts';
import { sparsePasses } from './idct-sparse';

/** Blocks whose last coefficient in zigzag order comes before this one have none outside their top left 4x4. */
const FIRST_OUTSIDE_4X4: i32 = 10;

/** Between the passes. */
const WORK: usize = memory.data(128, 16);

// One pass: eight columns at once, then a transpose into `to`.
// @ts-ignore: decorator
@inline
function pass(
  s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128, s6: v128, s7: v128, shift: i32, to: usize,
): void {
  const plus = i16x8.add(s0, s4);
  const minus = i16x8.sub(s0, s4);
  const plusL = fixedLow(plus, shift);
  const plusH = fixedHigh(plus, shift);
  const minusL = fixedLow(minus, shift);
  const minusH = fixedHigh(minus, shift);
  const s26L = interleaveLow(s2, s6);
  const s26H = interleaveHigh(s2, s6);
  const z3 = i16x8.add(s7, s3);
  const z4 = i16x8.add(s5, s1);
  const zL = interleaveLow(z3, z4);
  const zH = interleaveHigh(z3, z4);
  const s71L = interleaveLow(s7, s1);
  const s71H = interleaveHigh(s7, s1);
  const s53L = interleaveLow(s5, s3);
  const s53H = interleaveHigh(s5, s3);

  const e0L = even0(plusL, s26L);
  const e0H = even0(plusH, s26H);
  const e1L = even1(minusL, s26L);
  const e1H = even1(minusH, s26H);
  const e2L = even2(minusL, s26L);
  const e2H = even2(minusH, s26H);
  const e3L = even3(plusL, s26L);
  const e3H = even3(plusH, s26H);
  const o0L = odd0(s71L, zL);
  const o0H = odd0(s71H, zH);
  const o1L = odd1(s53L, zL);
  const o1H = odd1(s53H, zH);
  const o2L = odd2(s53L, zL);
  const o2H = odd2(s53H, zH);
  const o3L = odd3(s71L, zL);
  const o3H = odd3(s71H, zH);
  storeTransposed(
    sum(e0L, e0H, o3L, o3H, shift), sum(e1L, e1H, o2L, o2H, shift),
    sum(e2L, e2H, o1L, o1H, shift), sum(e3L, e3H, o0L, o0H, shift),
    difference(e3L, e3H, o0L, o0H, shift), difference(e2L, e2H, o1L, o1H, shift),
    difference(e1L, e1H, o2L, o2H, shift), difference(e0L, e0H, o3L, o3H, shift), to,
  );
}

// Row `row` of the block times its quantisation factors.
// @ts-ignore: decorator
@inline
function dequantised(block: usize, factors: usize, row: usize): v128 {
  return i16x8.mul(v128.load(block + row * 16), v128.load(factors + row * 16));
}

/**
 * Samples of a block of coefficients, written as eight rows of eight bytes. `last` is the zigzag index of the last
 * coefficient: most blocks need only half the work.
 */
export function inverseDct(block: usize, factors: usize, last: i32, to: usize, stride: usize): void {
  if (last < FIRST_OUTSIDE_4X4) {
    sparsePasses(
      dequantised(block, factors, 0), dequantised(block, factors, 1), dequantised(block, factors, 2),
      dequantised(block, factors, 3), WORK,
    );
  } else {
    pass(
      dequantised(block, factors, 0), dequantised(block, factors, 1), dequantised(block, factors, 2),
      dequantised(block, factors, 3), dequantised(block, factors, 4), dequantised(block, factors, 5),
      dequantised(block, factors, 6), dequantised(block, factors, 7), PASS1_SHIFT, WORK,
    );
    pass(
      v128.load(WORK), v128.load(WORK, 16), v128.load(WORK, 32), v128.load(WORK, 48), v128.load(WORK, 64),
      v128.load(WORK, 80), v128.load(WORK, 96), v128.load(WORK, 112), PASS2_SHIFT, WORK,
    );
  }
  const centre = i8x16.splat(-128);
  for (let row: usize = 0; row < 8; row += 2) {
    const two = i8x16.narrow_i16x8_s(v128.load(WORK + row * 16), v128.load(WORK + row * 16, 16));
    const samples = i8x16.add(two, centre);
    store<i64>(to, i64x2.extract_lane(samples, 0));
    to += stride;
    store<i64>(to, i64x2.extract_lane(samples, 1));
    to += stride;
  }
}

/** The same for a block that has a DC coefficient only. */
export function inverseDctFlat(dc: i32, factor: i32, to: usize, stride: usize): void {
  const scaled = <i32>(<i16>(dc * factor)) << PASS1_BITS;
  const level = ((scaled + (1 << (PASS1_BITS + 2))) >> (PASS1_BITS + 3)) + 128;
  const eight = i64x2.extract_lane(i8x16.splat(<i8>max(0, min(255, level))), 0);
  for (let row = 0; row < 8; row++) {
    store<i64>(to, eight);
    to += stride;
  }
}
