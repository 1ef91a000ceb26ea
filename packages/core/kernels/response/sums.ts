// Small vector steps that every response loop shares.

/** 8 weights of 16 bits, which meet 8 neighbouring bytes. */
export const LINE_BYTES: usize = 16;

/** Four sums in one vector: lane i is the sum of the lanes of the i-th argument. */
// @ts-ignore: decorator
@inline
export function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return i32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
}

/** Adds the products of the 8 pixels at `pixels` with 8 weights to `sum`, in pairs. */
// @ts-ignore: decorator
@inline
export function addLine(sum: v128, pixels: usize, weights: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(v128.load8x8_u(pixels), weights));
}

/** The same for three lines in a row, as a row of a 7x7 window of interleaved RGB takes. */
// @ts-ignore: decorator
@inline
export function addThreeLines(sum: v128, pixels: usize, first: v128, second: v128, third: v128): v128 {
  const bytes = v128.load(pixels);
  sum = i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), first));
  sum = i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), second));
  return addLine(sum, pixels + 16, third);
}
