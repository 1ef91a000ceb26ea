/**
 * Losses of a batch, each with its gradient with respect to the predictions.
 * @module
 */

/** A loss and its gradient. */
export interface Loss {
	readonly value: number;
	readonly gradient: Float64Array;
}

/** 1 - Pearson's correlation, the published loss; a small constant keeps a constant prediction from dividing by zero. */
export function plccLoss(predictions: Float64Array, targets: Float64Array): Loss {
	const n = predictions.length;
	const meanP = predictions.reduce((a, b) => a + b) / n;
	const meanT = targets.reduce((a, b) => a + b) / n;
	let pt = 0;
	let pp = 1e-12;
	let tt = 1e-12;
	for (let i = 0; i < n; i++) {
		const p = predictions[i]! - meanP;
		const t = targets[i]! - meanT;
		pt += p * t;
		pp += p * p;
		tt += t * t;
	}
	const scale = 1 / Math.sqrt(pp * tt);
	const gradient = predictions.map((p, i) => -(targets[i]! - meanT - (pt / pp) * (p - meanP)) * scale);
	return { value: 1 - pt * scale, gradient };
}

/** Mean Huber loss: squares below `delta`, straight beyond. */
export function huberLoss(predictions: Float64Array, targets: Float64Array, delta = 0.5): Loss {
	const n = predictions.length;
	let value = 0;
	const gradient = predictions.map((p, i) => {
		const e = p - targets[i]!;
		value += (Math.abs(e) <= delta ? (e * e) / 2 : delta * (Math.abs(e) - delta / 2)) / n;
		return Math.min(delta, Math.max(-delta, e)) / n;
	});
	return { value, gradient };
}

/**
 * Same-field ranking: of two crops of one view the blurrier must score higher, by `share` of the difference of their
 * targets; mean of the squared shortfall over pairs.
 */
export function rankingLoss(
	predictions: Float64Array,
	targets: Float64Array,
	views: ArrayLike<number>,
	share = 0.7,
): Loss {
	const n = predictions.length;
	const gradient = new Float64Array(n);
	let value = 0;
	let pairs = 0;
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < n; j++) {
			if (views[i] !== views[j] || targets[i]! <= targets[j]!) continue;
			pairs++;
			const shortfall = share * (targets[i]! - targets[j]!) - (predictions[i]! - predictions[j]!);
			if (shortfall <= 0) continue;
			value += shortfall * shortfall;
			gradient[i] = gradient[i]! - 2 * shortfall;
			gradient[j] = gradient[j]! + 2 * shortfall;
		}
	}
	return pairs === 0 ? { value: 0, gradient } : { value: value / pairs, gradient: gradient.map((g) => g / pairs) };
}
