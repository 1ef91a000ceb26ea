import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	afterEpoch,
	REDUCE_ON_PLATEAU,
	type Schedule,
	type ScheduleState,
	STEP_DECAY,
	scheduleInWords,
	scheduleStart,
} from './schedule.ts';

/** Rates of the epochs that begin after each loss. */
function rates(schedule: Schedule, losses: readonly number[], rate = 1): number[] {
	let state = scheduleStart(rate);
	return losses.map((trainingLoss) => {
		state = afterEpoch(schedule, state, { trainingLoss });
		return state.rate;
	});
}

test('constant stays', () => {
	expect(rates({ kind: 'constant' }, [3, 2, 1])).toEqual([1, 1, 1]);
});

test('steps come every so many epochs, as PyTorch counts them', () => {
	const all = rates({ kind: 'step', everyEpochs: 2, factor: 0.5 }, [1, 1, 1, 1, 1]);
	expect(all).toEqual([1, 0.5, 0.5, 0.25, 0.25]);
	const published = rates(STEP_DECAY, new Array(120).fill(1), 0.01);
	expect(published[58]).toBe(0.01);
	expect(published[59]).toBeCloseTo(0.001, 12);
	expect(published[118]).toBeCloseTo(0.001, 12);
});

describe('plateau', () => {
	test('eleven epochs without progress are one more than the patience', () => {
		const all = rates(REDUCE_ON_PLATEAU, new Array(30).fill(1));
		expect(all.slice(0, 11)).toEqual(new Array(11).fill(1));
		expect(all[11]).toBeCloseTo(0.1);
		expect(all[21]).toBeCloseTo(0.1);
		expect(all[22]).toBeCloseTo(0.01);
	});

	test('progress is more than a ten-thousandth; less is none', () => {
		const schedule: Schedule = { ...REDUCE_ON_PLATEAU, patience: 1 } as Schedule;
		expect(rates(schedule, [1, 0.99995, 0.99995])[2]).toBeCloseTo(0.1);
		expect(rates(schedule, [1, 0.9998, 0.9996])[2]).toBe(1);
	});

	test('negative losses count the same way', () => {
		const schedule: Schedule = { ...REDUCE_ON_PLATEAU, patience: 1 } as Schedule;
		expect(rates(schedule, [-0.9, -0.9, -0.9])[2]).toBeCloseTo(0.1);
		expect(rates(schedule, [-0.9, -0.91, -0.92])[2]).toBe(1);
	});

	test('a change too small to matter is none', () => {
		const schedule: Schedule = { ...REDUCE_ON_PLATEAU, patience: 0 } as Schedule;
		expect(rates(schedule, [1, 1, 1], 1e-8)).toEqual([1e-8, 1e-8, 1e-8]);
	});

	test('watches the validation side if told, and says so when there is none', () => {
		const schedule: Schedule = { ...REDUCE_ON_PLATEAU, patience: 0, watch: 'validation' } as Schedule;
		let state: ScheduleState = scheduleStart(1);
		for (const validationError of [0.5, 0.4]) state = afterEpoch(schedule, state, { trainingLoss: 9, validationError });
		expect(state.rate).toBe(1);
		state = afterEpoch(schedule, state, { trainingLoss: 1, validationError: 0.4 });
		expect(state.rate).toBeCloseTo(0.1);
		expect(() => afterEpoch(schedule, state, { trainingLoss: 1 })).toThrow(/watches the validation side/);
	});
});

test('a state that went through JSON goes on the same', () => {
	fc.assert(
		fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 40 }), fc.nat(40), (losses, cut) => {
			const schedule: Schedule = { ...REDUCE_ON_PLATEAU, patience: 2 } as Schedule;
			let [one, other] = [scheduleStart(0.1), scheduleStart(0.1)];
			for (const [i, trainingLoss] of losses.entries()) {
				if (i === cut) other = JSON.parse(JSON.stringify(other)) as ScheduleState;
				one = afterEpoch(schedule, one, { trainingLoss });
				other = afterEpoch(schedule, other, { trainingLoss });
				expect(one.rate).toBeLessThanOrEqual(0.1);
			}
			expect(other).toEqual(one);
			expect(one.epochs).toBe(losses.length);
		}),
	);
});

test('has words', () => {
	expect([STEP_DECAY, REDUCE_ON_PLATEAU, { kind: 'constant' } as const].map(scheduleInWords)).toEqual([
		'times 0.1 every 60 epochs',
		'times 0.1 when the training loss has not improved for 10 epochs',
		'constant',
	]);
});
