/**
 * Generalised divisive normalisation: each channel is divided by how strong it and its neighbours are.
 * Source: Ballé, Laparra and Simoncelli, "Density Modeling of Images using a Generalized Normalization Transformation"
 * (ICLR 2016), eq. 3 with exponents 2 and 1/2, as EONSS has it.
 * @module
 */
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';
import { evenPadding } from '../window.ts';
import { divide, multiply } from './arithmetic.ts';
import { convolution } from './convolution.ts';
import { reshape, transpose } from './shaping.ts';
import { squareRoot } from './square-root.ts';

/**
 * `y_i = x_i / √(beta_i + Σ_j gamma_ji x_j²)` at each place of `x`, `[n, channels, height, width]`, for `gamma` of shape
 * `[channels, channels]` and `beta` of shape `[channels]`. Both must be positive.
 */
export function divisiveNormalisation(tape: Tape, x: Value, gamma: Value, beta: Value): Value {
	const [channels] = beta.shape as [number];
	// The sum over channels is a 1x1 convolution of the squares.
	const weights = reshape(tape, transpose(tape, gamma, [1, 0]), [channels, channels, 1, 1]);
	const options = { stride: 1, padding: evenPadding(0), groups: 1, bias: beta };
	return divide(tape, x, squareRoot(tape, convolution(tape, multiply(tape, x, x), weights, options)));
}
