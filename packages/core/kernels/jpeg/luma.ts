// Brightness of an image whose planes are red, green and blue (ITU-R BT.601 as in T.871), in place of the red plane.

import { component } from './frame';

// 0.299, 0.587, 0.114 in 16 bits, rounded as libjpeg does.
const RED: i32 = 19595;
const GREEN: i32 = 38470;
const BLUE: i32 = 7471;

// Four weighted sums from the low half of eight 16-bit samples a colour.
// @ts-ignore: decorator
@inline
function lowSum(r: v128, g: v128, b: v128): v128 {
  const rg = i32x4.add(
    i32x4.extmul_low_i16x8_u(r, i16x8.splat(<i16>RED)),
    i32x4.extmul_low_i16x8_u(g, i16x8.splat(<i16>GREEN)),
  );
  const rgb = i32x4.add(rg, i32x4.extmul_low_i16x8_u(b, i16x8.splat(<i16>BLUE)));
  return i32x4.shr_u(i32x4.add(rgb, i32x4.splat(1 << 15)), 16);
}

// @ts-ignore: decorator
@inline
function highSum(r: v128, g: v128, b: v128): v128 {
  const rg = i32x4.add(
    i32x4.extmul_high_i16x8_u(r, i16x8.splat(<i16>RED)),
    i32x4.extmul_high_i16x8_u(g, i16x8.splat(<i16>GREEN)),
  );
  const rgb = i32x4.add(rg, i32x4.extmul_high_i16x8_u(b, i16x8.splat(<i16>BLUE)));
  return i32x4.shr_u(i32x4.add(rgb, i32x4.splat(1 << 15)), 16);
}

/** Planes of one size; a plane is a whole number of 8x8 blocks, so eight samples at a time. */
export function rgbPlanesToLuma(): void {
  const red = component(0).plane;
  const green = component(1).plane;
  const blue = component(2).plane;
  const bytes = <usize>component(0).stride * <usize>component(0).rows;
  for (let i: usize = 0; i < bytes; i += 8) {
    const r = v128.load_ext<u8>(red + i);
    const g = v128.load_ext<u8>(green + i);
    const b = v128.load_ext<u8>(blue + i);
    const luma = i16x8.narrow_i32x4_u(lowSum(r, g, b), highSum(r, g, b));
    store<i64>(red + i, i64x2.extract_lane(i8x16.narrow_i16x8_u(luma, luma), 0));
  }
}
