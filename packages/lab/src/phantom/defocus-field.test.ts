import { expect, test } from 'vitest';
import { defocusField } from './defocus-field.ts';
import type { DefocusPatch, DefocusTilt } from './plan.ts';

const patch: DefocusPatch = {
	kind: 'patch',
	x: 1000,
	y: 500,
	radiusXPx: 200,
	radiusYPx: 100,
	plateau: 0.5,
	defocusUm: 4,
};
const tilt: DefocusTilt = {
	kind: 'tilt',
	x: 2000,
	y: 0,
	widthPx: 1000,
	heightPx: 500,
	along: 'x',
	edge: 0.04,
	defocusUm: 6,
};

test('in focus where there is nothing', () => {
	expect(defocusField([])(10, 10)).toBe(0);
	expect(defocusField([patch, tilt])(100, 100)).toBe(0);
});

test('a patch is full on its plateau, half way down in the middle of its edge, 0 at its rim', () => {
	const field = defocusField([patch]);
	expect(field(1000, 500)).toBe(4);
	expect(field(1099, 500)).toBe(4);
	expect(field(1150, 500)).toBeCloseTo(2, 10);
	expect(field(1000, 575)).toBeCloseTo(2, 10);
	expect(field(1200, 500)).toBe(0);
	expect(field(1000, 601)).toBe(0);
});

test('a tilt grows linearly between its edges', () => {
	const field = defocusField([tilt]);
	for (const share of [0.1, 0.35, 0.6, 0.9]) expect(field(2000 + 1000 * share, 250)).toBeCloseTo(6 * share, 10);
	expect(field(2000, 250)).toBe(0);
	expect(field(3000, 250)).toBe(0);
	expect(field(2500, 0)).toBe(0);
	const down = defocusField([{ ...tilt, along: 'y' }]);
	expect(down(2500, 250)).toBeCloseTo(3, 10);
});

test('the field has no jumps', () => {
	const field = defocusField([patch, tilt]);
	for (let x = 700; x < 3100; x += 0.5) {
		expect(Math.abs(field(x + 0.5, 470) - field(x, 470))).toBeLessThan(0.12);
	}
});

test('where two meet the stronger counts', () => {
	const weak = { ...patch, defocusUm: 1, radiusXPx: 400, radiusYPx: 400 };
	expect(defocusField([weak, patch])(1000, 500)).toBe(4);
	expect(defocusField([patch, weak])(1000, 650)).toBe(1);
});
