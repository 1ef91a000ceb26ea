/**
 * Simulated tiles whose truth is known, without pictures.
 * @module
 */
import { seededRandom } from '../../simulate/random.ts';
import type { CalibrationRequest, CalibrationSample } from '../fit-calibration.ts';

/** A model's description for calibrations. */
export const SIMULATED_MODEL: CalibrationRequest['model'] = {
	name: 'simulated',
	sha256: 'a'.repeat(64),
	higherMeans: 'blurrier',
};

/** What to fit simulated tiles to. */
export function simulatedRequest(changes: Partial<CalibrationRequest> = {}): CalibrationRequest {
	const request = { name: 'simulated', mode: 'fast', source: 'labels', unit: 'defocusUm', limit: 1.5 } as const;
	return { model: SIMULATED_MODEL, mpp: 0.25, draws: 200, ...request, ...changes };
}

/** The score without noise of a defocus. */
export function simulatedScore(defocusUm: number): number {
	return Math.log1p(defocusUm);
}

/** Tiles with labels of 0 to 6 µm, more of them small, and noise of that deviation on their scores. */
export function simulatedSamples(count: number, seed: number, noise = 0.1): CalibrationSample[] {
	const random = seededRandom(seed);
	return Array.from({ length: count }, () => {
		const label = random.uniform() ** 1.3 * 6;
		return { label, score: simulatedScore(label) + noise * random.normal() };
	});
}
