import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../errors.ts';
import { checkUserMpp, chooseMpp, mppRange } from './mpp.ts';

const tag = (x: number, y = x) => ({ x, y, from: 'MPP' });

function choose(facts: Parameters<typeof chooseMpp>[0], user?: number) {
	const warnings: string[] = [];
	const mpp = chooseMpp(facts, user === undefined ? undefined : checkUserMpp(user), warnings);
	return { mpp, warnings };
}

describe('the pixel size', () => {
	test('of the user comes first, in silence', () => {
		expect(choose({ tag: tag(0.5), objectivePower: 40 }, 0.3)).toEqual({
			mpp: { x: 0.3, y: 0.3, source: 'user' },
			warnings: [],
		});
	});

	test('of a believable tag comes next, in silence, axes apart', () => {
		expect(choose({ tag: tag(0.24, 0.26), objectivePower: 20 })).toEqual({
			mpp: { x: 0.24, y: 0.26, source: 'tag' },
			warnings: [],
		});
	});

	test.each([
		[40, 0.25],
		[20, 0.5],
		[10, 1],
		[63, 10 / 63],
	])('is estimated from a %dx objective, and that is said', (objectivePower, mpp) => {
		const chosen = choose({ objectivePower });
		expect(chosen.mpp).toEqual({ x: mpp, y: mpp, source: 'estimated' });
		expect(chosen.warnings).toEqual([expect.stringContaining(`${objectivePower}x objective`)]);
	});

	test.each([
		[{}],
		[{ tag: tag(352.8) }],
		[{ tag: tag(0.25, 0) }],
		[{ tag: tag(Number.NaN) }],
		[{ objectivePower: 1000 }],
		[{ tag: tag(1e-9), objectivePower: 0.1 }],
	])('is unknown from %j, and one warning says so', (facts) => {
		const { mpp, warnings } = choose(facts);
		expect(mpp).toBeUndefined();
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toMatch(/unknown unless you give the pixel size/);
	});

	test('an unbelievable tag is named with its value', () => {
		expect(choose({ tag: tag(352.777) }).warnings[0]).toContain('MPP: 352.8 x 352.8 µm');
	});

	test('chosen is always within the believable range', () => {
		const anything = fc.oneof(fc.double(), fc.double({ min: 0, max: 100, noNaN: true }));
		fc.assert(
			fc.property(anything, anything, fc.option(anything, { nil: undefined }), (x, y, objectivePower) => {
				const { mpp, warnings } = choose({ tag: tag(x, y), objectivePower });
				for (const value of mpp ? [mpp.x, mpp.y] : []) {
					expect(value).toBeGreaterThanOrEqual(mppRange.least);
					expect(value).toBeLessThanOrEqual(mppRange.most);
				}
				expect(warnings).toHaveLength(mpp?.source === 'tag' ? 0 : 1);
			}),
		);
	});
});

test('what a user gives is checked', () => {
	expect(checkUserMpp(0.25)).toEqual({ x: 0.25, y: 0.25, source: 'user' });
	expect(checkUserMpp({ x: 0.2, y: 0.3 })).toEqual({ x: 0.2, y: 0.3, source: 'user' });
	for (const value of [0, -0.25, 0.01, 25, Number.NaN, Number.POSITIVE_INFINITY]) {
		expect(() => checkUserMpp(value)).toThrow(ArgumentError);
		expect(() => checkUserMpp({ x: 0.25, y: value })).toThrow(`${value} µm`);
	}
});
