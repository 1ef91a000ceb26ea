import { describe, expect, test } from 'vitest';
import { focusColour } from '../../map/colour.ts';
import type { Colour } from './canvas.ts';
import { INK, INK_SOFT, OUTCOME_COLOURS, PAPER, REGION } from './palette.ts';

/** Contrast ratio of two colours (WCAG 2.2, "relative luminance" and "contrast ratio"). */
function contrast(a: Colour, b: Colour): number {
	const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light! + 0.05) / (dark! + 0.05);
}

function luminance(colour: Colour): number {
	const [red, green, blue] = colour.map((channel) => {
		const value = channel / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

describe('palette', () => {
	test.each(Object.entries(OUTCOME_COLOURS))('white words are readable on %s', (_, colour) => {
		expect(contrast(PAPER, colour)).toBeGreaterThanOrEqual(4.5);
	});

	test('text is readable on paper', () => {
		expect(contrast(INK, PAPER)).toBeGreaterThan(12);
		expect(contrast(INK_SOFT, PAPER)).toBeGreaterThanOrEqual(4.5);
	});

	test('a region outline is seen on paper and beside its white halo', () => {
		expect(contrast(REGION, PAPER)).toBeGreaterThanOrEqual(4.5);
	});

	test('a region outline is far from every colour of the map', () => {
		for (let i = 0; i <= 20; i++) {
			const colour = focusColour(i / 20);
			const distance = Math.hypot(...colour.map((channel, c) => channel - REGION[c]!));
			expect(distance).toBeGreaterThan(100);
		}
	});
});
