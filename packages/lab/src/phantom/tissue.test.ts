import type { RectPx } from '@parfocal/core';
import { expect, test } from 'vitest';
import { type Anatomy, anatomyFields, field } from './anatomy.ts';
import { createGrains } from './grain.ts';
import { sampleLattice } from './lattice.ts';
import type { Densities } from './nuclei.ts';
import { drawTissue } from './tissue.ts';

const mpp = 0.25;
const grains = createGrains(3, mpp);
const rect: RectPx = { x: 4000, y: 1200, widthPx: 320, heightPx: 256 };

type Fields = Partial<Record<(typeof anatomyFields)[number], number | ((xUm: number, yUm: number) => number)>>;

/** Tissue with given fields; fibres run along x, everything not given is absent. */
function anatomyOf(fields: Fields): Anatomy {
	const all: Fields = { inside: 50, nest: -30, cleft: -1, fat: -1, mucus: -1, lymph: -1, stain: 1, ...fields };
	return (x, y, out, at) => {
		for (const [f, name] of anatomyFields.entries()) {
			const value = all[name] ?? 0;
			out[at + f] = typeof value === 'number' ? value : value(x, y);
		}
		out[at + field.across] = y;
		out[at + field.along] = x;
	};
}

function draw(fields: Fields, where: RectPx = rect): Densities | undefined {
	const anatomy = anatomyOf(fields);
	return drawTissue({ anatomy, grains, seed: 3, mpp }, where, sampleLattice(anatomy, where, mpp));
}

function statistics(values: ArrayLike<number>): { mean: number; deviation: number; lowest: number; highest: number } {
	let sum = 0;
	let squares = 0;
	let lowest = Number.POSITIVE_INFINITY;
	let highest = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < values.length; i++) {
		const value = values[i]!;
		sum += value;
		squares += value * value;
		lowest = Math.min(lowest, value);
		highest = Math.max(highest, value);
	}
	const mean = sum / values.length;
	return { mean, deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)), lowest, highest };
}

const kinds: Record<string, Fields> = {
	stroma: {},
	nest: { nest: 30 },
	lymphoid: { lymph: 0.3 },
	fat: { fat: 0.5 },
	mucus: { mucus: 0.5 },
};

test.each(Object.entries(kinds))('%s: densities are finite, never negative, never absurd', (_, fields) => {
	const { haematoxylin, eosin } = draw(fields)!;
	for (const stain of [haematoxylin, eosin]) {
		const { lowest, highest } = statistics(stain);
		expect(lowest).toBeGreaterThanOrEqual(0);
		expect(highest).toBeLessThan(3.5);
		expect(stain.every(Number.isFinite)).toBe(true);
	}
});

test('glass is nothing at all', () => {
	expect(draw({ inside: -20 })).toBeUndefined();
});

test('stroma is pink, nests and lymphoid tissue are blue', () => {
	const ratio = (fields: Fields): number => {
		const { haematoxylin, eosin } = draw(fields)!;
		return statistics(haematoxylin).mean / statistics(eosin).mean;
	};
	expect(ratio(kinds['stroma']!)).toBeLessThan(0.5);
	expect(ratio(kinds['nest']!)).toBeGreaterThan(1);
	expect(ratio(kinds['lymphoid']!)).toBeGreaterThan(ratio(kinds['stroma']!) * 2);
});

test('fibres are fine across and long along', () => {
	const { eosin } = draw({})!;
	const width = rect.widthPx;
	let along = 0;
	let across = 0;
	for (let y = 0; y < rect.heightPx - 4; y++) {
		for (let x = 0; x < width - 4; x++) {
			const here = eosin[y * width + x]!;
			along += Math.abs(eosin[y * width + x + 4]! - here);
			across += Math.abs(eosin[(y + 4) * width + x]! - here);
		}
	}
	expect(across).toBeGreaterThan(1.5 * along);
});

test('fat is empty but for thin membranes', () => {
	const { eosin, haematoxylin } = draw(kinds['fat']!)!;
	const empty = eosin.filter((value) => value < 0.03).length / eosin.length;
	expect(empty).toBeGreaterThan(0.8);
	expect(empty).toBeLessThan(0.999);
	expect(statistics(eosin).highest).toBeGreaterThan(0.1);
	expect(statistics(haematoxylin).mean).toBeLessThan(0.03);
});

test('mucus has no texture', () => {
	const { haematoxylin, eosin } = draw(kinds['mucus']!)!;
	expect(statistics(haematoxylin).mean).toBeGreaterThan(0.08);
	expect(statistics(haematoxylin).deviation).toBeLessThan(1e-4);
	expect(statistics(eosin).deviation).toBeLessThan(1e-4);
});

test('a weaker stain is weaker everywhere but in the nuclei', () => {
	const strong = draw({})!.eosin;
	const weak = draw({ stain: 0.5 })!.eosin;
	const same = strong.filter((value, i) => Math.abs(weak[i]! - 0.5 * value) < 1e-3).length;
	expect(same / strong.length).toBeGreaterThan(0.75);
});

test('a cleft opens between nest and stroma', () => {
	const border = (x: number): number => (x - 1040) * 1;
	const closed = draw({ nest: border })!;
	const open = draw({ nest: border, cleft: 6 })!;
	const column = (densities: Densities, xUm: number): number => {
		const x = Math.round(xUm / mpp) - rect.x;
		let sum = 0;
		for (let y = 0; y < rect.heightPx; y++) sum += densities.eosin[y * rect.widthPx + x]!;
		return sum / rect.heightPx;
	};
	expect(column(open, 1037)).toBeLessThan(0.3 * column(closed, 1037));
	expect(column(open, 1020)).toBeCloseTo(column(closed, 1020), 5);
	expect(column(open, 1048)).toBeCloseTo(column(closed, 1048), 5);
});

test('the outline is frayed: glass on one side, tissue on the other, both in between', () => {
	const { eosin } = draw({ inside: (x) => 1040 - x })!;
	const share = (xUm: number): number => {
		const x = Math.round(xUm / mpp) - rect.x;
		let count = 0;
		for (let y = 0; y < rect.heightPx; y++) if (eosin[y * rect.widthPx + x]! > 0.01) count++;
		return count / rect.heightPx;
	};
	expect(share(1030)).toBeGreaterThan(0.95);
	expect(share(1039.5)).toBeGreaterThan(0.2);
	expect(share(1039.5)).toBeLessThan(0.8);
	expect(share(1046)).toBe(0);
});

test.each(Object.entries(kinds))('%s does not depend on the cut', (_, fields) => {
	const sloping: Fields = { ...fields, inside: (x, y) => 1050 - x + (y - 330) };
	const whole = draw(sloping)!;
	const part: RectPx = { x: 4077, y: 1213, widthPx: 61, heightPx: 45 };
	const piece = draw(sloping, part)!;
	for (let y = 0; y < part.heightPx; y++) {
		for (let x = 0; x < part.widthPx; x++) {
			const there = (part.y - rect.y + y) * rect.widthPx + part.x - rect.x + x;
			expect(piece.haematoxylin[y * part.widthPx + x]).toBe(whole.haematoxylin[there]);
			expect(piece.eosin[y * part.widthPx + x]).toBe(whole.eosin[there]);
		}
	}
});

test('between kinds there is no seam of glass', () => {
	for (const name of ['nest', 'fat', 'mucus'] as const) {
		const { haematoxylin, eosin } = draw({ [name]: (x: number) => (x - 1040) / (name === 'nest' ? 1 : 60) })!;
		const x = 1040 / mpp - rect.x;
		let sum = 0;
		for (let y = 0; y < rect.heightPx; y++) sum += haematoxylin[y * rect.widthPx + x]! + eosin[y * rect.widthPx + x]!;
		expect(sum / rect.heightPx).toBeGreaterThan(0.08);
	}
});
