/**
 * Comparing map values, whichever way the model's scores point.
 * @module
 */
import type { FocusMap } from '../map/focus-map.ts';

/** True when `value` is at least as blurry as `threshold`. NaN never is. */
export function isAtLeast(value: number, threshold: number, higherMeans: FocusMap['higherMeans']): boolean {
	return higherMeans === 'blurrier' ? value >= threshold : value <= threshold;
}
