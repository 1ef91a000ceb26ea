import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forEachSite, fractalNoise, hash, noise, smoothStep, uniform } from './random.ts';

const place = fc.integer({ min: -1_000_000, max: 1_000_000 });

test('a hash is a 32-bit number that depends on each of its arguments', () => {
	fc.assert(
		fc.property(place, place, place, (x, y, salt) => {
			const value = hash(x, y, salt);
			expect(Number.isInteger(value) && value >= 0 && value < 2 ** 32).toBe(true);
			expect(hash(x, y, salt)).toBe(value);
			expect(hash(x + 1, y, salt)).not.toBe(value);
			expect(hash(x, y + 1, salt)).not.toBe(value);
			expect(hash(x, y, salt + 1)).not.toBe(value);
		}),
	);
});

test('the bits of a hash are fair', () => {
	const ones = new Array<number>(32).fill(0);
	for (let i = 0; i < 4096; i++) {
		const value = hash(i & 63, i >> 6, 5);
		for (let bit = 0; bit < 32; bit++) ones[bit]! += (value >>> bit) & 1;
	}
	// Six standard deviations of a fair coin.
	for (const count of ones) expect(Math.abs(count - 2048)).toBeLessThan(192);
});

test('streams of one hash are uniform and unrelated', () => {
	let sum = 0;
	let product = 0;
	for (let i = 0; i < 5000; i++) {
		const a = uniform(hash(i, 0, 1), 1);
		const b = uniform(hash(i, 0, 1), 2);
		expect(a >= 0 && a < 1).toBe(true);
		sum += a;
		product += (a - 0.5) * (b - 0.5);
	}
	expect(sum / 5000).toBeCloseTo(0.5, 1);
	expect(Math.abs(product / 5000)).toBeLessThan(0.005);
});

test('noise is 0 on its lattice, bounded, continuous, and balanced', () => {
	let sum = 0;
	for (let i = 0; i < 4000; i++) {
		const x = i * 0.173;
		const y = i * 0.291;
		const value = noise(x, y, 3);
		expect(Math.abs(value)).toBeLessThanOrEqual(1.4);
		expect(Math.abs(noise(x + 1e-6, y, 3) - value)).toBeLessThan(1e-4);
		sum += value;
	}
	expect(Math.abs(sum / 4000)).toBeLessThan(0.05);
	expect(noise(-7, 12, 3)).toBeCloseTo(0, 12);
});

test('fractal noise of one octave is noise', () => {
	expect(fractalNoise(1.3, -2.6, 9, 1)).toBe(noise(1.3, -2.6, 9));
	expect(fractalNoise(1.3, -2.6, 9, 2)).toBe(noise(1.3, -2.6, 9) + noise(2.6, -5.2, 10) / 2);
});

test('a smooth step', () => {
	expect([1, 2, 3, 4, 5].map((value) => smoothStep(2, 4, value))).toEqual([0, 0, 0.5, 1, 1]);
});

test('sites do not depend on the window they are asked for in', () => {
	const collect = (x: number, y: number, width: number, height: number): string[] => {
		const found: string[] = [];
		forEachSite(10, 4, { x, y, width, height }, 0, (siteX, siteY, seed) => found.push(`${siteX} ${siteY} ${seed}`));
		return found;
	};
	const whole = collect(-50, -30, 200, 160);
	const parts = [collect(-50, -30, 100, 160), collect(50, -30, 100, 160)].flat();
	expect(parts.toSorted()).toEqual(whole.toSorted());
	expect(whole.length).toBeGreaterThan(250);
});

test('sites come row by row, and those within the margin too', () => {
	const rows: number[] = [];
	forEachSite(10, 4, { x: 0, y: 0, width: 100, height: 100 }, 15, (x, y) => {
		expect(x >= -15 && x <= 115 && y >= -15 && y <= 115).toBe(true);
		rows.push(Math.floor(y / 10));
	});
	expect(rows).toEqual(rows.toSorted((a, b) => a - b));
	expect(Math.min(...rows)).toBeLessThan(0);
});
