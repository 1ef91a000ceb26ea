import type { FocusModel } from '@parfocal/core';
import { expect, test } from 'vitest';
import { exampleCalibration } from '../../../core/src/calibration/testing/example.ts';
import { fakeModel } from '../../../core/src/map/testing/fake-slide.ts';
import { formatScores, scoreLine } from './model-table.ts';

const model: FocusModel = fakeModel();
const calibration = await exampleCalibration();
const scored = [
	{ file: 'a.png', score: 2 },
	{ file: 'b.png', score: 15 },
	{ file: 'c.png', score: 7 },
	{ file: 'd.png', score: 8 },
];

test('blurriest first, with unit and direction', () => {
	const by = { method: 'focuslitenn', model, calibration: undefined };
	expect(formatScores(scored, by)).toBe(
		'15  b.png\n 8  d.png\n 7  c.png\n 2  a.png\nmodel fake, unit blurRadiusPx, higher means blurrier\n',
	);
	const sharper = { ...by, model: fakeModel({ higherMeans: 'sharper' }) };
	expect(formatScores(scored, sharper).match(/\w\.png/g)).toEqual(['a.png', 'c.png', 'd.png', 'b.png']);
});

test('with a calibration: its value, a judgement, and a question mark within the interval', () => {
	const by = { method: 'focuslitenn', model, calibration };
	expect(formatScores(scored, by).split('\n').slice(0, 4)).toEqual([
		'15    5  out of focus   b.png',
		' 8  1.6  out of focus?  d.png',
		' 7  1.4  in focus?      c.png',
		' 2  0.4  in focus       a.png',
	]);
	expect(formatScores(scored, by)).toContain(
		`second column by calibration scanner 3 ${calibration.sha256.slice(0, 12)}, unit defocusUm`,
	);
});

test('crops are counted', () => {
	const crops = Float32Array.of(1, 2, 3);
	const by = { method: 'focuslitenn', model, calibration };
	expect(formatScores([{ file: 'a.png', score: 2, crops }], by)).toMatch(/^2 +0\.4 +in focus +3 crops +a\.png\n/);
});

test('JSON lines hold what scored, and what the calibration says only where there is one', () => {
	const by = { method: 'focuslitenn', model };
	const plain = {
		file: 'a.png',
		method: 'focuslitenn',
		model: 'fake',
		score: 2,
		higherMeans: 'blurrier',
		unit: 'blurRadiusPx',
	};
	expect(JSON.parse(scoreLine(scored[0]!, { ...by, calibration: undefined }))).toEqual(plain);
	expect(JSON.parse(scoreLine({ ...scored[0]!, crops: Float32Array.of(2) }, { ...by, calibration }))).toEqual({
		...plain,
		crops: [2],
		calibrated: { value: 0.4, outOfFocus: false, uncertain: false, unit: 'defocusUm' },
		calibration: { name: 'scanner 3', sha256: calibration.sha256 },
	});
});
