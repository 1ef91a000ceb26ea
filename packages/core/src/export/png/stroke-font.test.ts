import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textStrokes, textWidthPx } from './stroke-font.ts';

const ASCII = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const BOX = JSON.stringify(textStrokes('\u{1f52c}', 0, 0, 10));

describe('glyphs', () => {
	test('every printable ASCII character and every sign the pictures use is drawn', () => {
		for (const character of [...ASCII, ...'µ²°·×≥≤…→–—ßøØ']) {
			expect(JSON.stringify(textStrokes(character, 0, 0, 10)), character).not.toBe(BOX);
		}
	});

	test('no two look the same', () => {
		// A lower-case L has a tail so that it is no capital I.
		const drawn = [...ASCII, ...'µ²°≥≤…'].filter((character) => character !== ' ');
		const shapes = drawn.map((character) => JSON.stringify(textStrokes(character, 0, 0, 10)));
		expect(new Set(shapes).size).toBe(shapes.length);
	});

	test('stay inside their box', () => {
		for (const character of [...ASCII, ...'µ²°≥≤…']) {
			const width = textWidthPx(character, 10);
			for (const { x1, y1, x2, y2 } of textStrokes(character, 0, 0, 10)) {
				expect(Math.min(x1, x2), character).toBeGreaterThanOrEqual(-0.3);
				expect(Math.max(x1, x2), character).toBeLessThanOrEqual(width + 0.6);
				expect(Math.min(y1, y2), character).toBeGreaterThanOrEqual(-1.1);
				expect(Math.max(y1, y2), character).toBeLessThanOrEqual(13.1);
			}
		}
	});

	test('digits are equally wide, so that numbers line up', () => {
		expect(new Set([...'0123456789'].map((digit) => textWidthPx(digit, 10))).size).toBe(1);
	});

	test('letters with marks fall back to their letter, unknown ones to a box', () => {
		expect(textStrokes('é', 0, 0, 10)).toEqual(textStrokes('e', 0, 0, 10));
		expect(textStrokes('e\u0301', 0, 0, 10)).toEqual(textStrokes('e', 0, 0, 10));
		expect(JSON.stringify(textStrokes('病', 0, 0, 10))).toBe(BOX);
	});

	test('names that objects inherit are no glyphs', () => {
		expect(() => textStrokes('constructor __proto__ toString', 0, 0, 10)).not.toThrow();
	});
});

describe('text', () => {
	test('scales and moves', () => {
		const small = textStrokes('Ag', 0, 0, 10);
		const large = textStrokes('Ag', 5, 7, 20);
		expect(large).toHaveLength(small.length);
		for (const [i, { x1, y2 }] of large.entries()) {
			expect(x1).toBeCloseTo(5 + 2 * small[i]!.x1, 9);
			expect(y2).toBeCloseTo(7 + 2 * small[i]!.y2, 9);
		}
	});

	test('is as wide as its characters and the room between them', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (a, b) => {
				if (a.normalize('NFC') + b.normalize('NFC') !== (a + b).normalize('NFC')) return;
				if (a === '' || b === '') return;
				expect(textWidthPx(a + b, 10)).toBeCloseTo(textWidthPx(a, 10) + textWidthPx(b, 10) + 2.4, 6);
			}),
		);
	});

	test('nothing is nothing', () => {
		expect(textWidthPx('', 10)).toBe(0);
		expect(textStrokes('', 0, 0, 10)).toEqual([]);
	});

	test('any text gives finite strokes', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
				const strokes = textStrokes(text, 1, 2, 12);
				expect(strokes.every((stroke) => Object.values(stroke).every(Number.isFinite))).toBe(true);
			}),
		);
	});
});
