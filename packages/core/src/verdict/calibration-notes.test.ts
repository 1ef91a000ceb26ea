import { expect, test } from 'vitest';
import { calibrationNotes } from './calibration-notes.ts';

const THRESHOLDS = { slight: 1.5, clear: 2.5, strong: 5 };
const calibration = { name: 'scanner 3', mpp: 0.25, curve: { raw: [0, 1], value: [0, 6] } };
const ending = (end: number) => ({ ...calibration, curve: { raw: [0, 1], value: [0, end] } });

test('a fitting calibration needs no words', () => {
	expect(calibrationNotes(calibration, 0.25, THRESHOLDS)).toEqual([]);
	expect(calibrationNotes(calibration, 0.2749, THRESHOLDS)).toEqual([]);
	expect(calibrationNotes(calibration, undefined, THRESHOLDS)).toEqual([]);
	expect(calibrationNotes(ending(0.1), 0.25, undefined)).toEqual([]);
});

test('pixels of another size are remarked on, where both are known', () => {
	const [note, ...others] = calibrationNotes(calibration, 0.5, THRESHOLDS);
	expect(others).toEqual([]);
	expect(note).toEqual({
		code: 'mpp-outside-calibration',
		leadsTo: 'note',
		sentence:
			'The pixels of this slide, 0.5 µm, are not those that scanner 3 was made for (0.25 µm): take its values with care.',
	});
	const { mpp, ...unknown } = calibration;
	expect(mpp).toBe(0.25);
	expect(calibrationNotes(unknown, 0.5, THRESHOLDS)).toEqual([]);
});

test.each([
	[4.9, 'strongly out of focus (from 5)', 'note'],
	[2, 'clearly out of focus (from 2.5)', 'note'],
	[1.4, 'slightly out of focus (from 1.5)', 'not-assessable'],
])('a curve that ends at %d cannot reach %s', (end, words, leadsTo) => {
	const [note] = calibrationNotes(ending(end), 0.25, THRESHOLDS);
	expect(note).toMatchObject({ code: 'calibration-ends-early', leadsTo });
	expect(note!.sentence).toBe(
		`The calibration scanner 3 ends at ${end}, so nothing can count as ${words}: calibrate with blurrier tiles.`,
	);
});

test('of a model whose scores fall with blur the other end counts', () => {
	const falling = { ...calibration, curve: { raw: [0, 1], value: [6, 0] } };
	expect(calibrationNotes(falling, 0.25, THRESHOLDS)).toEqual([]);
});
