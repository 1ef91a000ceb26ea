import { expect, test } from 'vitest';
import type { WindowOrigin } from '../focus/focus-model.ts';
import { type FakeSlideOptions, fakeModel, fakeNetwork, fakeSlide, tissuePixel } from './testing/fake-slide.ts';
import { measureWindows } from './windows.ts';

const slideOf = (options: Partial<FakeSlideOptions> = {}) =>
	fakeSlide({ widthPx: 3000, heightPx: 1500, pixel: (x, y) => tissuePixel(x / 200, x, y), ...options });

const lattice = (columns: number, rows: number, offset = 0): WindowOrigin[] =>
	Array.from({ length: columns * rows }, (_, i) => ({
		x: offset + 128 * (i % columns),
		y: offset + 128 * Math.floor(i / columns),
	}));

const model = fakeModel();

test('scores come in the order asked for', async () => {
	const slide = slideOf();
	const windows = lattice(20, 9).reverse();
	const { scores, unreadable } = await measureWindows({ slide, model, windows });
	expect(unreadable).toEqual([]);
	windows.forEach(({ x }, i) => {
		// The blur rises along x: a window's mean is its middle's.
		expect(scores[i]).toBeCloseTo((x + 115) / 200, 0);
	});
	expect(scores[0]).toBeGreaterThan(scores[19]!);
});

test('each window has the score it would have alone', async () => {
	const slide = slideOf();
	const windows = [...lattice(3, 2), ...lattice(4, 3, 50), { x: 1, y: 2 }, { x: 2765, y: 1265 }];
	const together = await measureWindows({ slide, model, windows });
	for (const [i, window] of windows.entries()) {
		const alone = await measureWindows({ slide, model, windows: [window] });
		expect(alone.scores[0]).toBe(together.scores[i]);
	}
});

test('overlapping windows do not decode a tile again and again', async () => {
	const slide = slideOf();
	const windows = lattice(22, 10);
	await measureWindows({ slide, model, windows });
	const tiles = new Set(slide.tilesRead).size;
	expect(slide.tilesRead.length).toBeLessThan(1.5 * tiles);
});

test('windows over a corrupt tile have no score, their neighbours do', async () => {
	const slide = slideOf({ corrupt: ['4,2'] });
	const windows = lattice(20, 9);
	const { scores, unreadable } = await measureWindows({ slide, model, windows });
	expect(unreadable).toEqual([{ column: 4, row: 2, message: 'Tile 4,2 is corrupt.' }]);
	windows.forEach(({ x, y }, i) => {
		const touches = x < 5 * 256 && x + 235 > 4 * 256 && y < 3 * 256 && y + 235 > 2 * 256;
		expect(Number.isNaN(scores[i])).toBe(touches);
	});
});

test('progress counts windows; cancelling rejects', async () => {
	const seen: number[] = [];
	await measureWindows({ slide: slideOf(), model, windows: lattice(20, 9), onProgress: (done) => seen.push(done) });
	expect(seen.at(-1)).toBe(180);
	const signal = AbortSignal.abort(new Error('stop'));
	await expect(measureWindows({ slide: slideOf(), model, windows: lattice(2, 2), signal })).rejects.toThrow('stop');
});

test('no windows, no scores', async () => {
	expect(await measureWindows({ slide: slideOf(), model, windows: [] })).toEqual({
		scores: new Float32Array(0),
		unreadable: [],
	});
});

test('a network is asked for the windows wanted and no others, and answers as one that scores them all', async () => {
	const windows = lattice(20, 9).filter((_, i) => i % 3 === 0);
	const network = fakeNetwork();
	const measured = await measureWindows({ slide: slideOf(), model: network, windows });
	expect(network.asked).toHaveLength(windows.length);
	expect(measured.scores).toEqual((await measureWindows({ slide: slideOf(), model, windows })).scores);
	expect(measured.certainty).toEqual(measured.scores.map((score) => score / 10));
});

test('a network is not asked for windows over a corrupt tile, whose certainty is unknown too', async () => {
	const network = fakeNetwork();
	const windows = lattice(20, 9);
	const { scores, certainty } = await measureWindows({ slide: slideOf({ corrupt: ['4,2'] }), model: network, windows });
	const without = scores.filter((score) => Number.isNaN(score)).length;
	expect(without).toBeGreaterThan(0);
	expect(network.asked).toHaveLength(windows.length - without);
	expect([...certainty!].map(Number.isNaN)).toEqual([...scores].map(Number.isNaN));
});

test('a network says how far it is within a block, and stops there when cancelled', async () => {
	const seen: number[] = [];
	const controller = new AbortController();
	const onProgress = (done: number, total: number): void => {
		expect(total).toBe(180);
		seen.push(done);
		if (done === 7) controller.abort(new Error('enough'));
	};
	const request = { slide: slideOf(), model: fakeNetwork(), windows: lattice(20, 9), onProgress };
	await expect(measureWindows({ ...request, signal: controller.signal })).rejects.toThrow('enough');
	expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('regions are read in blocks of bounded size, however far apart the windows lie', async () => {
	const slide = slideOf({ widthPx: 6000, heightPx: 3000 });
	const widths: number[] = [];
	const watched = {
		...slide,
		readRegion: (...args: Parameters<typeof slide.readRegion>) => {
			widths.push(args[1].widthPx);
			return slide.readRegion(...args);
		},
	};
	const network = fakeNetwork({ stridePx: 900 });
	const windows = Array.from({ length: 18 }, (_, i) => ({ x: 900 * (i % 6), y: 900 * Math.floor(i / 6) }));
	const { scores } = await measureWindows({ slide: watched, model: network, windows });
	expect(scores.every((score) => Number.isFinite(score))).toBe(true);
	expect(Math.max(...widths)).toBe(900 + 235);
});
