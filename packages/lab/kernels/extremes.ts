// Min pooling needs one number of a crop and where it came from: the least and the greatest response of a 7x7x3 kernel
// moved by 5 pixels over interleaved RGB, and their positions. Seven RGB pixels are 21 contiguous bytes.

const TAPS: i32 = 7;
const STEP_BYTES: i32 = 15;
/** A row of weights is padded with zeros from 21 to 24 floats. */
const WEIGHT_ROW_BYTES: i32 = 96;

// @ts-ignore: decorator
@inline
function dot8(sum: v128, bytes: v128, weights: usize): v128 {
  const low = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(bytes)), v128.load(weights));
  const high = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(bytes)), v128.load(weights, 16));
  return f32x4.add(sum, f32x4.add(low, high));
}

/**
 * Writes to `result`: f32 minimum, f32 maximum, i32 index of the minimum, i32 of the maximum (`row * columns + column`,
 * the first on ties). `crop` must have 3 readable bytes after its end.
 */
export function extremes(
  crop: usize,
  strideBytes: i32,
  columns: i32,
  rows: i32,
  weights: usize,
  result: usize,
): void {
  let minimum: f32 = f32.MAX_VALUE;
  let maximum: f32 = -f32.MAX_VALUE;
  let minimumAt = 0;
  let maximumAt = 0;
  for (let row = 0; row < rows; row++) {
    let window = crop + row * 5 * strideBytes;
    for (let column = 0; column < columns; column++) {
      let a = f32x4.splat(0);
      let b = f32x4.splat(0);
      let c = f32x4.splat(0);
      let pixels = window;
      let w = weights;
      for (let tap = 0; tap < TAPS; tap++) {
        const sixteen = v128.load(pixels);
        a = dot8(a, i16x8.extend_low_i8x16_u(sixteen), w);
        b = dot8(b, i16x8.extend_high_i8x16_u(sixteen), w + 32);
        c = dot8(c, v128.load8x8_u(pixels, 16), w + 64);
        pixels += strideBytes;
        w += WEIGHT_ROW_BYTES;
      }
      const four = f32x4.add(f32x4.add(a, b), c);
      const response =
        f32x4.extract_lane(four, 0) +
        f32x4.extract_lane(four, 1) +
        (f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3));
      if (response < minimum) {
        minimum = response;
        minimumAt = row * columns + column;
      }
      if (response > maximum) {
        maximum = response;
        maximumAt = row * columns + column;
      }
      window += STEP_BYTES;
    }
  }
  store<f32>(result, minimum);
  store<f32>(result, maximum, 4);
  store<i32>(result, minimumAt, 8);
  store<i32>(result, maximumAt, 12);
}
