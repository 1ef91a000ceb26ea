import { expect, test } from 'vitest';
import { exampleCalibration } from '../../../core/src/calibration/testing/example.ts';
import { calibrationWords } from './calibration-words.ts';

test('identity, agreement, threshold with its interval, the curve at seven scores, warnings', async () => {
	const calibration = await exampleCalibration();
	expect(calibrationWords(calibration).replace(calibration.sha256.slice(0, 12), '0123456789ab')).toMatchInlineSnapshot(`
		"calibration     scanner 3 0123456789ab
		model           fake, fast mode
		tiles           50 in 10 groups
		Spearman        0.90 (0.80 to 0.95)
		out of focus    score 7.5 or more (6 to 9): defocus, µm 1.5 (1.2 to 1.8)
		on these tiles  finds 90 % of those out of focus, passes 80 % of the others

		score        0   3.33  6.67  10  13.3  16.7  20
		defocus, µm  0  0.667  1.33   2     4     6   8

		beware: It is made up.
		"
	`);
});

test('of a model whose scores fall with blur the threshold is an upper one, and values still rise to the right of "to"', async () => {
	const { model, threshold } = await exampleCalibration();
	const falling = await exampleCalibration({
		model: { ...model, higherMeans: 'sharper' },
		curve: { raw: [0, 10, 20], value: [8, 2, 0] },
		threshold: { ...threshold, value: 3.5 },
		warnings: [],
	});
	const words = calibrationWords(falling);
	expect(words).toContain('score 7.5 or less (6 to 9): defocus, µm 3.5 (2.6 to 4.4)\n');
	expect(words).not.toContain('beware');
});

test('units and single tiles', async () => {
	const classes = await exampleCalibration({ unit: 'score', samples: { count: 12, drawn: 12 } });
	expect(calibrationWords(classes)).toMatch(/^tiles +12$/m);
	expect(calibrationWords(classes)).toMatch(/^share out of focus +0 /m);
	const steps = await exampleCalibration({ unit: 'zLevel' });
	expect(calibrationWords(steps)).toMatch(/^steps from focus +0 /m);
});
