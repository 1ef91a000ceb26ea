/**
 * CO: cross-entropy and the penalty on neighbours without a margin. Its penalty has no slope where all classes are equally
 * likely, so it relies on the cross-entropy.
 * @module
 */
import { crossEntropyOfSamples } from './cross-entropy.ts';
import type { Loss } from './loss.ts';
import { neighbourPenalty } from './neighbour-penalty.ts';
import { penalisedLoss } from './penalised.ts';

/** CO; `lambda` by default as in the authors' code of 2025. */
export function co(lambda = 0.01): Loss {
	return penalisedLoss({
		name: 'co',
		source: 'Albuquerque et al., Deep Ordinal Focus Assessment for Whole Slide Images, ICCVW 2021, eq. 2',
		lambda,
		base: crossEntropyOfSamples,
		penalty: (tape, logits, targets) => neighbourPenalty(tape, logits, targets, 0),
	});
}
