import { expect, test } from 'vitest';
import type { Anatomy } from './anatomy.ts';
import { kindsIn, placeKinds } from './kinds.ts';
import { FIELD_COUNT, latticeStepPx, sampleLattice } from './lattice.ts';

/** Fields that say where they were asked for. */
const where: Anatomy = (x, y, out, at) => {
	for (let f = 0; f < FIELD_COUNT; f++) out[at + f] = f === 0 ? x : y;
};

test('points lie 4 µm apart or closer, and 4 to 16 px', () => {
	expect([0.1, 0.25, 0.26, 0.5, 1, 2].map(latticeStepPx)).toEqual([16, 16, 8, 8, 4, 4]);
});

test('points lie every 8 px of the slide, one to each side of every pixel', () => {
	const lattice = sampleLattice(where, { x: 13, y: -5, widthPx: 20, heightPx: 9 }, 0.5);
	expect(lattice).toMatchObject({ left: 1, top: -1, columns: 5, rows: 3 });
	const last = (lattice.columns * lattice.rows - 1) * FIELD_COUNT;
	expect([lattice.data[0], lattice.data[1]]).toEqual([4, -4]);
	expect([lattice.data[last], lattice.data[last + 1]]).toEqual([20, 4]);
});

test('a rectangle on the grid', () => {
	const lattice = sampleLattice(where, { x: 16, y: 8, widthPx: 16, heightPx: 8 }, 0.5);
	expect(lattice).toMatchObject({ left: 2, top: 1, columns: 3, rows: 2 });
});

/** Glass left of 32 px (16 µm), then tissue, fat, mucus by rows of 8 px. */
const striped: Anatomy = (x, y, out, at) => {
	out.fill(-1, at, at + FIELD_COUNT);
	out[at] = x - 15.5;
	if (y >= 4) out[at + 3] = 1;
	if (y >= 8) out[at + 4] = 1;
};

test('kinds at the lattice points of a rectangle', () => {
	const lattice = sampleLattice(striped, { x: 0, y: 0, widthPx: 64, heightPx: 32 }, 0.5);
	const { x, y, columns, kinds } = kindsIn(lattice, { x: 17, y: 0, widthPx: 30, heightPx: 24 });
	expect([x, y, columns]).toEqual([24, 0, 3]);
	expect([...kinds].map((kind) => placeKinds[kind])).toEqual([
		...['glass', 'tissue', 'tissue'],
		...['glass', 'fat', 'fat'],
		...['glass', 'textureless', 'textureless'],
	]);
});

test('tiles share the points out among them', () => {
	const lattice = sampleLattice(striped, { x: 0, y: 0, widthPx: 80, heightPx: 24 }, 0.5);
	const counts = [0, 20, 40, 60].map((x) => kindsIn(lattice, { x, y: 0, widthPx: 20, heightPx: 24 }).kinds.length);
	expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30);
});
