// The parts of the inverse DCT: the "islow" algorithm of the Independent JPEG Group (Loeffler, Ligtenberg and Moschytz
// 1989, 12 multiplications a row) with 13-bit constants, on 16-bit lanes as in libjpeg-turbo.

/** Fraction bits between the passes. */
export const PASS1_BITS: i32 = 2;
const CONST_BITS: i32 = 13;
export const PASS1_SHIFT: i32 = CONST_BITS - PASS1_BITS;
export const PASS2_SHIFT: i32 = CONST_BITS + PASS1_BITS + 3;

// Constants of the algorithm times 2^13.
const F_0_298: i16 = 2446;
const F_0_390: i16 = 3196;
const F_0_541: i16 = 4433;
const F_0_765: i16 = 6270;
const F_0_899: i16 = 7373;
const F_1_175: i16 = 9633;
const F_1_501: i16 = 12299;
const F_1_847: i16 = 15137;
const F_1_961: i16 = 16069;
const F_2_053: i16 = 16819;
const F_2_562: i16 = 20995;
const F_3_072: i16 = 25172;

// @ts-ignore: decorator
@inline
export function interleaveLow(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
export function interleaveHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

// Sum of two products a lane: `pairs` are interleaved a and b, the result is a * forA + b * forB.
// @ts-ignore: decorator
@inline
function dot(pairs: v128, forA: i16, forB: i16): v128 {
  return i32x4.dot_i16x8_s(pairs, i32x4.splat((<i32>forB << 16) | (<i32>forA & 0xffff)));
}

// The flow graph works on four columns at a time. Even part: rows 0 and 4 scaled and rounded, rows 2 and 6 as pairs.
// @ts-ignore: decorator
@inline
export function even0(plus: v128, s26: v128): v128 {
  return i32x4.add(plus, dot(s26, F_0_541 + F_0_765, F_0_541));
}

// @ts-ignore: decorator
@inline
export function even3(plus: v128, s26: v128): v128 {
  return i32x4.sub(plus, dot(s26, F_0_541 + F_0_765, F_0_541));
}

// @ts-ignore: decorator
@inline
export function even1(minus: v128, s26: v128): v128 {
  return i32x4.add(minus, dot(s26, F_0_541, F_0_541 - F_1_847));
}

// @ts-ignore: decorator
@inline
export function even2(minus: v128, s26: v128): v128 {
  return i32x4.sub(minus, dot(s26, F_0_541, F_0_541 - F_1_847));
}

// Odd part, z: rows 7 + 3 and 5 + 1 as pairs.
// @ts-ignore: decorator
@inline
export function odd0(s71: v128, z: v128): v128 {
  return i32x4.add(dot(s71, F_0_298 - F_0_899, -F_0_899), dot(z, F_1_175 - F_1_961, F_1_175));
}

// @ts-ignore: decorator
@inline
export function odd3(s71: v128, z: v128): v128 {
  return i32x4.add(dot(s71, -F_0_899, F_1_501 - F_0_899), dot(z, F_1_175, F_1_175 - F_0_390));
}

// @ts-ignore: decorator
@inline
export function odd1(s53: v128, z: v128): v128 {
  return i32x4.add(dot(s53, F_2_053 - F_2_562, -F_2_562), dot(z, F_1_175, F_1_175 - F_0_390));
}

// @ts-ignore: decorator
@inline
export function odd2(s53: v128, z: v128): v128 {
  return i32x4.add(dot(s53, -F_2_562, F_3_072 - F_2_562), dot(z, F_1_175 - F_1_961, F_1_175));
}

// Four columns of 16-bit samples as 32-bit fixed point, with half a unit of the pass's result.
// @ts-ignore: decorator
@inline
export function fixedLow(samples: v128, shift: i32): v128 {
  return i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_s(samples), CONST_BITS), i32x4.splat(1 << (shift - 1)));
}

// @ts-ignore: decorator
@inline
export function fixedHigh(samples: v128, shift: i32): v128 {
  return i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_s(samples), CONST_BITS), i32x4.splat(1 << (shift - 1)));
}

// (even + odd) >> shift in 16 bits, for the low and the high four lanes.
// @ts-ignore: decorator
@inline
export function sum(evenL: v128, evenH: v128, oddL: v128, oddH: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(evenL, oddL), shift), i32x4.shr_s(i32x4.add(evenH, oddH), shift));
}

// @ts-ignore: decorator
@inline
export function difference(evenL: v128, evenH: v128, oddL: v128, oddH: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.sub(evenL, oddL), shift), i32x4.shr_s(i32x4.sub(evenH, oddH), shift));
}

// @ts-ignore: decorator
@inline
export function storeTransposed(
  x0: v128, x1: v128, x2: v128, x3: v128, x4: v128, x5: v128, x6: v128, x7: v128, to: usize,
): void {
  const a0 = interleaveLow(x0, x4);
  const a1 = interleaveHigh(x0, x4);
  const a2 = interleaveLow(x1, x5);
  const a3 = interleaveHigh(x1, x5);
  const a4 = interleaveLow(x2, x6);
  const a5 = interleaveHigh(x2, x6);
  const a6 = interleaveLow(x3, x7);
  const a7 = interleaveHigh(x3, x7);
  const b0 = interleaveLow(a0, a4);
  const b1 = interleaveHigh(a0, a4);
  const b2 = interleaveLow(a1, a5);
  const b3 = interleaveHigh(a1, a5);
  const b4 = interleaveLow(a2, a6);
  const b5 = interleaveHigh(a2, a6);
  const b6 = interleaveLow(a3, a7);
  const b7 = interleaveHigh(a3, a7);
  v128.store(to, interleaveLow(b0, b4));
  v128.store(to, interleaveHigh(b0, b4), 16);
  v128.store(to, interleaveLow(b1, b5), 32);
  v128.store(to, interleaveHigh(b1, b5), 48);
  v128.store(to, interleaveLow(b2, b6), 64);
  v128.store(to, interleaveHigh(b2, b6), 80);
  v128.store(to, interleaveLow(b3, b7), 96);
  v128.store(to, interleaveHigh(b3, b7), 112);
}

// The odd part for rows 7 and 5 zero: odd0 to odd3 with both pair products put together. Pairs of rows 3 and 1.
// @ts-ignore: decorator
@inline
export function sparseOdd0(s31: v128): v128 {
  return dot(s31, F_1_175 - F_1_961, F_1_175 - F_0_899);
}

// @ts-ignore: decorator
@inline
export function sparseOdd1(s31: v128): v128 {
  return dot(s31, F_1_175 - F_2_562, F_1_175 - F_0_390);
}

// @ts-ignore: decorator
@inline
export function sparseOdd2(s31: v128): v128 {
  return dot(s31, F_1_175 - F_1_961 + F_3_072 - F_2_562, F_1_175);
}

// @ts-ignore: decorator
@inline
export function sparseOdd3(s31: v128): v128 {
  return dot(s31, F_1_175, F_1_175 - F_0_390 + F_1_501 - F_0_899);
}
