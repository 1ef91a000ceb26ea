import { expect, test } from 'vitest';
import { createGrains, type Grains } from './grain.ts';
import type { Texture } from './texture.ts';

/** Distance in px at which the correlation along rows falls below one half. */
function grainPx({ side, data }: Texture): number {
	const correlation = (shift: number): number => {
		let sum = 0;
		for (let y = 0; y < side; y += 4) {
			for (let x = 0; x < side; x++) sum += data[y * side + x]! * data[y * side + ((x + shift) & (side - 1))]!;
		}
		return sum / (data.length / 4);
	};
	let shift = 1;
	while (correlation(shift) > 0.5) shift++;
	const [before, after] = [shift === 1 ? 1 : correlation(shift - 1), correlation(shift)];
	return shift - 1 + (before - 0.5) / (before - after);
}

const fine = createGrains(1, 0.25);

test('from granules over clumps to patches the grain grows', () => {
	expect(grainPx(fine.granules)).toBeLessThan(grainPx(fine.clumps));
	expect(grainPx(fine.clumps)).toBeLessThan(grainPx(fine.patches));
	expect(grainPx(fine.granules) * 0.25).toBeLessThan(0.35);
	expect(grainPx(fine.patches) * 0.25).toBeGreaterThan(1);
});

test.each(['clumps', 'patches'] as const)('%s keep their size in µm whatever the pixels', (name) => {
	const coarse = createGrains(1, 0.5);
	const ratio = (grainPx(coarse[name]) * 0.5) / (grainPx(fine[name]) * 0.25);
	expect(ratio).toBeGreaterThan(0.75);
	expect(ratio).toBeLessThan(1.35);
});

test('each of them is another, and the seed makes all new', () => {
	const other = createGrains(2, 0.25);
	const names = Object.keys(fine) as (keyof Grains)[];
	for (const [i, name] of names.entries()) {
		expect(other[name].data).not.toEqual(fine[name].data);
		for (const next of names.slice(i + 1)) expect(fine[next].data).not.toEqual(fine[name].data);
	}
	expect(createGrains(1, 0.25).granules.data).toEqual(fine.granules.data);
});

test.each([0.1, 2])('pixels of %s µm', (mpp) => {
	for (const { data } of Object.values(createGrains(1, mpp) satisfies Grains)) {
		expect(data.every(Number.isFinite)).toBe(true);
	}
});
