// One-dimensional convolution of a block of float64 samples along either axis.

/** Bytes a sample. */
const SAMPLE: usize = 8;

/** Outputs made side by side: four vectors of two. Output rows are a multiple of this wide. */
const LANES = 8;

/**
 * `out[r][c] = sum over k of taps[k] * in[r * inputStride + c + k * tapStride]`, k rising, each step rounded to float64: the
 * same to the bit as a plain loop. Strides count samples; `tapStride` is 1 along rows and `inputStride` along columns.
 * `columns` is a multiple of 8; output rows follow each other without gaps.
 */
export function convolveBlock(
  input: usize,
  inputStride: i32,
  rows: i32,
  columns: i32,
  taps: usize,
  tapCount: i32,
  tapStride: i32,
  out: usize,
): void {
  const tapBytes = <usize>tapStride * SAMPLE;
  const tapsEnd = taps + <usize>tapCount * SAMPLE;
  const inputBytes = <usize>inputStride * SAMPLE;
  const outputBytes = <usize>columns * SAMPLE;
  // Down a strip of columns before the next: what its windows share stays in the nearest cache.
  for (let column: usize = 0; column < outputBytes; column += LANES * SAMPLE) {
    let from = input + column;
    let to = out + column;
    for (let row = 0; row < rows; row++) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let c = f64x2.splat(0);
      let d = f64x2.splat(0);
      let sample = from;
      for (let tap = taps; tap < tapsEnd; tap += SAMPLE) {
        const weight = v128.load64_splat(tap);
        a = f64x2.add(a, f64x2.mul(weight, v128.load(sample)));
        b = f64x2.add(b, f64x2.mul(weight, v128.load(sample, 16)));
        c = f64x2.add(c, f64x2.mul(weight, v128.load(sample, 32)));
        d = f64x2.add(d, f64x2.mul(weight, v128.load(sample, 48)));
        sample += tapBytes;
      }
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
      to += outputBytes;
      from += inputBytes;
    }
  }
}

/**
 * The same for an odd number of taps that read the same from both ends: samples that meet the same tap are added first,
 * outermost pair first. `taps` are those from the first to the middle one, `half` of them before it.
 */
export function convolveSymmetricBlock(
  input: usize,
  inputStride: i32,
  rows: i32,
  columns: i32,
  taps: usize,
  half: i32,
  tapStride: i32,
  out: usize,
): void {
  const tapBytes = <usize>tapStride * SAMPLE;
  const middle = taps + <usize>half * SAMPLE;
  const inputBytes = <usize>inputStride * SAMPLE;
  const outputBytes = <usize>columns * SAMPLE;
  // Down a strip of columns before the next: what its windows share stays in the nearest cache.
  for (let column: usize = 0; column < outputBytes; column += LANES * SAMPLE) {
    let from = input + column;
    let to = out + column;
    for (let row = 0; row < rows; row++) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let c = f64x2.splat(0);
      let d = f64x2.splat(0);
      let near = from;
      let far = from + <usize>(2 * half) * tapBytes;
      for (let tap = taps; tap < middle; tap += SAMPLE) {
        const weight = v128.load64_splat(tap);
        a = f64x2.add(a, f64x2.mul(weight, f64x2.add(v128.load(near), v128.load(far))));
        b = f64x2.add(b, f64x2.mul(weight, f64x2.add(v128.load(near, 16), v128.load(far, 16))));
        c = f64x2.add(c, f64x2.mul(weight, f64x2.add(v128.load(near, 32), v128.load(far, 32))));
        d = f64x2.add(d, f64x2.mul(weight, f64x2.add(v128.load(near, 48), v128.load(far, 48))));
        near += tapBytes;
        far -= tapBytes;
      }
      const weight = v128.load64_splat(middle);
      v128.store(to, f64x2.add(a, f64x2.mul(weight, v128.load(near))));
      v128.store(to, f64x2.add(b, f64x2.mul(weight, v128.load(near, 16))), 16);
      v128.store(to, f64x2.add(c, f64x2.mul(weight, v128.load(near, 32))), 32);
      v128.store(to, f64x2.add(d, f64x2.mul(weight, v128.load(near, 48))), 48);
      to += outputBytes;
      from += inputBytes;
    }
  }
}
