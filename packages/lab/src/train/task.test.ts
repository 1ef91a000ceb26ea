import { expect, test } from 'vitest';
import type { PatchSet } from '../data/sets/patch-set.ts';
import { completeSettings, type GivenSettings } from './settings.ts';
import { createTask } from './task.ts';

/** Five slides with each z from -3 to 3. */
const set: PatchSet = {
	kind: 'focuspath-like',
	root: '/nowhere',
	patches: Array.from({ length: 35 }, (_, i) => {
		const zLevel = (i % 7) - 3;
		const slide = `s${Math.floor(i / 7)}`;
		return { path: `${i}.png`, label: Math.abs(zLevel), zLevel, group: { slide, position: slide } };
	}),
	classes: ['0', '1', '2', '3'],
	notes: ['Drawn.'],
};
const taskOf = (given: Partial<GivenSettings>, own: PatchSet = set) =>
	createTask(completeSettings({ network: 'focuslitenn_energy', inputPx: 64, ...given }), own);

test('a value is learned as the distance from focus in planes', () => {
	const task = taskOf({ loss: 'mse' });
	expect([...task.targets.slice(0, 7)]).toEqual([3, 2, 1, 0, 1, 2, 3]);
	expect([task.classes, task.outputs]).toEqual([1, 1]);
	expect(task.notes).toEqual(['Drawn.']);
	expect(task.specs.at(-1)!.shape).toEqual([1]);
});

test('classes are those of the set, or fewer with the last open', () => {
	const all = taskOf({ loss: 'oe' });
	expect([all.classes, all.outputs]).toEqual([4, 3]);
	const fewer = taskOf({ loss: 'ce', classes: 3 });
	expect([...fewer.targets.slice(0, 7)]).toEqual([2, 2, 1, 0, 1, 2, 2]);
	expect([fewer.classes, fewer.outputs]).toEqual([3, 3]);
	expect(fewer.set.classes).toEqual(['0', '1', '2 and blurrier']);
	expect(fewer.set.patches[0]).toMatchObject({ label: 2, zLevel: -3 });
	expect(taskOf({ loss: 'ce', classes: 4 }).set).toBe(set);
	for (const classes of [1, 5]) {
		expect(() => taskOf({ loss: 'ce', classes })).toThrow(`from 2 to 4 can be told apart, not ${classes}`);
	}
});

test('lambda reaches the loss, and is refused where there is none', () => {
	expect(taskOf({ loss: 'co2', lambda: 5 }).loss.lambda).toBe(5);
	expect(() => taskOf({ loss: 'oe', lambda: 5 })).toThrow(/no penalty/);
	expect(() => taskOf({ loss: 'huber' })).toThrow(/There is no loss "huber"/);
});

test('whole slides go to one side, decided by the seed', () => {
	const slides = (indices: readonly number[]) => new Set(indices.map((index) => set.patches[index]!.group.slide));
	const { split } = taskOf({ loss: 'oe', seed: 3 });
	expect(slides([...split.train, ...split.test]).size).toBe(slides(split.train).size + slides(split.test).size);
	expect(taskOf({ loss: 'oe', seed: 3 }).split).toEqual(split);
	const others = [4, 5, 6].map((seed) => taskOf({ loss: 'oe', seed }).split.test.join());
	expect(others.some((other) => other !== split.test.join())).toBe(true);
});

test('class weights need a loss of classes', () => {
	expect(taskOf({ loss: 'oe', classWeights: 'inverse-frequency' }).loss.name).toBe('oe');
	expect(() => taskOf({ loss: 'mse', classWeights: 'inverse-frequency' })).toThrow(/no classes that could be weighted/);
});
