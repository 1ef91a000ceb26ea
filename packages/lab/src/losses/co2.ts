/**
 * CO2: cross-entropy and the penalty on neighbours with a margin.
 * @module
 */
import { crossEntropyOfSamples } from './cross-entropy.ts';
import type { Loss } from './loss.ts';
import { neighbourPenalty, PUBLISHED_MARGIN } from './neighbour-penalty.ts';
import { penalisedLoss } from './penalised.ts';

/** CO2; `lambda` by default as in the authors' code of 2025, `margin` as published. */
export function co2(lambda = 0.01, margin: number = PUBLISHED_MARGIN): Loss {
	return penalisedLoss({
		name: 'co2',
		source: 'Albuquerque et al., Deep Ordinal Focus Assessment for Whole Slide Images, ICCVW 2021, eq. 3',
		lambda,
		base: crossEntropyOfSamples,
		penalty: (tape, logits, targets) => neighbourPenalty(tape, logits, targets, margin),
	});
}
