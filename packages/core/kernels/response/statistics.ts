// Responses of a list of windows, taken straight into statistics: none is ever written out.
//
// A kernel is a set of lines: 8 neighbouring bytes times 8 weights of 16 bits. Luma lines are at fixed distances from
// the window's luma address, chroma lines from its chroma address; the chroma weights depend on the window's phase.
// Kernels come in blocks of four, which share each loaded line, then single ones, which share each weight among four
// windows. A block is: scale (4 floats), offset (4 floats), luma lines, chroma lines of each phase; a line holds its
// kernels one after another.
import { addLine, addThreeLines, laneSums, LINE_BYTES } from './sums';
import { WINDOW_BYTES } from './windows';

const HEADER_BYTES: usize = 32;
const STATISTICS_BYTES: usize = 24;

/**
 * Adds the responses of `count` windows to the statistics at `out` (6 floats a kernel).
 * `lines` is the number of lines a kernel has over all phases; `run` says how many luma lines always follow each other
 * without a gap: 3 or 1.
 */
export function accumulateResponses(
  base: usize, windows: usize, count: i32,
  lumaLines: usize, lumaCount: i32, chromaLines: usize, chromaCount: i32, lines: i32,
  run: i32, bank: usize, kernels: i32, out: usize,
): void {
  let block = bank;
  let kernel = 0;
  for (; kernel + 4 <= kernels; kernel += 4) {
    fourKernels(base, windows, count, lumaLines, lumaCount, chromaLines, chromaCount, block, out);
    block += HEADER_BYTES + <usize>lines * LINE_BYTES * 4;
    out += STATISTICS_BYTES * 4;
  }
  for (; kernel < kernels; kernel++) {
    oneKernel(base, windows, count, lumaLines, lumaCount, chromaLines, chromaCount, run, block, out);
    block += HEADER_BYTES + <usize>lines * LINE_BYTES;
    out += STATISTICS_BYTES;
  }
}

/** Lanes are kernels; two windows at a time. */
function fourKernels(
  base: usize, windows: usize, count: i32,
  lumaLines: usize, lumaCount: i32, chromaLines: usize, chromaCount: i32,
  block: usize, out: usize,
): void {
  const scale = v128.load(block);
  const offset = v128.load(block, 16);
  const weights = block + HEADER_BYTES;
  const chromaWeights = weights + <usize>lumaCount * LINE_BYTES * 4;
  let least = f32x4.splat(Infinity);
  let greatest = f32x4.splat(-Infinity);
  let sum = f32x4.splat(0);
  let magnitudes = f32x4.splat(0);
  let squares = f32x4.splat(0);
  for (let i = 0; i < count; i += 2) {
    const p = base + load<i32>(windows);
    const q = base + load<i32>(windows, 12);
    let p0 = i32x4.splat(0), p1 = p0, p2 = p0, p3 = p0;
    let q0 = p0, q1 = p0, q2 = p0, q3 = p0;
    let w = weights;
    for (let t = 0; t < lumaCount; t++) {
      const line = load<i32>(lumaLines + ((<usize>t) << 2));
      const x = v128.load8x8_u(p + line);
      const y = v128.load8x8_u(q + line);
      const w0 = v128.load(w), w1 = v128.load(w, 16), w2 = v128.load(w, 32), w3 = v128.load(w, 48);
      p0 = i32x4.add(p0, i32x4.dot_i16x8_s(x, w0));
      q0 = i32x4.add(q0, i32x4.dot_i16x8_s(y, w0));
      p1 = i32x4.add(p1, i32x4.dot_i16x8_s(x, w1));
      q1 = i32x4.add(q1, i32x4.dot_i16x8_s(y, w1));
      p2 = i32x4.add(p2, i32x4.dot_i16x8_s(x, w2));
      q2 = i32x4.add(q2, i32x4.dot_i16x8_s(y, w2));
      p3 = i32x4.add(p3, i32x4.dot_i16x8_s(x, w3));
      q3 = i32x4.add(q3, i32x4.dot_i16x8_s(y, w3));
      w += LINE_BYTES * 4;
    }
    if (chromaCount > 0) {
      const pChroma = <usize>load<i32>(windows, 4);
      const qChroma = <usize>load<i32>(windows, 16);
      let u = chromaWeights + ((<usize>load<i32>(windows, 8)) << 2);
      let v = chromaWeights + ((<usize>load<i32>(windows, 20)) << 2);
      for (let t = 0; t < chromaCount; t++) {
        const line = load<i32>(chromaLines + ((<usize>t) << 2));
        const x = v128.load8x8_u(pChroma + line);
        const y = v128.load8x8_u(qChroma + line);
        p0 = i32x4.add(p0, i32x4.dot_i16x8_s(x, v128.load(u)));
        q0 = i32x4.add(q0, i32x4.dot_i16x8_s(y, v128.load(v)));
        p1 = i32x4.add(p1, i32x4.dot_i16x8_s(x, v128.load(u, 16)));
        q1 = i32x4.add(q1, i32x4.dot_i16x8_s(y, v128.load(v, 16)));
        p2 = i32x4.add(p2, i32x4.dot_i16x8_s(x, v128.load(u, 32)));
        q2 = i32x4.add(q2, i32x4.dot_i16x8_s(y, v128.load(v, 32)));
        p3 = i32x4.add(p3, i32x4.dot_i16x8_s(x, v128.load(u, 48)));
        q3 = i32x4.add(q3, i32x4.dot_i16x8_s(y, v128.load(v, 48)));
        u += LINE_BYTES * 4;
        v += LINE_BYTES * 4;
      }
    }
    const a = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(laneSums(p0, p1, p2, p3)), scale), offset);
    let b = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(laneSums(q0, q1, q2, q3)), scale), offset);
    least = f32x4.pmin(least, f32x4.pmin(a, b));
    greatest = f32x4.pmax(greatest, f32x4.pmax(a, b));
    // The list's last window may be a copy that fills the pair up: it must not enter the sums.
    if (i + 1 == count) b = f32x4.splat(0);
    sum = f32x4.add(sum, f32x4.add(a, b));
    magnitudes = f32x4.add(magnitudes, f32x4.add(f32x4.abs(a), f32x4.abs(b)));
    squares = f32x4.add(squares, f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b)));
    windows += WINDOW_BYTES * 2;
  }
  const n = <f32>count;
  merge(out, n, f32x4.extract_lane(least, 0), f32x4.extract_lane(greatest, 0), f32x4.extract_lane(sum, 0),
    f32x4.extract_lane(magnitudes, 0), f32x4.extract_lane(squares, 0));
  merge(out + STATISTICS_BYTES, n, f32x4.extract_lane(least, 1), f32x4.extract_lane(greatest, 1),
    f32x4.extract_lane(sum, 1), f32x4.extract_lane(magnitudes, 1), f32x4.extract_lane(squares, 1));
  merge(out + STATISTICS_BYTES * 2, n, f32x4.extract_lane(least, 2), f32x4.extract_lane(greatest, 2),
    f32x4.extract_lane(sum, 2), f32x4.extract_lane(magnitudes, 2), f32x4.extract_lane(squares, 2));
  merge(out + STATISTICS_BYTES * 3, n, f32x4.extract_lane(least, 3), f32x4.extract_lane(greatest, 3),
    f32x4.extract_lane(sum, 3), f32x4.extract_lane(magnitudes, 3), f32x4.extract_lane(squares, 3));
}

/** Lanes are windows, four at a time. */
function oneKernel(
  base: usize, windows: usize, count: i32,
  lumaLines: usize, lumaCount: i32, chromaLines: usize, chromaCount: i32,
  run: i32, block: usize, out: usize,
): void {
  const scale = v128.load(block);
  const offset = v128.load(block, 16);
  const weights = block + HEADER_BYTES;
  const chromaWeights = weights + <usize>lumaCount * LINE_BYTES;
  const lane = i32x4(0, 1, 2, 3);
  let least = f32x4.splat(Infinity);
  let greatest = f32x4.splat(-Infinity);
  let sum = f32x4.splat(0);
  let magnitudes = f32x4.splat(0);
  let squares = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const p = base + load<i32>(windows);
    const q = base + load<i32>(windows, 12);
    const r = base + load<i32>(windows, 24);
    const s = base + load<i32>(windows, 36);
    let ps = i32x4.splat(0), qs = ps, rs = ps, ss = ps;
    let w = weights;
    if (run == 3) {
      for (let t = 0; t < lumaCount; t += 3) {
        const line = load<i32>(lumaLines + ((<usize>t) << 2));
        const w0 = v128.load(w), w1 = v128.load(w, 16), w2 = v128.load(w, 32);
        ps = addThreeLines(ps, p + line, w0, w1, w2);
        qs = addThreeLines(qs, q + line, w0, w1, w2);
        rs = addThreeLines(rs, r + line, w0, w1, w2);
        ss = addThreeLines(ss, s + line, w0, w1, w2);
        w += LINE_BYTES * 3;
      }
    } else {
      for (let t = 0; t < lumaCount; t++) {
        const line = load<i32>(lumaLines + ((<usize>t) << 2));
        const taps = v128.load(w);
        ps = addLine(ps, p + line, taps);
        qs = addLine(qs, q + line, taps);
        rs = addLine(rs, r + line, taps);
        ss = addLine(ss, s + line, taps);
        w += LINE_BYTES;
      }
    }
    if (chromaCount > 0) {
      ps = addChroma(ps, windows, chromaLines, chromaCount, chromaWeights);
      qs = addChroma(qs, windows + WINDOW_BYTES, chromaLines, chromaCount, chromaWeights);
      rs = addChroma(rs, windows + WINDOW_BYTES * 2, chromaLines, chromaCount, chromaWeights);
      ss = addChroma(ss, windows + WINDOW_BYTES * 3, chromaLines, chromaCount, chromaWeights);
    }
    const a = f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(laneSums(ps, qs, rs, ss)), scale), offset);
    least = f32x4.pmin(least, a);
    greatest = f32x4.pmax(greatest, a);
    const counted = v128.and(a, i32x4.lt_s(lane, i32x4.splat(count - i)));
    sum = f32x4.add(sum, counted);
    magnitudes = f32x4.add(magnitudes, f32x4.abs(counted));
    squares = f32x4.add(squares, f32x4.mul(counted, counted));
    windows += WINDOW_BYTES * 4;
  }
  merge(out, <f32>count, leastLane(least), -leastLane(f32x4.neg(greatest)), sumOfLanes(sum), sumOfLanes(magnitudes),
    sumOfLanes(squares));
}

// @ts-ignore: decorator
@inline
function addChroma(sum: v128, window: usize, lines: usize, count: i32, weights: usize): v128 {
  const pixels = <usize>load<i32>(window, 4);
  let w = weights + load<i32>(window, 8);
  for (let t = 0; t < count; t++) {
    sum = addLine(sum, pixels + load<i32>(lines + ((<usize>t) << 2)), v128.load(w));
    w += LINE_BYTES;
  }
  return sum;
}

// @ts-ignore: decorator
@inline
function sumOfLanes(a: v128): f32 {
  return (f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1)) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
}

// @ts-ignore: decorator
@inline
function leastLane(a: v128): f32 {
  return min(min(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1)),
    min(f32x4.extract_lane(a, 2), f32x4.extract_lane(a, 3)));
}

/** Merges into the six numbers of a kernel in a cell. */
function merge(out: usize, count: f32, least: f32, greatest: f32, sum: f32, magnitudes: f32, squares: f32): void {
  store<f32>(out, load<f32>(out) + count);
  store<f32>(out, min(load<f32>(out, 4), least), 4);
  store<f32>(out, max(load<f32>(out, 8), greatest), 8);
  store<f32>(out, load<f32>(out, 12) + sum, 12);
  store<f32>(out, load<f32>(out, 16) + magnitudes, 16);
  store<f32>(out, load<f32>(out, 20) + squares, 20);
}
