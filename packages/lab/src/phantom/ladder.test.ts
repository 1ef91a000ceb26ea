import { expect, test } from 'vitest';
import { defocusField } from './defocus-field.ts';
import { DEFOCUS_LADDER_UM, positionsOnLadder } from './ladder.ts';

const rect = { x: 100, y: 60, widthPx: 70, heightPx: 50 };

/** Back from a position on the ladder to µm. */
function toUm(position: number): number {
	const step = Math.min(Math.floor(position), DEFOCUS_LADDER_UM.length - 2);
	const low = DEFOCUS_LADDER_UM[step]!;
	return low + (position - step) * (DEFOCUS_LADDER_UM[step + 1]! - low);
}

test('the ladder starts in focus and climbs', () => {
	expect(DEFOCUS_LADDER_UM[0]).toBe(0);
	expect(DEFOCUS_LADDER_UM).toEqual([...DEFOCUS_LADDER_UM].sort((a, b) => a - b));
});

test.each([0, 2, 8])('a plateau of %s µm needs one rung and no positions', (defocusUm) => {
	const { positions, rungs } = positionsOnLadder(() => defocusUm, rect);
	expect(positions).toHaveLength(0);
	expect(rungs).toEqual([{ rung: DEFOCUS_LADDER_UM.indexOf(defocusUm), part: rect }]);
});

test('what is beyond the ladder takes its last rung', () => {
	const { rungs } = positionsOnLadder(() => 50, rect);
	expect(rungs.map(({ rung }) => rung)).toEqual([DEFOCUS_LADDER_UM.length - 1]);
});

test('between two rungs', () => {
	const { positions, rungs } = positionsOnLadder(() => 2.25, rect);
	expect(rungs.map(({ rung }) => DEFOCUS_LADDER_UM[rung])).toEqual([2, 2.5]);
	for (const position of positions) expect(toUm(position)).toBeCloseTo(2.25, 5);
});

test('a slope is followed, and every pixel lies in the part of each rung it uses', () => {
	const field = (x: number): number => (x - 90) / 40;
	const { positions, rungs } = positionsOnLadder(field, rect);
	const parts = new Map(rungs.map(({ rung, part }) => [rung, part]));
	for (let y = 0; y < rect.heightPx; y++) {
		for (let x = 0; x < rect.widthPx; x++) {
			const position = positions[y * rect.widthPx + x]!;
			expect(toUm(position)).toBeCloseTo(field(rect.x + x + 0.5), 1);
			for (const rung of [Math.floor(position), Math.ceil(position)]) {
				const part = parts.get(rung)!;
				expect(rect.x + x >= part.x && rect.x + x < part.x + part.widthPx).toBe(true);
				expect(rect.y + y >= part.y && rect.y + y < part.y + part.heightPx).toBe(true);
			}
		}
	}
});

test('does not depend on the cut', () => {
	const field = defocusField([
		{ kind: 'patch', x: 130, y: 90, radiusXPx: 60, radiusYPx: 40, plateau: 0.5, defocusUm: 4 },
	]);
	const whole = positionsOnLadder(field, rect).positions;
	const part = { x: 123, y: 71, widthPx: 20, heightPx: 17 };
	const { positions } = positionsOnLadder(field, part);
	for (let y = 0; y < part.heightPx; y++) {
		for (let x = 0; x < part.widthPx; x++) {
			expect(positions[y * part.widthPx + x]).toBe(whole[(y + 11) * rect.widthPx + x + 23]);
		}
	}
});
