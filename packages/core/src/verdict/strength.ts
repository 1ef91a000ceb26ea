/**
 * How blurry a map value is, by a policy's thresholds and in the direction of the model.
 * @module
 */
import type { FocusMap } from '../map/focus-map.ts';
import { VALIDITY } from '../map/focus-map.ts';
import type { BlurThresholds } from './policy.ts';

/** Strengths of blur, weakest first. */
export const STRENGTHS: readonly (keyof BlurThresholds)[] = ['slight', 'clear', 'strong'];

/** True when `value` is at least as blurry as `threshold`, whichever way the scores point. NaN never is. */
export function isAtLeast(value: number, threshold: number, higherMeans: FocusMap['higherMeans']): boolean {
	return higherMeans === 'blurrier' ? value >= threshold : value <= threshold;
}

/** The strength of one value; undefined when it is in focus (NaN is). */
export function strengthOf(
	value: number,
	thresholds: BlurThresholds,
	higherMeans: FocusMap['higherMeans'],
): keyof BlurThresholds | undefined {
	return STRENGTHS.findLast((strength) => isAtLeast(value, thresholds[strength], higherMeans));
}

/** For each place of a map how far it is beyond `slight`, as a code: 0 in focus or no value, 1 slight, 2 clear, 3 strong. */
export function strengthCodes({ values, validity, higherMeans }: FocusMap, thresholds: BlurThresholds): Uint8Array {
	const codes = new Uint8Array(values.length);
	const sign = higherMeans === 'blurrier' ? 1 : -1;
	const [slight, clear, strong] = STRENGTHS.map((strength) => sign * thresholds[strength]) as [number, number, number];
	for (let i = 0; i < codes.length; i++) {
		const value = sign * values[i]!;
		if (validity[i] !== VALIDITY.assessable || !(value >= slight)) continue;
		codes[i] = value >= strong ? 3 : value >= clear ? 2 : 1;
	}
	return codes;
}
