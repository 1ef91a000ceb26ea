/**
 * HO2: entropy and the penalty on neighbours with a margin. The label enters only through the penalty: with a small lambda
 * any certain answer will do.
 * @module
 */
import { entropyOfSamples } from './entropy.ts';
import type { Loss } from './loss.ts';
import { neighbourPenalty, PUBLISHED_MARGIN } from './neighbour-penalty.ts';
import { penalisedLoss } from './penalised.ts';

/** HO2; `lambda` by default as in the authors' code of 2025, `margin` as published. */
export function ho2(lambda = 1, margin: number = PUBLISHED_MARGIN): Loss {
	return penalisedLoss({
		name: 'ho2',
		source: 'Albuquerque et al., Deep Ordinal Focus Assessment for Whole Slide Images, ICCVW 2021, eq. 4',
		lambda,
		base: entropyOfSamples,
		penalty: (tape, logits, targets) => neighbourPenalty(tape, logits, targets, margin),
	});
}
