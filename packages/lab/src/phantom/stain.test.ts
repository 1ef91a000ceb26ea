import { expect, test } from 'vitest';
import { absorbedLight, stains } from './stain.ts';

function light(haematoxylin: number, eosin: number): number[] {
	const out = new Float32Array(3);
	absorbedLight(Float32Array.of(haematoxylin), Float32Array.of(eosin), out);
	return [...out];
}

test('no stain, no absorption, exactly', () => {
	expect(light(0, 0)).toEqual([0, 0, 0]);
});

test.each([
	[1, 0],
	[0, 1],
	[0.5, 0.25],
	[2, 3],
])('the law of Beer and Lambert at %s and %s', (h, e) => {
	const found = light(h, e);
	for (let c = 0; c < 3; c++) {
		expect(found[c]).toBeCloseTo(1 - Math.exp(-h * stains.haematoxylin[c]! - e * stains.eosin[c]!), 3);
	}
});

test('in steps too small to see', () => {
	for (let h = 0; h < 3; h += 0.0301) {
		expect(Math.abs(light(h, 0.3)[0]! - (1 - Math.exp(-h * 1.55 - 0.3 * 0.34)))).toBeLessThan(0.001);
	}
});

test('very dense is black', () => {
	expect(Math.min(...light(1e6, 1e6))).toBeGreaterThan(0.99);
});

test('haematoxylin is blue, eosin pink', () => {
	const [hr, hg, hb] = light(0.5, 0) as [number, number, number];
	expect(hb).toBeLessThan(hr);
	expect(hr).toBeLessThan(hg);
	const [er, eg, eb] = light(0, 0.5) as [number, number, number];
	expect(er).toBeLessThan(eb);
	expect(eb).toBeLessThan(eg);
});
