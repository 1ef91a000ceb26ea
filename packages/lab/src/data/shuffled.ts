/**
 * Random orders.
 * @module
 */
import { seededRandom } from '../simulate/random.ts';

/** The values in an order that `seed` and `name` decide (Fisher and Yates). */
export function shuffled<T>(values: Iterable<T>, seed: number, name: string): T[] {
	const random = seededRandom(seed).fork(name);
	const order = [...values];
	for (let i = order.length - 1; i > 0; i--) {
		const other = random.below(i + 1);
		[order[i], order[other]] = [order[other]!, order[i]!];
	}
	return order;
}
