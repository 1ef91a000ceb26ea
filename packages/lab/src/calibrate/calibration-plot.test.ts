import { expect, test } from 'vitest';
import { calibrationPlot } from './calibration-plot.ts';
import { fitCalibration } from './fit-calibration.ts';
import { simulatedRequest, simulatedSamples } from './testing/simulated-samples.ts';

const samples = simulatedSamples(40, 6);
const calibration = await fitCalibration(samples, simulatedRequest({ name: 'A & B <3>' }));
const svg = calibrationPlot(calibration, samples);

test('shows a mark a tile, the curve, the threshold and its interval, with words', () => {
	for (const words of ['tiles', 'curve', 'threshold', '95 % interval', 'score of simulated', 'defocus, µm']) {
		expect(svg).toContain(words);
	}
	const marks = /<path d="([^"]*)"[^>]*><title>tiles<\/title>/.exec(svg)![1]!;
	expect(marks.match(/M/g)).toHaveLength(samples.length);
	const curve = /<path d="([^"]*)"[^>]*><title>curve<\/title>/.exec(svg)![1]!;
	// Flat from the first tile and to the last.
	expect(curve.match(/[ML]/g)).toHaveLength(calibration.curve.raw.length + 2);
	const interval = /<path d="([^"]*)"[^>]*><title>95 % interval<\/title>/.exec(svg)![1]!;
	expect(interval.match(/M/g)).toHaveLength(2);
});

test('names are text, not markup', () => {
	expect(svg).toContain('Calibration A &amp; B &lt;3&gt;');
	expect(svg).not.toContain('<3>');
});

test('the same calibration gives the same text', () => {
	expect(calibrationPlot(calibration, samples)).toBe(svg);
});
