// Brightness of an image whose planes are red, green and blue (ITU-R BT.601 as in T.871), in place of the red plane.

import { component } from './frame';

// 0.299, 0.587, 0.114 in 16 bits, rounded as libjpeg does. Half of green's weight at a time fits 16 signed bits.
const RED: i32 = 19595;
const GREEN: i32 = 38470;
const BLUE: i32 = 7471;
const RED_GREEN: i32 = ((GREEN / 2) << 16) | RED;
const GREEN_BLUE: i32 = (BLUE << 16) | (GREEN / 2);

// Four brightnesses from four interleaved pairs each of red and green, and of green and blue.
// @ts-ignore: decorator
@inline
function four(redGreen: v128, greenBlue: v128): v128 {
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(redGreen, i32x4.splat(RED_GREEN)),
    i32x4.dot_i16x8_s(greenBlue, i32x4.splat(GREEN_BLUE)),
  );
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(1 << 15)), 16);
}

// @ts-ignore: decorator
@inline
function eight(redGreen: v128, greenBlue: v128): v128 {
  return i16x8.narrow_i32x4_u(
    four(i16x8.extend_low_i8x16_u(redGreen), i16x8.extend_low_i8x16_u(greenBlue)),
    four(i16x8.extend_high_i8x16_u(redGreen), i16x8.extend_high_i8x16_u(greenBlue)),
  );
}

// @ts-ignore: decorator
@inline
function interleaveLow(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @ts-ignore: decorator
@inline
function interleaveHigh(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** Planes of one size; a plane is a whole number of 8x8 blocks, so sixteen samples at a time. */
export function rgbPlanesToLuma(): void {
  const red = component(0).plane;
  const green = component(1).plane;
  const blue = component(2).plane;
  const bytes = <usize>component(0).stride * <usize>component(0).rows;
  for (let i: usize = 0; i < bytes; i += 16) {
    const r = v128.load(red + i);
    const g = v128.load(green + i);
    const b = v128.load(blue + i);
    const low = eight(interleaveLow(r, g), interleaveLow(g, b));
    const high = eight(interleaveHigh(r, g), interleaveHigh(g, b));
    v128.store(red + i, i8x16.narrow_i16x8_u(low, high));
  }
}
