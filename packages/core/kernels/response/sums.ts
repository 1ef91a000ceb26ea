// Small vector steps that every response loop shares.

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
