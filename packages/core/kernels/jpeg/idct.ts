// Inverse DCT: the "islow" algorithm of the Independent JPEG Group (Loeffler, Ligtenberg and Moschytz 1989, 12
// multiplications a row), 13-bit constants, in 16-bit lanes: the same result as libjpeg-turbo to the bit.

const PASS1_BITS: i32 = 2;
const CONST_BITS: i32 = 13;

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

/** Between the passes. */
const WORK: usize = memory.data(128, 16);

// @ts-ignore: decorator
@inline
function interleaveLow(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
function interleaveHigh(a: v128, b: v128): v128 {
  return v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

// Two multipliers in turn, for a dot product of interleaved pairs.
// @ts-ignore: decorator
@inline
function pair(a: i16, b: i16): v128 {
  return i32x4.splat((<i32>b << 16) | (<i32>a & 0xffff));
}

// @ts-ignore: decorator
@inline
function dot(pairs: v128, factors: v128): v128 {
  return i32x4.dot_i16x8_s(pairs, factors);
}

// (even + odd) >> shift in 16 bits, for the low and the high four lanes.
// @ts-ignore: decorator
@inline
function sum(evenL: v128, evenH: v128, oddL: v128, oddH: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.add(evenL, oddL), shift), i32x4.shr_s(i32x4.add(evenH, oddH), shift));
}

// @ts-ignore: decorator
@inline
function difference(evenL: v128, evenH: v128, oddL: v128, oddH: v128, shift: i32): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(i32x4.sub(evenL, oddL), shift), i32x4.shr_s(i32x4.sub(evenH, oddH), shift));
}

// One pass: eight columns at once, then a transpose into `to`. Names follow the flow graph: e even part, o odd part.
// @ts-ignore: decorator
@inline
function pass(
  s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128, s6: v128, s7: v128, shift: i32, to: usize,
): void {
  const round = i32x4.splat(1 << (shift - 1));

  const s26l = interleaveLow(s2, s6);
  const s26h = interleaveHigh(s2, s6);
  const k2 = pair(F_0_541, F_0_541 - F_1_847);
  const k3 = pair(F_0_541 + F_0_765, F_0_541);
  const t2l = dot(s26l, k2);
  const t2h = dot(s26h, k2);
  const t3l = dot(s26l, k3);
  const t3h = dot(s26h, k3);
  const plus = i16x8.add(s0, s4);
  const minus = i16x8.sub(s0, s4);
  const t0l = i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_s(plus), CONST_BITS), round);
  const t0h = i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_s(plus), CONST_BITS), round);
  const t1l = i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_s(minus), CONST_BITS), round);
  const t1h = i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_s(minus), CONST_BITS), round);
  const e0l = i32x4.add(t0l, t3l);
  const e0h = i32x4.add(t0h, t3h);
  const e3l = i32x4.sub(t0l, t3l);
  const e3h = i32x4.sub(t0h, t3h);
  const e1l = i32x4.add(t1l, t2l);
  const e1h = i32x4.add(t1h, t2h);
  const e2l = i32x4.sub(t1l, t2l);
  const e2h = i32x4.sub(t1h, t2h);

  const z3 = i16x8.add(s7, s3);
  const z4 = i16x8.add(s5, s1);
  const zl = interleaveLow(z3, z4);
  const zh = interleaveHigh(z3, z4);
  const kz3 = pair(F_1_175 - F_1_961, F_1_175);
  const kz4 = pair(F_1_175, F_1_175 - F_0_390);
  const z3l = dot(zl, kz3);
  const z3h = dot(zh, kz3);
  const z4l = dot(zl, kz4);
  const z4h = dot(zh, kz4);
  const s71l = interleaveLow(s7, s1);
  const s71h = interleaveHigh(s7, s1);
  const s53l = interleaveLow(s5, s3);
  const s53h = interleaveHigh(s5, s3);
  const k0 = pair(F_0_298 - F_0_899, -F_0_899);
  const k3o = pair(-F_0_899, F_1_501 - F_0_899);
  const k1 = pair(F_2_053 - F_2_562, -F_2_562);
  const k2o = pair(-F_2_562, F_3_072 - F_2_562);
  const o0l = i32x4.add(dot(s71l, k0), z3l);
  const o0h = i32x4.add(dot(s71h, k0), z3h);
  const o3l = i32x4.add(dot(s71l, k3o), z4l);
  const o3h = i32x4.add(dot(s71h, k3o), z4h);
  const o1l = i32x4.add(dot(s53l, k1), z4l);
  const o1h = i32x4.add(dot(s53h, k1), z4h);
  const o2l = i32x4.add(dot(s53l, k2o), z3l);
  const o2h = i32x4.add(dot(s53h, k2o), z3h);

  const x0 = sum(e0l, e0h, o3l, o3h, shift);
  const x7 = difference(e0l, e0h, o3l, o3h, shift);
  const x1 = sum(e1l, e1h, o2l, o2h, shift);
  const x6 = difference(e1l, e1h, o2l, o2h, shift);
  const x2 = sum(e2l, e2h, o1l, o1h, shift);
  const x5 = difference(e2l, e2h, o1l, o1h, shift);
  const x3 = sum(e3l, e3h, o0l, o0h, shift);
  const x4 = difference(e3l, e3h, o0l, o0h, shift);

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

// Row `row` of the block times its quantisation factors.
// @ts-ignore: decorator
@inline
function dequantised(block: usize, factors: usize, row: usize): v128 {
  return i16x8.mul(v128.load(block + row * 16), v128.load(factors + row * 16));
}

/** Samples of a block of coefficients, written as eight rows of eight bytes. */
export function inverseDct(block: usize, factors: usize, to: usize, stride: usize): void {
  pass(
    dequantised(block, factors, 0), dequantised(block, factors, 1), dequantised(block, factors, 2),
    dequantised(block, factors, 3), dequantised(block, factors, 4), dequantised(block, factors, 5),
    dequantised(block, factors, 6), dequantised(block, factors, 7), CONST_BITS - PASS1_BITS, WORK,
  );
  pass(
    v128.load(WORK), v128.load(WORK, 16), v128.load(WORK, 32), v128.load(WORK, 48), v128.load(WORK, 64),
    v128.load(WORK, 80), v128.load(WORK, 96), v128.load(WORK, 112), CONST_BITS + PASS1_BITS + 3, WORK,
  );
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
