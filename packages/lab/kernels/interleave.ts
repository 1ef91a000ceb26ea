// Training data lies in planes, the extremes want pixels: red, green, blue, red, … with a border of zeros around.

/**
 * Writes a square of three planes as interleaved pixels into a square that is `padding` larger on every side; its border
 * is left as it is. Sixteen pixels at a time, so up to 15 bytes after `planes` are read.
 */
export function interleave(planes: usize, side: i32, padding: i32, target: usize): void {
  const area = side * side;
  const stride = 3 * (side + 2 * padding);
  for (let row = 0; row < side; row++) {
    let from = planes + row * side;
    let to = target + (row + padding) * stride + 3 * padding;
    let column = 0;
    for (; column + 16 <= side; column += 16) {
      const r = v128.load(from);
      const g = v128.load(from + area);
      const b = v128.load(from + 2 * area);
      const rg0 = i8x16.shuffle(r, g, 0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
      v128.store(to, i8x16.shuffle(rg0, b, 0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15));
      const rg1 = i8x16.shuffle(r, g, 21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26);
      v128.store(to, i8x16.shuffle(rg1, b, 0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15), 16);
      const rg2 = i8x16.shuffle(r, g, 0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0);
      v128.store(to, i8x16.shuffle(rg2, b, 26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31), 32);
      from += 16;
      to += 48;
    }
    for (; column < side; column++) {
      store<u8>(to, load<u8>(from));
      store<u8>(to, load<u8>(from + area), 1);
      store<u8>(to, load<u8>(from + 2 * area), 2);
      from++;
      to += 3;
    }
  }
}
