/**
 * Losses whose answers are one logit a class.
 * @module
 */
import { expectedClass, modeClass, softmax } from './distribution.ts';
import { type Decoded, type Loss, sampleLoss } from './loss.ts';

/** A loss of classes with a logit each. */
export function softmaxLoss(parts: Pick<Loss, 'name' | 'source' | 'lambda'> & Required<Pick<Loss, 'perSample'>>): Loss {
	return sampleLoss({
		...parts,
		target: 'class',
		outputs: (classes) => classes,
		decode: (logits) => decodedDistribution(softmax(logits)),
	});
}

/** What a distribution says: its most probable class, its mean class, how sure it is. */
export function decodedDistribution(probabilities: Float64Array): Decoded {
	const mode = modeClass(probabilities);
	return { class: mode, expected: expectedClass(probabilities), probabilities, certainty: probabilities[mode]! };
}
