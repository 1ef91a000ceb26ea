import { expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { showsTissue } from './shows-tissue.ts';

const SIDE = 60;
const whole = { left: 0, top: 0, sidePx: SIDE };

/** A picture of which `tissue` of the columns, from the left, are spotted and the others one colour. */
function picture(tissue: number, ground: readonly number[] = [244, 243, 245]): Uint8Array {
	const random = seededRandom(2);
	const data = new Uint8Array(3 * SIDE * SIDE);
	for (let i = 0; i < SIDE * SIDE; i++) {
		const inside = (i % SIDE) / SIDE < tissue;
		data.set(inside ? (random.uniform() < 0.4 ? [90, 50, 130] : [225, 160, 190]) : ground, 3 * i);
	}
	return data;
}

test('tissue shows; glass and even tissue do not', () => {
	expect(showsTissue(picture(1), SIDE, whole)).toBe(true);
	expect(showsTissue(picture(0), SIDE, whole)).toBe(false);
	expect(showsTissue(picture(0, [200, 120, 160]), SIDE, whole)).toBe(false);
});

test('half glass is the limit', () => {
	expect(showsTissue(picture(0.6), SIDE, whole)).toBe(true);
	expect(showsTissue(picture(0.4), SIDE, whole)).toBe(false);
	// As much of a coloured ground is no glass.
	expect(showsTissue(picture(0.4, [225, 160, 190]), SIDE, whole)).toBe(true);
});

test('only the square counts', () => {
	const half = picture(0.5);
	expect(showsTissue(half, SIDE, { left: 2, top: 10, sidePx: 25 })).toBe(true);
	expect(showsTissue(half, SIDE, { left: 33, top: 10, sidePx: 25 })).toBe(false);
});

test('values that are not rounded yet serve as well', () => {
	expect(
		showsTissue(
			Float32Array.from(picture(1), (value) => value + 0.3),
			SIDE,
			whole,
		),
	).toBe(true);
});
