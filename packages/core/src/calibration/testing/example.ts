/**
 * A made-up calibration, for the tests of everything that reads one.
 * @module
 */
import { type Calibration, type CalibrationContent, identifyCalibration } from '../calibration.ts';

/** A calibration of `fakeModel`-like scores to micrometres: three points, a threshold in their middle. */
export function exampleCalibration(changes: Partial<CalibrationContent> = {}): Promise<Calibration> {
	return identifyCalibration({
		schema: 'parfocal-calibration-1',
		name: 'scanner 3',
		model: { name: 'fake', sha256: 'f'.repeat(64), mode: 'fast', higherMeans: 'blurrier' },
		mpp: 0.25,
		source: 'labels',
		unit: 'defocusUm',
		curve: { raw: [0, 10, 20], value: [0, 2, 8] },
		threshold: {
			limit: 1.5,
			target: 'youden',
			score: 7.5,
			low: 6,
			high: 9,
			value: 1.5,
			confidence: 0.95,
			draws: 2000,
			sensitivity: 0.9,
			specificity: 0.8,
		},
		samples: { count: 50, drawn: 10 },
		agreement: { spearman: 0.9, low: 0.8, high: 0.95 },
		method: 'Made up.',
		warnings: ['It is made up.'],
		...changes,
	});
}
