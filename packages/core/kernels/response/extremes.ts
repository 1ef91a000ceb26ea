// Where a kernel's responses are least and greatest among a list of windows. Integers throughout, so the same windows
// win on every machine; the caller then evaluates the winners in full precision.
import { addLine, addThreeLines, laneSums, LINE_BYTES } from './sums';
import { WINDOW_BYTES } from './windows';

/**
 * Writes four integers to `out`: the least sum and its window's index, the greatest sum and its window's index.
 * Among equals the first window wins.
 */
export function findExtremes(
  base: usize, windows: usize, count: i32, lines: usize, lineCount: i32, run: i32,
  weights: usize, out: usize,
): void {
  let index = i32x4(0, 1, 2, 3);
  let least = i32x4.splat(i32.MAX_VALUE);
  let greatest = i32x4.splat(i32.MIN_VALUE);
  let leastIndex = i32x4.splat(0);
  let greatestIndex = i32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const p = base + load<i32>(windows);
    const q = base + load<i32>(windows, 12);
    const r = base + load<i32>(windows, 24);
    const s = base + load<i32>(windows, 36);
    let ps = i32x4.splat(0), qs = ps, rs = ps, ss = ps;
    let w = weights;
    if (run == 3) {
      for (let t = 0; t < lineCount; t += 3) {
        const line = load<i32>(lines + ((<usize>t) << 2));
        const w0 = v128.load(w), w1 = v128.load(w, 16), w2 = v128.load(w, 32);
        ps = addThreeLines(ps, p + line, w0, w1, w2);
        qs = addThreeLines(qs, q + line, w0, w1, w2);
        rs = addThreeLines(rs, r + line, w0, w1, w2);
        ss = addThreeLines(ss, s + line, w0, w1, w2);
        w += LINE_BYTES * 3;
      }
    } else {
      for (let t = 0; t < lineCount; t++) {
        const line = load<i32>(lines + ((<usize>t) << 2));
        const taps = v128.load(w);
        ps = addLine(ps, p + line, taps);
        qs = addLine(qs, q + line, taps);
        rs = addLine(rs, r + line, taps);
        ss = addLine(ss, s + line, taps);
        w += LINE_BYTES;
      }
    }
    const a = laneSums(ps, qs, rs, ss);
    leastIndex = v128.bitselect(index, leastIndex, i32x4.lt_s(a, least));
    greatestIndex = v128.bitselect(index, greatestIndex, i32x4.gt_s(a, greatest));
    least = i32x4.min_s(least, a);
    greatest = i32x4.max_s(greatest, a);
    index = i32x4.add(index, i32x4.splat(4));
    windows += WINDOW_BYTES * 4;
  }
  store<v128>(out, least);
  store<v128>(out, leastIndex, 16);
  firstOfLanes(out, 1);
  store<v128>(out, greatest, 16);
  store<v128>(out, greatestIndex, 32);
  firstOfLanes(out + 16, -1);
  store<i64>(out, load<i64>(out, 16), 8);
}

/** Of four sums and four indices at `at`, leaves the best pair in the first two places; `sign` -1 takes the greatest. */
function firstOfLanes(at: usize, sign: i32): void {
  let best = load<i32>(at);
  let bestIndex = load<i32>(at, 16);
  for (let lane: usize = 1; lane < 4; lane++) {
    const value = load<i32>(at + (lane << 2));
    const index = load<i32>(at + (lane << 2), 16);
    if (value * sign < best * sign || (value == best && index < bestIndex)) {
      best = value;
      bestIndex = index;
    }
  }
  store<i32>(at, best);
  store<i32>(at, bestIndex, 4);
}
