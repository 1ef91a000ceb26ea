/**
 * Adam with bias correction (Kingma and Ba, ICLR 2015, algorithm 1).
 * @module
 */

/** Steps one list of parameters. */
export interface Adam {
	/** Moves `parameters` against `gradient`, in place. */
	step(parameters: Float64Array, gradient: Float64Array, learningRate: number): void;
}

/** State for `length` parameters. */
export function createAdam(length: number, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8): Adam {
	const first = new Float64Array(length);
	const second = new Float64Array(length);
	let t = 0;
	return {
		step(parameters, gradient, learningRate) {
			t++;
			const correct1 = 1 - beta1 ** t;
			const correct2 = 1 - beta2 ** t;
			for (let i = 0; i < length; i++) {
				const g = gradient[i]!;
				first[i] = beta1 * first[i]! + (1 - beta1) * g;
				second[i] = beta2 * second[i]! + (1 - beta2) * g * g;
				const move = (learningRate * (first[i]! / correct1)) / (Math.sqrt(second[i]! / correct2) + epsilon);
				parameters[i] = parameters[i]! - move;
			}
		},
	};
}
