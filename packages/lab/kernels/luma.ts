// All responses of one 7x7 kernel moved by 5 pixels over a luma crop, and the way back: what a gradient with respect to
// each response means for the kernel's weights.

const TAPS: i32 = 7;
const STEP: i32 = 5;
/** A row of weights is padded with a zero from 7 to 8 floats. */
const WEIGHT_ROW_BYTES: i32 = 32;

/** Writes `rows * columns` f32 responses. `crop` must have 1 readable byte after its end. */
export function responses(
  crop: usize,
  strideBytes: i32,
  columns: i32,
  rows: i32,
  weights: usize,
  result: usize,
): void {
  for (let row = 0; row < rows; row++) {
    let window = crop + row * STEP * strideBytes;
    for (let column = 0; column < columns; column++) {
      let low = f32x4.splat(0);
      let high = f32x4.splat(0);
      let pixels = window;
      let w = weights;
      for (let tap = 0; tap < TAPS; tap++) {
        const eight = v128.load8x8_u(pixels);
        low = f32x4.add(low, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(eight)), v128.load(w)));
        high = f32x4.add(high, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(eight)), v128.load(w, 16)));
        pixels += strideBytes;
        w += WEIGHT_ROW_BYTES;
      }
      const four = f32x4.add(low, high);
      store<f32>(
        result,
        f32x4.extract_lane(four, 0) +
          f32x4.extract_lane(four, 1) +
          (f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3)),
      );
      result += 4;
      window += STEP;
    }
  }
}

/** Adds `sum over responses of gradient * its 7x7 pixels` to `target` (7 rows of 8 f32, the eighth to be ignored). */
export function weightGradient(
  crop: usize,
  strideBytes: i32,
  columns: i32,
  rows: i32,
  gradients: usize,
  target: usize,
): void {
  for (let row = 0; row < rows; row++) {
    let window = crop + row * STEP * strideBytes;
    for (let column = 0; column < columns; column++) {
      const gradient = f32x4.splat(load<f32>(gradients));
      let pixels = window;
      let to = target;
      for (let tap = 0; tap < TAPS; tap++) {
        const eight = v128.load8x8_u(pixels);
        const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(eight));
        const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(eight));
        v128.store(to, f32x4.add(v128.load(to), f32x4.mul(gradient, low)));
        v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(gradient, high)), 16);
        pixels += strideBytes;
        to += WEIGHT_ROW_BYTES;
      }
      gradients += 4;
      window += STEP;
    }
  }
}
