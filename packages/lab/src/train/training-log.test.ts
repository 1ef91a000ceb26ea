import { expect, test } from 'vitest';
import type { EpochRow } from './fit-network.ts';
import { trainingCurve, trainingLog } from './training-log.ts';

const classes: EpochRow[] = [
	{
		epoch: 1,
		trainingLoss: 1 / 3,
		learningRate: 1e-4,
		msPerStep: 12.3456,
		validation: {
			patches: 9,
			srcc: 0.5,
			plcc: null,
			mae: 1,
			accuracy: 0.25,
			balancedAccuracy: 0.2,
			withinOne: 0.5,
			tauB: null,
		},
	},
	{
		epoch: 2,
		trainingLoss: 0.25,
		learningRate: 1e-4,
		msPerStep: 10,
		validation: {
			patches: 9,
			srcc: 0.6,
			plcc: 0.7,
			mae: 0.5,
			accuracy: 0.5,
			balancedAccuracy: 0.4,
			withinOne: 1,
			tauB: 0.3,
		},
	},
];
const values: EpochRow[] = [{ epoch: 1, trainingLoss: -0.5, learningRate: 0.01, msPerStep: 2 }];

test('a line an epoch, every digit, nothing where there is nothing', () => {
	const [head, first, second, ...rest] = trainingLog(classes).split('\n');
	expect(head).toBe(
		'epoch,learning_rate,training_loss,validation_srcc,validation_plcc,validation_mae,validation_accuracy,validation_balanced_accuracy,validation_within_one,validation_tau_b,ms_per_step',
	);
	expect(first).toBe('1,0.0001,0.3333333333333333,0.5,,1,0.25,0.2,0.5,,12.35');
	expect(Number(first!.split(',')[2])).toBe(1 / 3);
	expect(second!.split(',')).toHaveLength(head!.split(',').length);
	expect(rest).toEqual(['']);
	expect(trainingLog(values)).toMatch(/\n1,0.01,-0.5,,,,,,,,2\n$/);
	expect(trainingLog([])).toMatch(/ms_per_step\n$/);
});

test('the curve shows the loss, and the figures that there are', () => {
	const svg = trainingCurve('net with oe', classes, 'oe');
	for (const words of ['net with oe', 'training loss (oe)', 'SRCC', 'accuracy', 'tau-b', 'epoch']) {
		expect(svg).toContain(words);
	}
	expect(svg).toContain('from 0.333 to 0.250 in 2 epochs');
	const single = trainingCurve('net with plcc', values, 'plcc');
	expect(single).not.toContain('accuracy');
	expect(single).not.toContain('>validation<');
	expect(single.match(/<g /g)).toHaveLength(1);
	expect(trainingCurve('t', [], 'plcc')).toContain('No epoch is over yet.');
});
