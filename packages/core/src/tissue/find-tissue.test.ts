import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findTissue } from './find-tissue.ts';
import { grainy, maskOf, PAINT, paint, shares } from './testing/picture.ts';
import { TISSUE_CLASS, type TissueMask } from './tissue-mask.ts';

const SIDE = 120;
const island = (x: number, y: number) => Math.hypot((x - 60) / 45, (y - 60) / 35) < 1;
const ISLAND = (Math.PI * 45 * 35) / SIDE ** 2;

/** An island of stained tissue on glass. */
const slideOf = (stain: readonly number[], glass: readonly number[] = PAINT.glass, levels = 14) =>
	paint(SIDE, SIDE, (x, y) => (island(x, y) ? grainy(stain, x, y, levels) : grainy(glass, x, y, 0.6)));

const classAt = (mask: TissueMask, x: number, y: number) => mask.classes[y * mask.widthPx + x];

test.each([
	['a usual stain', PAINT.tissue, PAINT.glass],
	['a pale stain', PAINT.pale, PAINT.glass],
	['a dark stain', PAINT.dark, PAINT.glass],
	['brown IHC', PAINT.brown, PAINT.glass],
	['dim glass', [150, 90, 130], [190, 189, 186]],
	['tinted glass', [190, 110, 150], [240, 236, 222]],
	['saturated white glass', PAINT.tissue, [254, 254, 254]],
] as const)('finds an island of tissue: %s', (_, stain, glass) => {
	const mask = maskOf(slideOf(stain, glass, stain === PAINT.pale ? 9 : 14));
	const { tissue, littleTexture, penMark } = shares(mask);
	expect(tissue + littleTexture).toBeGreaterThan(ISLAND * 0.97);
	expect(tissue + littleTexture).toBeLessThan(ISLAND * 1.06);
	expect(penMark).toBe(0);
	expect(littleTexture).toBeLessThan(0.01);
});

test('a field that is all tissue is all tissue', () => {
	const { tissue } = shares(maskOf(paint(50, 50, (x, y) => grainy(PAINT.tissue, x, y, 20))));
	expect(tissue).toBe(1);
});

test('a slide that is all glass has none', () => {
	expect(shares(maskOf(paint(80, 80, (x, y) => grainy(PAINT.glass, x, y, 1)))).glass).toBe(1);
	expect(shares(maskOf(paint(80, 80, () => PAINT.white))).glass).toBe(1);
	expect(shares(maskOf(paint(80, 80, () => PAINT.black))).glass).toBe(1);
});

test('areas that were not scanned, black or white, are glass', () => {
	for (const fill of [PAINT.black, PAINT.white]) {
		const mask = maskOf(
			paint(SIDE, SIDE, (x, y) =>
				y < 20 || x < 12 ? fill : island(x, y) ? grainy(PAINT.tissue, x, y, 14) : PAINT.glass,
			),
		);
		expect(classAt(mask, 60, 10)).toBe(TISSUE_CLASS.glass);
		expect(classAt(mask, 5, 60)).toBe(TISSUE_CLASS.glass);
		expect(classAt(mask, 60, 60)).toBe(TISSUE_CLASS.tissue);
	}
});

test('dust, hairs and the edge of the coverslip are glass', () => {
	const dust = (x: number, y: number) => (x % 40 === 7 && y % 40 === 9) || (y === 100 && x < 110) || x === 3;
	const mask = maskOf(paint(SIDE, SIDE, (x, y) => (dust(x, y) ? [120, 118, 116] : grainy(PAINT.glass, x, y, 0.6))));
	expect(shares(mask).glass).toBe(1);
});

test('shading of the lamp is not tissue', () => {
	const mask = maskOf(paint(SIDE, SIDE, (x) => PAINT.glass.map((value) => value - 5 * (x / SIDE))));
	expect(shares(mask).glass).toBe(1);
});

test('lumens in tissue have little texture, a wide gap is glass', () => {
	const hole = (x: number, y: number) => Math.hypot(x - 45, y - 60) < 5;
	const gap = (x: number, y: number) => x > 70 && x < 99 && y > 45 && y < 75;
	const mask = maskOf(
		paint(SIDE, SIDE, (x, y) =>
			hole(x, y) || gap(x, y)
				? PAINT.glass
				: x > 8 && y > 8 && x < 112 && y < 112
					? grainy(PAINT.tissue, x, y, 14)
					: PAINT.glass,
		),
	);
	expect(classAt(mask, 45, 60)).toBe(TISSUE_CLASS.littleTexture);
	expect(classAt(mask, 85, 60)).toBe(TISSUE_CLASS.glass);
	expect(classAt(mask, 30, 60)).toBe(TISSUE_CLASS.tissue);
});

test('an even pool in the tissue has little texture', () => {
	const pool = (x: number, y: number) => Math.hypot(x - 60, y - 60) < 15;
	const mask = maskOf(
		paint(SIDE, SIDE, (x, y) =>
			pool(x, y) ? [205, 150, 190] : island(x, y) ? grainy(PAINT.tissue, x, y, 14) : PAINT.glass,
		),
	);
	expect(classAt(mask, 60, 60)).toBe(TISSUE_CLASS.littleTexture);
	expect(shares(mask).littleTexture).toBeGreaterThan((Math.PI * 12 ** 2) / SIDE ** 2);
});

test.each(['greenPen', 'bluePen', 'redPen', 'blackPen'] as const)('a mark of %s is neither tissue nor glass', (pen) => {
	const mark = (x: number, y: number) => x > 4 && x < 12 && y > 10 && y < 110;
	const over = (x: number) => x > 55 && x < 64;
	const mask = maskOf(
		paint(SIDE, SIDE, (x, y) =>
			mark(x, y) || over(x) ? PAINT[pen] : island(x, y) ? grainy(PAINT.tissue, x, y, 14) : PAINT.glass,
		),
	);
	expect(classAt(mask, 8, 60)).toBe(TISSUE_CLASS.penMark);
	expect(classAt(mask, 60, 60)).toBe(TISSUE_CLASS.penMark);
	expect(classAt(mask, 40, 60)).toBe(TISSUE_CLASS.tissue);
});

/** A picture at level 0, blurred by a box three times (near a Gaussian), then seen at 1/4. */
function blurredField(radius: number) {
	const side = 768;
	const cell = (x: number, y: number) => (Math.hypot((x % 46) - 20, (y % 52) - 26) < 11 ? PAINT.dark : PAINT.tissue);
	const inside = (x: number, y: number) => Math.hypot(x - 380, y - 390) < 300;
	let picture = paint(side, side, (x, y) => (inside(x, y) ? grainy(cell(x, y), x >> 3, y >> 3, 25) : PAINT.glass));
	for (let pass = 0; pass < 3 && radius > 0; pass++) {
		const { data } = picture;
		for (const [step, lines] of [
			[3, 3 * side],
			[3 * side, 3],
		] as const) {
			const source = data.slice();
			for (let line = 0; line < side; line++) {
				for (let c = 0; c < 3; c++) {
					const at = (i: number) => line * lines + Math.min(side - 1, Math.max(0, i)) * step + c;
					let sum = 0;
					for (let i = -radius; i <= radius; i++) sum += source[at(i)]!;
					for (let i = 0; i < side; i++) {
						data[at(i)] = sum / (2 * radius + 1);
						sum += source[at(i + radius + 1)]! - source[at(i - radius)]!;
					}
				}
			}
		}
		picture = { ...picture, data };
	}
	return findTissue({ image: picture, downsampleX: 1, downsampleY: 1 });
}

test('blur changes nearly nothing', () => {
	const sharp = blurredField(0);
	expect(shares(sharp).tissue).toBeGreaterThan(0.4);
	// Three boxes of radius 8 have a standard deviation of 8.5 px.
	for (const radius of [4, 8]) {
		const blurred = blurredField(radius);
		const same = blurred.classes.reduce((sum, code, i) => sum + Number(code === sharp.classes[i]), 0);
		expect(same / sharp.classes.length).toBeGreaterThan(0.93);
	}
});

test('places average 16 px of small pictures and about 32 px of slides', () => {
	const image = paint(100, 60, () => PAINT.glass);
	expect(findTissue({ image, downsampleX: 4, downsampleY: 4 })).toMatchObject({
		widthPx: 25,
		heightPx: 15,
		downsampleX: 16,
		source: 'detected',
	});
	expect(findTissue({ image, downsampleX: 50, downsampleY: 51 })).toMatchObject({ widthPx: 100, downsampleY: 51 });
	expect(findTissue({ image, downsampleX: 41, downsampleY: 41 })).toMatchObject({ widthPx: 100 });
});

test('any picture gives a mask of known classes', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 30 }),
			fc.integer({ min: 1, max: 30 }),
			fc.uint8Array({ minLength: 1, maxLength: 300 }),
			fc.constantFrom(0.5, 1, 7, 39, 200),
			(widthPx, heightPx, bytes, downsample) => {
				const data = Uint8Array.from({ length: 3 * widthPx * heightPx }, (_, i) => bytes[i % bytes.length]!);
				const image = { layout: 'rgb', widthPx, heightPx, data } as const;
				const mask = findTissue({ image, downsampleX: downsample, downsampleY: downsample });
				expect(mask.classes).toHaveLength(mask.widthPx * mask.heightPx);
				expect(mask.classes.every((code) => code <= 3)).toBe(true);
				expect(mask.widthPx * mask.downsampleX).toBeGreaterThanOrEqual(widthPx * downsample * (1 - 1e-12));
			},
		),
		{ numRuns: 150 },
	);
});

/** A region of interest that is the right half. */
const rightHalf: TissueMask = {
	widthPx: 2,
	heightPx: 1,
	downsampleX: (SIDE * 32) / 2,
	downsampleY: SIDE * 32,
	classes: Uint8Array.of(0, 1),
	source: 'roi',
};

test('outside a region of interest nothing is tissue; inside, glass stays glass', () => {
	const mask = maskOf(slideOf(PAINT.tissue), rightHalf);
	expect(mask.source).toBe('roi');
	expect(classAt(mask, 40, 60)).toBe(TISSUE_CLASS.glass);
	expect(classAt(mask, 80, 60)).toBe(TISSUE_CLASS.tissue);
	expect(classAt(mask, 115, 5)).toBe(TISSUE_CLASS.glass);
	expect(shares(mask).tissue).toBeCloseTo(ISLAND / 2, 1);
});

test('inside a region of interest tissue may be too pale to be found, and pen marks still do not count', () => {
	const faint = [241, 239, 238];
	const picture = paint(SIDE, SIDE, (x, y) =>
		x > 100 ? PAINT.greenPen : island(x, y) ? grainy(faint, x, y, 4) : grainy(PAINT.glass, x, y, 0.4),
	);
	expect(shares(maskOf(picture)).tissue).toBeLessThan(0.02);
	const mask = maskOf(picture, rightHalf);
	expect(shares(mask).tissue).toBeGreaterThan(0.35 * ISLAND);
	expect(classAt(mask, 110, 60)).toBe(TISSUE_CLASS.penMark);
	expect(classAt(mask, 96, 4)).toBe(TISSUE_CLASS.glass);
});

test('where the thumbnail could not be read tissue is assumed, inside the region of interest only', () => {
	const image = paint(SIDE, SIDE, (x, y) => (x < 40 && y < 20 ? PAINT.white : grainy(PAINT.glass, x, y, 0.6)));
	const holes = [{ x: 0, y: 0, widthPx: 40 * 32, heightPx: 20 * 32 }];
	const scaled = { image, downsampleX: 32, downsampleY: 32 };
	expect(shares(findTissue(scaled)).glass).toBe(1);
	const mask = findTissue(scaled, undefined, holes);
	expect(shares(mask).tissue).toBeCloseTo((40 * 20) / SIDE ** 2, 9);
	expect([classAt(mask, 39, 19), classAt(mask, 40, 19), classAt(mask, 39, 20)]).toEqual([1, 0, 0]);
	expect(shares(findTissue(scaled, rightHalf, holes)).tissue).toBe(0);
});
