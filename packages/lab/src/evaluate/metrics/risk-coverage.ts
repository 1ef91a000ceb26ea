/**
 * What is won by leaving the least certain answers to a person.
 * Source: Geifman and El-Yaniv, "Selective classification for deep neural networks", NeurIPS 2017.
 * @module
 */
import { ascendingOrder } from './ranks.ts';

/** Risk of the most certain share of the samples, for each share. */
export interface RiskCoverage {
	/** Share of samples that are answered: 1/n … 1. */
	readonly coverage: Float64Array;
	/** Mean loss of those. */
	readonly risk: Float64Array;
	/** Mean risk over all coverages (AURC); lower is better, NaN without samples. */
	readonly area: number;
}

/**
 * The curve of losses (1 for a wrong answer and 0 for a right one, or a distance in classes) and certainties. Samples of equal
 * certainty come in no order: each counts with their mean loss.
 */
export function riskCoverage(losses: ArrayLike<number>, certainties: ArrayLike<number>): RiskCoverage {
	const n = losses.length;
	const order = ascendingOrder(certainties).reverse();
	const risk = new Float64Array(n);
	let sum = 0;
	for (let start = 0; start < n; ) {
		let end = start;
		let own = 0;
		while (end < n && certainties[order[end]!] === certainties[order[start]!]) own += losses[order[end++]!]!;
		for (let i = start; i < end; i++) risk[i] = (sum + (own * (i + 1 - start)) / (end - start)) / (i + 1);
		sum += own;
		start = end;
	}
	return {
		coverage: Float64Array.from({ length: n }, (_, i) => (i + 1) / n),
		risk,
		area: risk.reduce((total, own) => total + own, 0) / n,
	};
}
