import { expect, test } from 'vitest';
import { FormatError } from './errors.ts';
import { createFocusModel } from './focus/create-focus-model.ts';
import type { FocusModel } from './focus/focus-model.ts';
import type { FocusLiteNNDefinition } from './focus/focuslitenn/definition.ts';
import { createFocusLiteNN } from './focus/focuslitenn/focuslitenn.ts';
import type { RectPx, RgbImage } from './image/pixels.ts';
import { scorePicture } from './score-picture.ts';
import type { Slide } from './slide/slide.ts';

const definition: FocusLiteNNDefinition = {
	kind: 'focuslitenn',
	name: 'ramp',
	sha256: 'f'.repeat(64),
	licence: 'none',
	origin: 'made by a test',
	planes: 'all',
	pooling: 'min',
	kernels: 1,
	convWeight: Float32Array.from({ length: 147 }, (_, i) => ((i * 37) % 49) / 49 - 0.5),
	convBias: Float32Array.of(0.1),
	head: [],
	paddingPx: 0,
	clampAtZero: false,
	unit: 'score',
};
const model = createFocusLiteNN(definition);

const networkFacts = {
	name: 'net',
	sha256: 'f'.repeat(64),
	licence: 'none',
	origin: 'made by a test',
	network: 'resnet18',
	windowPx: 235,
	stridePx: 128,
	unit: 'zLevel',
	higherMeans: 'blurrier',
} as const;

/** Noise of that size, in tiles of `tilePx`; reading tile `bad` throws. */
function noise(widthPx: number, heightPx: number, tilePx: number, bad = -1): Slide {
	const pixel = (x: number, y: number, c: number): number =>
		(Math.imul(x * 7919 + y * 104_729 + c, 2654435761) >>> 24) & 255;
	const columns = Math.ceil(widthPx / tilePx);
	const rows = Math.ceil(heightPx / tilePx);
	const rgb = (rect: RectPx): RgbImage => {
		const data = new Uint8Array(rect.widthPx * rect.heightPx * 3);
		for (let i = 0; i < data.length; i++) {
			const at = Math.floor(i / 3);
			data[i] = pixel(rect.x + (at % rect.widthPx), rect.y + Math.floor(at / rect.widthPx), i % 3);
		}
		return { layout: 'rgb', widthPx: rect.widthPx, heightPx: rect.heightPx, data };
	};
	return {
		name: 'noise.png',
		levels: [
			{
				widthPx,
				heightPx,
				downsample: 1,
				tileWidthPx: tilePx,
				tileHeightPx: tilePx,
				columns,
				rows,
				compression: 'none',
			},
		],
		readTile(_: number, column: number, row: number) {
			if (row * columns + column === bad) throw new FormatError('tile', 'corrupt', 'The tile is corrupt.');
			const x = column * tilePx;
			const y = row * tilePx;
			return rgb({ x, y, widthPx: Math.min(tilePx, widthPx - x), heightPx: Math.min(tilePx, heightPx - y) });
		},
		readRegion: async (_: number, rect: RectPx) => rgb(rect),
	} as unknown as Slide;
}

test('exact mode gives the crops and their mean', async () => {
	const { score, crops } = await scorePicture(noise(491, 363, 128), model, { mode: 'exact' });
	expect(crops).toHaveLength(3 * 2);
	expect(score).toBeCloseTo(crops!.reduce((sum, crop) => sum + crop, 0) / 6, 5);
});

test('fast mode is near exact mode on an even picture, and does not depend on the tiles much', async () => {
	const exact = await scorePicture(noise(747, 747, 747), model, { mode: 'exact' });
	const whole = await scorePicture(noise(747, 747, 747), model);
	const tiled = await scorePicture(noise(747, 747, 256), model);
	expect(whole.crops).toBeUndefined();
	expect(Math.abs(whole.score - exact.score)).toBeLessThan(0.15 * Math.abs(exact.score));
	expect(Math.abs(tiled.score - whole.score)).toBeLessThan(0.1 * Math.abs(whole.score));
});

test('a model without a fast path is exact', async () => {
	const { cells: _, ...slow } = model;
	expect((await scorePicture(noise(300, 300, 300), slow)).crops).toHaveLength(1);
});

test('a picture smaller than a window has a fast score and no exact one', async () => {
	expect(Number.isFinite((await scorePicture(noise(100, 90, 100), model)).score)).toBe(true);
	await expect(scorePicture(noise(100, 90, 100), model, { mode: 'exact' })).rejects.toMatchObject({ tag: 'argument' });
	await expect(scorePicture(noise(6, 6, 6), model)).rejects.toThrow('too small');
});

test('a damaged picture has no score', async () => {
	await expect(scorePicture(noise(512, 512, 256, 2), model)).rejects.toMatchObject({
		tag: 'format',
		reason: 'corrupt',
	});
});

test('a slide is too large for one exact picture', async () => {
	const slide = noise(300, 300, 300);
	const levels = [{ ...slide.levels[0]!, widthPx: 20_000, heightPx: 20_000 }];
	await expect(scorePicture({ ...slide, levels }, model, { mode: 'exact' })).rejects.toThrow('Scan it');
});

test('a model that answers later is waited for, and what else it says is passed on', async () => {
	const asked: (AbortSignal | undefined)[] = [];
	const later: FocusModel = {
		...model,
		definition: { ...networkFacts, kind: 'network' },
		async scoreWindows(image, { signal } = {}) {
			asked.push(signal);
			const found = model.scoreWindows(image);
			return { ...found, certainty: found.scores.map(() => 0.5), probabilities: Float32Array.of(0.5, 0.5) };
		},
	};
	const { cells: _, ...network } = later;
	const { signal } = new AbortController();
	const scored = await scorePicture(noise(400, 300, 64), network, { signal });
	const plain = await scorePicture(noise(400, 300, 64), model, { mode: 'exact' });
	expect(scored).toMatchObject({ score: plain.score, crops: plain.crops, probabilities: Float32Array.of(0.5, 0.5) });
	expect(scored.certainty).toEqual(plain.crops!.map(() => 0.5));
	expect('certainty' in plain).toBe(false);
	expect(asked).toEqual([signal]);
});

test('a network is not made from its definition: its numbers are elsewhere', () => {
	const definition = { ...networkFacts, kind: 'network' } as const;
	expect(() => createFocusModel(definition)).toThrow(/net is a network: it runs on an engine/);
});
