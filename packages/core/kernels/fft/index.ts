// Discrete Fourier transforms of lines whose length has small prime factors, in place, along rows or columns of a
// matrix of complex numbers. `factors` are bytes ending in 0: 4s first, then primes up to 61. `twiddles` is the table of
// passes.ts, conjugated for the inverse. Neither direction is normalised. See signal/line-transform.ts, the caller.

import { pass2, pass4, passOdd } from './passes';

// Transforms n complex numbers at x, using y as scratch. Answers where the result lies: x or y.
function transform(x: usize, y: usize, n: usize, factors: usize, w: usize, sign: v128): usize {
  let rest = n, step: usize = 16;
  for (let f = factors; load<u8>(f) != 0; f++) {
    const p = <usize>load<u8>(f), m = rest / p;
    if (p == 4) pass4(x, y, m, step, w, sign);
    else if (p == 2) pass2(x, y, m, step, w);
    else passOdd(x, y, p, m, step, w, n);
    const t = x;
    x = y;
    y = t;
    rest = m;
    step *= p;
  }
  return x;
}

// @ts-ignore
@inline function signOf(inverse: bool): v128 {
  return inverse ? f64x2(-1, 1) : f64x2(1, -1);
}

// Transforms each of `rows` rows of n numbers at `data`, in place; `scratch` holds n numbers.
export function fftRows(data: usize, rows: usize, n: usize, factors: usize, twiddles: usize, inverse: bool, scratch: usize): void {
  const sign = signOf(inverse), bytes = n * 16;
  for (let row: usize = 0; row < rows; row++) {
    const at = data + row * bytes;
    const result = transform(at, scratch, n, factors, twiddles, sign);
    if (result != at) memory.copy(at, result, bytes);
  }
}

// Columns gathered at once: as many as share a cache line.
const COLUMNS: usize = 4;

// Transforms `columns` columns of n numbers, rows `width` numbers apart, in place; `scratch` holds 8 n numbers.
// Columns are turned into rows on the way, a cache line at a time, so that every pass runs within the first cache.
export function fftColumns(data: usize, columns: usize, width: usize, n: usize, factors: usize, twiddles: usize, inverse: bool, scratch: usize): void {
  const sign = signOf(inverse), whole = columns & ~(COLUMNS - 1);
  for (let column: usize = 0; column < whole; column += COLUMNS) {
    fourColumns(data + column * 16, width * 16, n, factors, twiddles, sign, scratch);
  }
  for (let column = whole; column < columns; column++) {
    oneColumn(data + column * 16, width * 16, n, factors, twiddles, sign, scratch);
  }
}

function fourColumns(data: usize, rowBytes: usize, n: usize, factors: usize, twiddles: usize, sign: v128, scratch: usize): void {
  const bytes = n * 16, spare = scratch + COLUMNS * bytes;
  let at = data;
  for (let to = scratch, end = scratch + bytes; to < end; to += 16, at += rowBytes) {
    v128.store(to, v128.load(at));
    v128.store(to + bytes, v128.load(at, 16));
    v128.store(to + 2 * bytes, v128.load(at, 32));
    v128.store(to + 3 * bytes, v128.load(at, 48));
  }
  let result = scratch;
  for (let column: usize = 0; column < COLUMNS; column++) {
    const line = transform(scratch + column * bytes, spare + column * bytes, n, factors, twiddles, sign);
    if (column == 0) result = line;
  }
  at = data;
  for (let from = result, end = result + bytes; from < end; from += 16, at += rowBytes) {
    v128.store(at, v128.load(from));
    v128.store(at, v128.load(from + bytes), 16);
    v128.store(at, v128.load(from + 2 * bytes), 32);
    v128.store(at, v128.load(from + 3 * bytes), 48);
  }
}

function oneColumn(data: usize, rowBytes: usize, n: usize, factors: usize, twiddles: usize, sign: v128, scratch: usize): void {
  const bytes = n * 16;
  let at = data;
  for (let to = scratch, end = scratch + bytes; to < end; to += 16, at += rowBytes) v128.store(to, v128.load(at));
  const result = transform(scratch, scratch + bytes, n, factors, twiddles, sign);
  at = data;
  for (let from = result, end = result + bytes; from < end; from += 16, at += rowBytes) v128.store(at, v128.load(from));
}
