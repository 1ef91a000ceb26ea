/**
 * Losses whose answer is one number: a level of blur.
 * @module
 */
import { type Loss, sampleLoss } from './loss.ts';

/** How many numbers a network answers with, and what they say. */
export const VALUE_ANSWER: Pick<Loss, 'target' | 'outputs' | 'decode'> = {
	target: 'value',
	outputs: () => 1,
	decode: (answer) => ({ expected: answer[0]! }),
};

/** A loss of a value that is a mean over samples. */
export function valueLoss(parts: Pick<Loss, 'name' | 'source'> & Required<Pick<Loss, 'perSample'>>): Loss {
	return sampleLoss({ ...parts, ...VALUE_ANSWER });
}
