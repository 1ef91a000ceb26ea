/**
 * Ordinal encoding (OE): K-1 logits, each asked whether the class lies beyond its own.
 * @module
 */
import { multiply } from '../engine/operators/arithmetic.ts';
import { mean, sum } from '../engine/operators/reduction.ts';
import { softplus } from '../engine/operators/softplus.ts';
import { side } from './class-target.ts';
import { ENCODING_DECODERS, type EncodingDecoder, encodingProbabilities, sumOfSigmoids } from './encoding-decoders.ts';
import { type Loss, sampleLoss } from './loss.ts';

/** How to train and read it. */
export interface OrdinalEncodingOptions {
	/**
	 * Whether a sample's loss is the mean over the K-1 questions (the authors' code of 2021) or their sum (2025): the same but
	 * for the size of the gradient. Default `mean`.
	 */
	readonly over?: 'mean' | 'sum';
	/** How answers become a class; default `count`. */
	readonly decoder?: EncodingDecoder;
}

/** Binary cross-entropy of each question, in a form that no logit overflows. */
export function ordinalEncoding({ over = 'mean', decoder = 'count' }: OrdinalEncodingOptions = {}): Loss {
	return sampleLoss({
		name: over === 'mean' ? 'oe' : 'oe-sum',
		source: 'Cheng et al., A neural network approach to ordinal regression, IJCNN 2008',
		target: 'class',
		outputs: (classes) => classes - 1,
		perSample(tape, logits, targets, classes) {
			const wrong = multiply(tape, logits, side(tape.graph, targets, classes));
			return (over === 'mean' ? mean : sum)(tape, softplus(tape, wrong), [1]);
		},
		decode(logits) {
			const probabilities = encodingProbabilities(logits);
			const chosen = ENCODING_DECODERS[decoder](logits);
			return {
				class: chosen,
				expected: sumOfSigmoids(logits),
				probabilities,
				certainty: Math.max(...probabilities),
			};
		},
	});
}
