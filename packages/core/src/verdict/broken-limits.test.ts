import { expect, test } from 'vitest';
import { fakeMap } from '../map/testing/fake-map.ts';
import { blurExtents, brokenLimits } from './broken-limits.ts';
import type { Limit } from './policy.ts';

const thresholds = { slight: 1, clear: 2, strong: 4 };

/** 20 x 20 places: 40 clearly blurry ones upper left, 4 strongly blurry ones lower right, the rest sharp. */
const map = fakeMap(20, 20, (x, y) => (x < 8 && y < 5 ? 2.5 : x >= 18 && y >= 18 ? 6 : 0.3));
const extents = blurExtents(map, thresholds);

test('how far each strength reaches, with everything stronger in it', () => {
	expect(extents.map(({ atLeast, places, fraction, place }) => ({ atLeast, places, fraction, place }))).toEqual([
		{ atLeast: 'slight', places: 44, fraction: 0.11, place: 'upper left' },
		{ atLeast: 'clear', places: 44, fraction: 0.11, place: 'upper left' },
		{ atLeast: 'strong', places: 4, fraction: 0.01, place: 'lower right' },
	]);
});

test('the largest connected region of each', () => {
	expect(extents[1]!.largest).toEqual({ places: 40, fraction: 0.1, place: 'upper left' });
	expect(extents[2]!.largest).toEqual({ places: 4, fraction: 0.01, place: 'lower right' });
});

test('a sharp slide has no blur anywhere', () => {
	const sharp = blurExtents(
		fakeMap(5, 5, () => 0),
		thresholds,
	);
	for (const extent of sharp) {
		expect(extent).toMatchObject({ places: 0, fraction: 0, place: undefined, largest: { places: 0 } });
	}
	expect(brokenLimits([{ outcome: 'rescan', atLeast: 'slight', fraction: 0, why: '' }], sharp, 1)).toEqual([]);
});

const limit = (changes: Partial<Limit>): Limit => ({ outcome: 'review', atLeast: 'clear', why: '', ...changes });
const broken = (changes: Partial<Limit>, mm2PerPlace = 0.01) =>
	brokenLimits([limit(changes)], extents, mm2PerPlace).map(({ by }) => by);

test('a limit is broken from its number on', () => {
	expect(broken({ fraction: 0.11 })).toEqual(['fraction']);
	expect(broken({ fraction: 0.1101 })).toEqual([]);
	expect(broken({ regionAreaMm2: 0.4 })).toEqual(['region']);
	expect(broken({ regionAreaMm2: 0.41 })).toEqual([]);
	expect(broken({ atLeast: 'strong', fraction: 0.02 })).toEqual([]);
});

test('with both numbers, whichever is passed', () => {
	expect(broken({ fraction: 0.5, regionAreaMm2: 0.3 })).toEqual(['region']);
	expect(broken({ fraction: 0.05, regionAreaMm2: 99 })).toEqual(['fraction']);
});
