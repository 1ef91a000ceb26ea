// Passes of Stockham's self-sorting transform, decimation in frequency, in float64, one complex number a vector.
//
// A pass of radix p over n numbers seen as [p][m][s] writes [m][p][s],
//   out[q + s (p j + k)] = w^(j k s) * sum over r of in[q + s (j + m r)] * root^(r k),
// with w = exp(∓2 pi i / n) and root = w^(n / p). After all passes the order is natural.
// A twiddle table holds for each k < n the 32 bytes (cos, cos, -sin, sin): a product is then two multiplications.

// @ts-ignore
@inline function times(a: v128, twiddle: usize): v128 {
  return f64x2.add(
    f64x2.mul(a, v128.load(twiddle)),
    f64x2.mul(v128.shuffle<f64>(a, a, 1, 0), v128.load(twiddle, 16)),
  );
}

// Multiplies by -i (sign 1, -1) or i (sign -1, 1): (re, im) -> (im, -re) or (-im, re).
// @ts-ignore
@inline function quarterTurn(a: v128, sign: v128): v128 {
  return f64x2.mul(v128.shuffle<f64>(a, a, 1, 0), sign);
}

// `step` is s in bytes.

export function pass2(x: usize, y: usize, m: usize, step: usize, w: usize): void {
  const half = m * step;
  for (let j: usize = 0; j < m; j++) {
    const twiddle = w + 2 * j * step;
    let a = x + j * step;
    let out = y + 2 * j * step;
    for (const end = a + step; a < end; a += 16, out += 16) {
      const a0 = v128.load(a), a1 = v128.load(a + half);
      v128.store(out, f64x2.add(a0, a1));
      v128.store(out + step, times(f64x2.sub(a0, a1), twiddle));
    }
  }
}

export function pass4(x: usize, y: usize, m: usize, step: usize, w: usize, sign: v128): void {
  const quarter = m * step;
  for (let j: usize = 0; j < m; j++) {
    const w1 = w + 2 * j * step, w2 = w + 4 * j * step, w3 = w + 6 * j * step;
    let a = x + j * step;
    let out = y + 4 * j * step;
    for (const end = a + step; a < end; a += 16, out += 16) {
      const a0 = v128.load(a), a1 = v128.load(a + quarter);
      const a2 = v128.load(a + 2 * quarter), a3 = v128.load(a + 3 * quarter);
      const even = f64x2.add(a0, a2), odd = f64x2.add(a1, a3);
      const evenDifference = f64x2.sub(a0, a2), turned = quarterTurn(f64x2.sub(a1, a3), sign);
      v128.store(out, f64x2.add(even, odd));
      v128.store(out + step, times(f64x2.add(evenDifference, turned), w1));
      v128.store(out + 2 * step, times(f64x2.sub(even, odd), w2));
      v128.store(out + 3 * step, times(f64x2.sub(evenDifference, turned), w3));
    }
  }
}

// Largest odd radix, and room for the sums and turned differences of the pairs (r, p - r).
const LARGEST_RADIX: i32 = 61;
const pairs = memory.data(LARGEST_RADIX * 16, 16);

// Any odd radix p, for the primes that picture sizes bring along. Outputs k and p - k share their products:
//   out = a0 + sum over r < p/2 of cos(2 pi r k / p) (a_r + a_(p-r))  ∓  i sin(2 pi r k / p) (a_r - a_(p-r)).
export function passOdd(x: usize, y: usize, p: usize, m: usize, step: usize, w: usize, n: usize): void {
  const part = m * step, rootStep = (n / p) * 32, end = n * 32, half = p >> 1;
  for (let j: usize = 0; j < m; j++) {
    for (let q: usize = 0; q < step; q += 16) {
      const a = x + j * step + q, out = y + p * j * step + q;
      const first = v128.load(a);
      let total = first;
      for (let r: usize = 1; r <= half; r++) {
        const low = v128.load(a + r * part), high = v128.load(a + (p - r) * part);
        const sum = f64x2.add(low, high), difference = f64x2.sub(low, high);
        const pair = pairs + ((r - 1) << 5);
        v128.store(pair, sum);
        v128.store(pair, v128.shuffle<f64>(difference, difference, 1, 0), 16);
        total = f64x2.add(total, sum);
      }
      v128.store(out, total);
      for (let k: usize = 1; k <= half; k++) {
        let even = first, odd = f64x2.splat(0);
        let root: usize = 0;
        for (let pair = pairs, last = pairs + (half << 5); pair < last; pair += 32) {
          root += k * rootStep;
          if (root >= end) root -= end;
          even = f64x2.add(even, f64x2.mul(v128.load(pair), v128.load(w + root)));
          odd = f64x2.add(odd, f64x2.mul(v128.load(pair, 16), v128.load(w + root, 16)));
        }
        const twiddle = w + 2 * j * step * k;
        v128.store(out + k * step, times(f64x2.add(even, odd), twiddle));
        v128.store(out + (p - k) * step, times(f64x2.sub(even, odd), w + 2 * j * step * (p - k)));
      }
    }
  }
}
