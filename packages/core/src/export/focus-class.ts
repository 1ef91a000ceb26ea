/**
 * Sorting map values by a policy's thresholds, whichever way the model's scores point.
 * @module
 */
import type { FocusMap } from '../map/focus-map.ts';
import type { BlurThresholds } from '../verdict/policy.ts';

/** Classes of assessable tissue: `FOCUS_CLASSES[focusClass(…)]`. */
export const FOCUS_CLASSES = ['sharp', 'slight', 'clear', 'strong'] as const;

/** True when `value` is at least as blurry as `threshold`. NaN never is. */
export function isAtLeast(value: number, threshold: number, higherMeans: FocusMap['higherMeans']): boolean {
	return higherMeans === 'blurrier' ? value >= threshold : value <= threshold;
}

/** Index into `FOCUS_CLASSES` of an assessable place's value. */
export function focusClass(value: number, thresholds: BlurThresholds, higherMeans: FocusMap['higherMeans']): number {
	if (isAtLeast(value, thresholds.strong, higherMeans)) return 3;
	if (isAtLeast(value, thresholds.clear, higherMeans)) return 2;
	return isAtLeast(value, thresholds.slight, higherMeans) ? 1 : 0;
}
