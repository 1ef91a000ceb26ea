// Orthogonal matching pursuit of 8x8 blocks, in float64, with the dictionary's Gram matrix known.
//
// Source: Rubinstein, Zibulevsky, Elad, "Efficient Implementation of the K-SVD Algorithm using Batch Orthogonal Matching
// Pursuit", Technion CS-2008-08. Instead of solving triangular systems, the correlations of each orthogonalised atom with
// all atoms are kept: read at the picked atoms they are the Cholesky factor.

const BLOCK_BYTES: usize = 64 * 8;
// Atoms in a tile of the dictionary: [tile][64][8].
const TILE: usize = 8;
const TILE_BYTES: usize = TILE * BLOCK_BYTES;
// An orthogonalised atom this short is one that was picked before.
const LEAST_LENGTH: f64 = 1e-10;

// Correlations of a block of 64 numbers with all atoms, a multiple of 8 of them.
export function correlateBlock(block: usize, tiles: usize, atoms: usize, out: usize): void {
  for (let tile: usize = 0; tile < atoms; tile += TILE) {
    let a = f64x2.splat(0), b = a, c = a, d = a;
    let at = tiles + tile * BLOCK_BYTES;
    for (let x = block, end = block + BLOCK_BYTES; x < end; x += 8, at += 64) {
      const value = v128.load64_splat(x);
      a = f64x2.add(a, f64x2.mul(value, v128.load(at)));
      b = f64x2.add(b, f64x2.mul(value, v128.load(at, 16)));
      c = f64x2.add(c, f64x2.mul(value, v128.load(at, 32)));
      d = f64x2.add(d, f64x2.mul(value, v128.load(at, 48)));
    }
    const to = out + tile * 8;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}

// Magnitudes that differ by less are equal but for rounding: blocks with symmetries have such.
const NEAR_TIE: f64 = 1e-12;

// The first of the largest magnitudes.
function largest(values: usize, count: usize): usize {
  let most: f64 = -1, found: usize = 0;
  for (let i: usize = 0; i < count; i++) {
    const value = abs(load<f64>(values + i * 8));
    if (value > most * (1 + NEAR_TIE)) {
      most = value;
      found = i;
    }
  }
  return found;
}

// @ts-ignore
@inline function squaredLength(block: usize): f64 {
  let sum: f64 = 0;
  for (let x = block, end = block + BLOCK_BYTES; x < end; x += 8) sum += load<f64>(x) * load<f64>(x);
  return sum;
}

// Codes `count` blocks of 64 numbers by at most `sparsity` of `atoms` atoms each (a multiple of 8), fewer when the squared
// residual falls below `leastResidual`. `gram` is atoms x atoms. Per block, `picks` gets `sparsity` int32 (-1: none) and
// `coefficients` as many float64. `scratch` holds (sparsity + 1) * atoms + sparsity float64.
export function sparseCode(
  blocks: usize, count: usize, tiles: usize, gram: usize, atoms: usize, sparsity: usize, leastResidual: f64,
  scratch: usize, picks: usize, coefficients: usize,
): void {
  const line = atoms * 8, directions = scratch + line, steps = directions + sparsity * line;
  for (let i: usize = 0; i < count; i++) {
    correlateBlock(blocks, tiles, atoms, scratch);
    let residual = squaredLength(blocks), picked: usize = 0;
    while (picked < sparsity) {
      const atom = largest(scratch, atoms);
      const length = orthogonalise(directions, picked, gram, atom, line);
      if (length < LEAST_LENGTH) break;
      const step = load<f64>(scratch + atom * 8) / length;
      subtract(scratch, directions + picked * line, step, line);
      store<i32>(picks + picked * 4, <i32>atom);
      store<f64>(steps + picked * 8, step);
      picked++;
      residual -= step * step;
      if (residual < leastResidual) break;
    }
    backSubstitute(directions, steps, picked, picks, coefficients, line);
    for (let k = picked; k < sparsity; k++) {
      store<i32>(picks + k * 4, -1);
      store<f64>(coefficients + k * 8, 0);
    }
    blocks += BLOCK_BYTES;
    picks += sparsity * 4;
    coefficients += sparsity * 8;
  }
}

// Direction `k`: the correlations of `atom`, less its parts along earlier directions, scaled to unit length. Answers the
// length before that.
function orthogonalise(directions: usize, k: usize, gram: usize, atom: usize, line: usize): f64 {
  const to = directions + k * line;
  memory.copy(to, gram + atom * line, line);
  for (let from = directions; from < to; from += line) subtract(to, from, load<f64>(from + atom * 8), line);
  const length = sqrt(max<f64>(0, load<f64>(to + atom * 8)));
  if (length < LEAST_LENGTH) return 0;
  const factor = f64x2.splat(1 / length);
  for (let at = to, end = to + line; at < end; at += 16) v128.store(at, f64x2.mul(v128.load(at), factor));
  return length;
}

function subtract(from: usize, direction: usize, amount: f64, line: usize): void {
  const factor = f64x2.splat(amount);
  for (let i: usize = 0; i < line; i += 16) {
    v128.store(from + i, f64x2.sub(v128.load(from + i), f64x2.mul(factor, v128.load(direction + i))));
  }
}

// Direction k at the atom picked i-th is entry (i, k) of the Cholesky factor.
function backSubstitute(directions: usize, steps: usize, picked: usize, picks: usize, coefficients: usize, line: usize): void {
  for (let k = <isize>picked - 1; k >= 0; k--) {
    const direction = directions + k * line;
    let value = load<f64>(steps + k * 8);
    for (let i = k + 1; i < <isize>picked; i++) {
      value -= load<f64>(direction + load<i32>(picks + i * 4) * 8) * load<f64>(coefficients + i * 8);
    }
    store<f64>(coefficients + k * 8, value / load<f64>(direction + load<i32>(picks + k * 4) * 8));
  }
}
