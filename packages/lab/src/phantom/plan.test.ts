import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolvePhantomOptions } from './options.ts';
import { planPhantom } from './plan.ts';

const side = fc.integer({ min: 64, max: 100_000 });
const options = fc.record({
	widthPx: side,
	heightPx: side,
	seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
	tissue: fc.constantFrom('islands', 'everywhere', 'half'),
});

test('slots tile the slide, or its left half', () => {
	fc.assert(
		fc.property(options, (given) => {
			const resolved = resolvePhantomOptions(given);
			const { slots } = planPhantom(resolved);
			const area = slots.reduce((sum, slot) => sum + slot.widthPx * slot.heightPx, 0);
			const share = given.tissue === 'half' ? 0.5 : 1;
			expect(area).toBeCloseTo(share * given.widthPx * given.heightPx, -2);
			expect(Math.max(...slots.map((slot) => slot.x + slot.widthPx))).toBeCloseTo(share * given.widthPx, 3);
			expect(slots.length).toBeGreaterThanOrEqual(6);
			expect(slots.length).toBeLessThanOrEqual(64);
		}),
	);
});

test('one slot tilts, one is sharp, four have patches of 1, 2, 4 and 8 µm', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
			const { slots, regions } = planPhantom(resolvePhantomOptions({ seed }));
			expect(slots).toHaveLength(6);
			expect(regions.filter(({ kind }) => kind === 'tilt')).toMatchObject([{ along: 'x', defocusUm: 6 }]);
			const patches = regions.filter(({ kind }) => kind === 'patch');
			expect(patches.map(({ defocusUm }) => defocusUm).toSorted()).toEqual([1, 2, 4, 8]);
		}),
	);
});

test('patches stay in their slots', () => {
	fc.assert(
		fc.property(options, (given) => {
			const { slots, regions } = planPhantom(resolvePhantomOptions(given));
			for (const region of regions) {
				if (region.kind === 'tilt') continue;
				const { x, y, radiusXPx, radiusYPx } = region;
				const home = slots.filter(
					(slot) => x >= slot.x && x < slot.x + slot.widthPx && y >= slot.y && y < slot.y + slot.heightPx,
				);
				expect(home).toHaveLength(1);
				expect(x - radiusXPx).toBeGreaterThanOrEqual(home[0]!.x - 1e-9);
				expect(x + radiusXPx).toBeLessThanOrEqual(home[0]!.x + home[0]!.widthPx + 1e-9);
				expect(y - radiusYPx).toBeGreaterThanOrEqual(home[0]!.y - 1e-9);
				expect(y + radiusYPx).toBeLessThanOrEqual(home[0]!.y + home[0]!.heightPx + 1e-9);
			}
		}),
	);
});

test('the seed decides which slot is which', () => {
	const tilts = new Set(
		Array.from({ length: 20 }, (_, seed) => {
			const tilt = planPhantom(resolvePhantomOptions({ seed })).regions.find(({ kind }) => kind === 'tilt')!;
			return `${tilt.x} ${tilt.y}`;
		}),
	);
	expect(tilts.size).toBeGreaterThan(3);
});

test('a tilt runs along the longer side of its slot', () => {
	const tall = planPhantom(resolvePhantomOptions({ widthPx: 512, heightPx: 20_000 })).regions;
	expect(tall.filter(({ kind }) => kind === 'tilt')).toMatchObject([{ along: 'y' }]);
});
