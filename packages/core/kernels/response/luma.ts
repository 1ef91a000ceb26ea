// Luma of interleaved RGB (ITU-R BT.601 as in ITU-T T.871): Y = 0.299 R + 0.587 G + 0.114 B in 15-bit integers.

// The second of each pair of blue is always 1: it adds the half that rounds.

/** Writes `count` luma bytes. Reads up to 13 and writes up to 3 bytes past the last pixel. */
export function lumaOfRgb(rgb: usize, count: i32, out: usize): void {
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    const low = i16x8.narrow_i32x4_u(fourLumas(rgb), fourLumas(rgb + 12));
    const high = i16x8.narrow_i32x4_u(fourLumas(rgb + 24), fourLumas(rgb + 36));
    v128.store(out, i8x16.narrow_i16x8_u(low, high));
    rgb += 48;
    out += 16;
  }
  for (; i < count; i += 4) {
    const words = i16x8.narrow_i32x4_u(fourLumas(rgb), i32x4.splat(0));
    store<i32>(out, i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0));
    rgb += 12;
    out += 4;
  }
}

/** Luma of the four pixels in the first 12 of 16 bytes. */
// @ts-ignore: decorator
@inline
function fourLumas(rgb: usize): v128 {
  const pixels = v128.load(rgb);
  const redGreen = i8x16.swizzle(pixels, i8x16(0, -1, 1, -1, 3, -1, 4, -1, 6, -1, 7, -1, 9, -1, 10, -1));
  const blue = i8x16.swizzle(pixels, i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1));
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(redGreen, i16x8(9798, 19235, 9798, 19235, 9798, 19235, 9798, 19235)),
    i32x4.dot_i16x8_s(
      v128.or(blue, i32x4.splat(0x10000)),
      i16x8(3735, 16384, 3735, 16384, 3735, 16384, 3735, 16384),
    ),
  );
  return i32x4.shr_u(sum, 15);
}

/** The same from three planes. Reads and writes up to 7 bytes past the last pixel. */
export function lumaOfPlanes(red: usize, green: usize, blue: usize, count: i32, out: usize): void {
  const redGreenWeights = i16x8(9798, 19235, 9798, 19235, 9798, 19235, 9798, 19235);
  const blueWeights = i16x8(3735, 16384, 3735, 16384, 3735, 16384, 3735, 16384);
  const one = i16x8.splat(1);
  for (let i: usize = 0; i < <usize>count; i += 8) {
    const r = v128.load8x8_u(red + i);
    const g = v128.load8x8_u(green + i);
    const b = v128.load8x8_u(blue + i);
    const low = i32x4.add(
      i32x4.dot_i16x8_s(v128.shuffle<i16>(r, g, 0, 8, 1, 9, 2, 10, 3, 11), redGreenWeights),
      i32x4.dot_i16x8_s(v128.shuffle<i16>(b, one, 0, 8, 1, 9, 2, 10, 3, 11), blueWeights),
    );
    const high = i32x4.add(
      i32x4.dot_i16x8_s(v128.shuffle<i16>(r, g, 4, 12, 5, 13, 6, 14, 7, 15), redGreenWeights),
      i32x4.dot_i16x8_s(v128.shuffle<i16>(b, one, 4, 12, 5, 13, 6, 14, 7, 15), blueWeights),
    );
    const words = i16x8.narrow_i32x4_u(i32x4.shr_u(low, 15), i32x4.shr_u(high, 15));
    store<i64>(out + i, i64x2.extract_lane(i8x16.narrow_i16x8_u(words, words), 0));
  }
}
