import type { RectPx } from '@parfocal/core';
import { expect, test } from 'vitest';
import { drawSpecks, type Speck, specksIn } from './dust.ts';
import { createGrains } from './grain.ts';
import type { Densities } from './nuclei.ts';

const grains = createGrains(1, 0.25);
const speck: Speck = { x: 100, y: 200, radius: 5, density: 0.8 };

function empty(rect: RectPx): Densities {
	const size = rect.widthPx * rect.heightPx;
	return { rect, haematoxylin: new Float32Array(size), eosin: new Float32Array(size) };
}

function sum(values: Float32Array): number {
	return values.reduce((total, value) => total + value, 0);
}

test('a few specks on a square centimetre, of some µm', () => {
	const specks = specksIn({ x: 0, y: 0, widthPx: 40_000, heightPx: 40_000 }, 1, 0.25);
	const perMm2 = specks.length / 100;
	expect(perMm2).toBeGreaterThan(0.5);
	expect(perMm2).toBeLessThan(4);
	for (const { radius, density } of specks) {
		expect(radius).toBeGreaterThan(1);
		expect(radius).toBeLessThan(6);
		expect(density).toBeGreaterThan(0.4);
	}
});

test('specks that reach in from outside are found, and none from afar', () => {
	const all = specksIn({ x: 0, y: 0, widthPx: 20_000, heightPx: 20_000 }, 2, 0.25);
	const { x, y } = all[3]!;
	const beside: RectPx = { x: Math.round(x / 0.25) + 8, y: Math.round(y / 0.25) - 10, widthPx: 20, heightPx: 20 };
	expect(specksIn(beside, 2, 0.25)).toContainEqual(all[3]);
	expect(specksIn({ ...beside, x: beside.x + 400 }, 2, 0.25)).not.toContainEqual(all[3]);
});

test('another seed, other dust', () => {
	const rect = { x: 0, y: 0, widthPx: 20_000, heightPx: 20_000 };
	expect(specksIn(rect, 1, 0.25)).toEqual(specksIn(rect, 1, 0.25));
	expect(specksIn(rect, 1, 0.25)).not.toEqual(specksIn(rect, 2, 0.25));
});

test('a speck darkens a blob of about its size, and adds to what is there', () => {
	const target = empty({ x: 300, y: 700, widthPx: 200, heightPx: 200 });
	target.eosin.fill(0.25);
	drawSpecks(target, [speck], grains, 0.25);
	const areaUm2 = target.haematoxylin.filter((value) => value > 0).length * 0.25 ** 2;
	expect(areaUm2).toBeGreaterThan(0.5 * Math.PI * 25);
	expect(areaUm2).toBeLessThan(1.5 * Math.PI * 25);
	const centre = 100 * 200 + 100;
	expect(target.haematoxylin[centre]).toBeCloseTo(0.8, 5);
	expect(target.eosin[centre]).toBeCloseTo(0.65, 5);
	expect(target.eosin[0]).toBe(0.25);
});

test('none, and one that lies elsewhere, change nothing', () => {
	const target = empty({ x: 0, y: 0, widthPx: 50, heightPx: 50 });
	drawSpecks(target, [], grains, 0.25);
	drawSpecks(target, [speck], grains, 0.25);
	expect(sum(target.haematoxylin)).toBe(0);
});

test('does not depend on the cut', () => {
	const whole = empty({ x: 300, y: 700, widthPx: 200, heightPx: 200 });
	drawSpecks(whole, [speck], grains, 0.25);
	const pieces = [0, 1, 2, 3].map((i) =>
		empty({ x: 300 + 100 * (i % 2), y: 700 + 100 * Math.floor(i / 2), widthPx: 100, heightPx: 100 }),
	);
	for (const piece of pieces) drawSpecks(piece, [speck], grains, 0.25);
	const total = pieces.reduce((all, piece) => all + sum(piece.haematoxylin), 0);
	expect(total).toBeCloseTo(sum(whole.haematoxylin), 3);
	expect(sum(pieces[0]!.haematoxylin)).toBeGreaterThan(0);
	expect(sum(pieces[3]!.haematoxylin)).toBeGreaterThan(0);
});
