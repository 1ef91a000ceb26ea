import { expect, test } from 'vitest';
import { forEachSite } from './random.ts';
import { membraneDistance } from './voronoi.ts';

const grid = { spacingUm: 9, salt: 77, mpp: 0.25 };
const everywhere = (): boolean => true;

test('equals the plain definition', () => {
	const rect = { x: 130, y: -37, widthPx: 90, heightPx: 50 };
	const sites: [number, number][] = [];
	forEachSite(9, 77, { x: -20, y: -60, width: 140, height: 120 }, 0, (x, y) => sites.push([x / 0.25, y / 0.25]));
	const found = membraneDistance(rect, grid, everywhere);
	for (let y = 0; y < rect.heightPx; y += 3) {
		for (let x = 0; x < rect.widthPx; x += 3) {
			const distances = sites
				.map(([siteX, siteY]) => Math.hypot(rect.x + x + 0.5 - siteX, rect.y + y + 0.5 - siteY))
				.sort((a, b) => a - b);
			expect(found[y * rect.widthPx + x]).toBeCloseTo((distances[1]! - distances[0]!) * 0.25, 4);
		}
	}
});

test('does not depend on the cut', () => {
	const whole = membraneDistance({ x: -16, y: 8, widthPx: 64, heightPx: 48 }, grid, everywhere);
	const part = membraneDistance({ x: 5, y: 19, widthPx: 21, heightPx: 13 }, grid, everywhere);
	for (let y = 0; y < 13; y++) {
		for (let x = 0; x < 21; x++) expect(part[y * 21 + x]).toBe(whole[(y + 11) * 64 + x + 21]);
	}
});

test('squares that are not wanted stay large', () => {
	const found = membraneDistance({ x: 0, y: 0, widthPx: 16, heightPx: 8 }, grid, (x) => x >= 8);
	for (let y = 0; y < 8; y++) {
		expect(found[y * 16 + 3]).toBeGreaterThan(1e6);
		expect(found[y * 16 + 12]).toBeLessThan(100);
	}
});
