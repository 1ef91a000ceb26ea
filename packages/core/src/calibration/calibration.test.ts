import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyCalibration, type Calibration, calibrationSha256, identifyCalibration } from './calibration.ts';
import { exampleCalibration } from './testing/example.ts';

const calibration = await exampleCalibration();

/** Every path to a number or text in it, the identity aside. */
function leavesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
	if (typeof value !== 'object' || value === null) return path[0] === 'sha256' ? [] : [path];
	return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

describe('the identity', () => {
	test('is a SHA-256 that does not count itself', async () => {
		expect(calibration.sha256).toMatch(/^[0-9a-f]{64}$/);
		expect(await calibrationSha256(calibration)).toBe(calibration.sha256);
		const { sha256, ...content } = calibration;
		expect(await calibrationSha256(content)).toBe(sha256);
		expect(await identifyCalibration(content)).toEqual(calibration);
		expect(await identifyCalibration({ ...calibration, name: 'other' })).toEqual(
			await identifyCalibration({ ...content, name: 'other' }),
		);
	});

	test('is that of the content, in whatever order its keys are', async () => {
		const turned = Object.fromEntries(Object.entries(calibration).reverse()) as unknown as Calibration;
		expect(await calibrationSha256(turned)).toBe(calibration.sha256);
	});

	test('does not survive a trip through JSON changed', async () => {
		expect(await calibrationSha256(JSON.parse(JSON.stringify(calibration)))).toBe(calibration.sha256);
	});

	test.each(leavesOf(calibration).map((path) => [path.join('.'), path] as const))(
		'changes with %s',
		async (_, path) => {
			const changed = structuredClone(calibration) as unknown as Record<string, unknown>;
			let at = changed;
			for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
			const last = path.at(-1)!;
			at[last] = typeof at[last] === 'number' ? at[last] + 0.001 : `${at[last]}x`;
			expect(await calibrationSha256(changed as unknown as Calibration)).not.toBe(calibration.sha256);
		},
	);
});

describe('a score', () => {
	test.each([
		[0, 0, false, false],
		[5, 1, false, false],
		[6, 1.2, false, true],
		[7.49, 1.498, false, true],
		[7.5, 1.5, true, true],
		[9, 1.8, true, true],
		[9.01, 1.802, true, false],
		[15, 5, true, false],
		[99, 8, true, false],
	])('%d becomes %d', (score, value, outOfFocus, uncertain) => {
		const said = applyCalibration(calibration, score);
		expect(said.value).toBeCloseTo(value, 9);
		expect(said).toMatchObject({ outOfFocus, uncertain });
	});

	test('that falls with blur is out of focus below the threshold', async () => {
		const falling = await exampleCalibration({
			model: { ...calibration.model, higherMeans: 'sharper' },
			curve: { raw: [0, 10, 20], value: [8, 2, 0] },
		});
		expect(applyCalibration(falling, 5)).toEqual({ value: 5, outOfFocus: true, uncertain: false });
		expect(applyCalibration(falling, 7.5)).toMatchObject({ outOfFocus: true, uncertain: true });
		expect(applyCalibration(falling, 8)).toMatchObject({ outOfFocus: false, uncertain: true });
		expect(applyCalibration(falling, 25)).toEqual({ value: 0, outOfFocus: false, uncertain: false });
	});

	test('that is none has no value and is not out of focus', () => {
		expect(applyCalibration(calibration, Number.NaN)).toEqual({
			value: Number.NaN,
			outOfFocus: false,
			uncertain: false,
		});
	});

	test('keeps the order of blur', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
				const [lower, higher] = [
					applyCalibration(calibration, Math.min(a, b)),
					applyCalibration(calibration, Math.max(a, b)),
				];
				expect(lower.value).toBeLessThanOrEqual(higher.value);
				expect(Number(lower.outOfFocus)).toBeLessThanOrEqual(Number(higher.outOfFocus));
			}),
		);
	});
});
