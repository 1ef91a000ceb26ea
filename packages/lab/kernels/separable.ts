// One pass of a separable, symmetric convolution over rows and one over columns, for f32 images of any number of
// interleaved channels.

/**
 * Adds `weight * (profile ⊗ profile)` convolved with a source to a target.
 * Lengths in floats; `width` is a multiple of 8. `source` points to the value that the target's first one is centred on;
 * it must be readable `half * channels` floats to each side and `half` rows up and down, and 32 bytes past its end.
 * `between` holds `width * (height + 2 * half)` floats. `profile` has `half + 1` weights from the centre outwards.
 */
export function convolveSeparable(
  source: usize,
  sourceStride: i32,
  channels: i32,
  between: usize,
  target: usize,
  width: i32,
  height: i32,
  profile: usize,
  half: i32,
  weight: f32,
): void {
  const first = source - ((<usize>(half * sourceStride)) << 2);
  pass(first, sourceStride, channels, between, width, height + 2 * half, profile, half, 1, false);
  const centre = between + ((<usize>(half * width)) << 2);
  pass(centre, width, width, target, width, height, profile, half, weight, true);
}

/** `target (+)= scale * sum over k of profile[|k|] * source[i + k * step]`, eight values at a time. */
function pass(
  source: usize,
  sourceStride: i32,
  step: i32,
  target: usize,
  width: i32,
  height: i32,
  profile: usize,
  half: i32,
  scale: f32,
  add: bool,
): void {
  const distance = (<usize>step) << 2;
  const scales = f32x4.splat(scale);
  for (let y = 0; y < height; y++) {
    let from = source + ((<usize>(y * sourceStride)) << 2);
    let to = target + ((<usize>(y * width)) << 2);
    for (let x = 0; x < width; x += 8) {
      let weights = v128.load32_splat(profile);
      let low = f32x4.mul(weights, v128.load(from));
      let high = f32x4.mul(weights, v128.load(from, 16));
      let before = from;
      let after = from;
      for (let k = 1; k <= half; k++) {
        before -= distance;
        after += distance;
        weights = v128.load32_splat(profile + ((<usize>k) << 2));
        low = f32x4.add(low, f32x4.mul(weights, f32x4.add(v128.load(before), v128.load(after))));
        high = f32x4.add(high, f32x4.mul(weights, f32x4.add(v128.load(before, 16), v128.load(after, 16))));
      }
      if (add) {
        low = f32x4.add(v128.load(to), f32x4.mul(scales, low));
        high = f32x4.add(v128.load(to, 16), f32x4.mul(scales, high));
      }
      v128.store(to, low);
      v128.store(to, high, 16);
      from += 32;
      to += 32;
    }
  }
}
