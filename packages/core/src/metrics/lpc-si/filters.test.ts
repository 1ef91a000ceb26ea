import { describe, expect, test } from 'vitest';
import { applyFilters, createFilterBank, orientations } from './filters.ts';

/** The published formulas, one frequency at a time, without symmetry. */
function expectedBank(widthPx: number, heightPx: number) {
	const frequency = (k: number, n: number): number => (k < Math.ceil(n / 2) ? k : k - n) / (n % 2 === 0 ? n : n - 1);
	return Array.from({ length: widthPx * heightPx }, (_, i) => {
		const x = frequency(i % widthPx, widthPx);
		const y = frequency(Math.floor(i / widthPx), heightPx);
		const radius = Math.hypot(x, y);
		const gains = [1, 1.5, 2].map((scale) => {
			if (radius === 0) return 0;
			const band = Math.exp(-(Math.log(4 * scale * radius) ** 2) / (2 * Math.log(0.75) ** 2));
			return band / (1 + (radius / 0.45) ** 30);
		});
		return { x, y, direction: Math.atan2(-y, x), gains };
	});
}

describe.each([
	[16, 16],
	[15, 20],
	[9, 8],
	[2, 3],
	[25, 25],
])('%i x %i', (widthPx, heightPx) => {
	const bank = createFilterBank(widthPx, heightPx);
	const expected = expectedBank(widthPx, heightPx);

	test('bands', () => {
		for (const [i, { gains }] of expected.entries()) {
			for (const [s, gain] of gains.entries()) expect(bank.bands[s]![i]).toBeCloseTo(gain, 13);
		}
	});

	test('directions, up to a whole turn', () => {
		for (const [i, { direction, x, y }] of expected.entries()) {
			if (x === 0 && y === 0) continue;
			expect(Math.cos(bank.directions[i]! - direction)).toBeCloseTo(1, 14);
		}
	});

	test('wedges', () => {
		const count = widthPx * heightPx;
		const input = new Float64Array(2 * count).map((_, i) => (i % 2 === 0 ? 1 : -0.5));
		const out = [new Float64Array(2 * count), new Float64Array(2 * count), new Float64Array(2 * count)] as const;
		for (let orientation = 0; orientation < orientations; orientation++) {
			applyFilters(bank, orientation, input, out);
			for (const [i, { direction, gains, x, y }] of expected.entries()) {
				if (x === 0 && y === 0) continue;
				const turn = direction - (orientation * Math.PI) / 8;
				const angle = Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)));
				const weight = Math.exp(-(angle ** 2) / (2 * (Math.PI / 12) ** 2));
				for (const [s, gain] of gains.entries()) {
					expect(out[s]![2 * i]).toBeCloseTo(weight * gain, 9);
					expect(out[s]![2 * i + 1]).toBeCloseTo(-0.5 * weight * gain, 9);
				}
			}
		}
	});
});
