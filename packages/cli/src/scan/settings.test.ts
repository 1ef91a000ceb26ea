import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { focusLiteNNToSafetensors, type Level, policyNamed, TISSUE_CLASS } from '@parfocal/core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPolicy, loadSettings } from './settings.ts';

const cwd = mkdtempSync(join(tmpdir(), 'parfocal-settings-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const level = { widthPx: 4000, heightPx: 2000 } as Level;

/** Flags with a model of our own, so that none has to be shipped. */
function settings(flags: { roi?: string; policy?: string; model?: string; exact?: boolean }) {
	return loadSettings({ model: 'tiny.safetensors', policy: 'routine', ...flags }, { cwd });
}

beforeAll(async () => {
	const weights = focusLiteNNToSafetensors({
		kind: 'focuslitenn',
		name: 'tiny',
		sha256: '0'.repeat(64),
		licence: 'none',
		origin: 'made by a test',
		planes: 'luma',
		pooling: 'min',
		kernels: 1,
		convWeight: new Float32Array(49).fill(0.1),
		convBias: Float32Array.of(0),
		head: [],
		paddingPx: 0,
		clampAtZero: false,
		unit: 'score',
	});
	writeFileSync(join(cwd, 'tiny.safetensors'), weights);
	writeFileSync(join(cwd, 'policy.json'), JSON.stringify({ ...policyNamed('strict'), name: 'ours' }));
	const ring = [
		[0, 0],
		[1000, 0],
		[1000, 1000],
		[0, 1000],
		[0, 0],
	];
	writeFileSync(join(cwd, 'roi.json'), JSON.stringify({ type: 'Polygon', coordinates: [ring] }));
	const far = ring.map(([x, y]) => [x! + 9000, y]);
	writeFileSync(join(cwd, 'far.json'), JSON.stringify({ type: 'Polygon', coordinates: [far] }));
	writeFileSync(join(cwd, 'points.json'), JSON.stringify({ type: 'Point', coordinates: [1, 2] }));
	const half = Buffer.alloc(40 * 20 * 3).map((_, i) => (Math.floor(i / 3) % 40 < 20 ? 255 : 0));
	await sharp(half, { raw: { width: 40, height: 20, channels: 3 } })
		.png()
		.toFile(join(cwd, 'mask.png'));
	await sharp(half, { raw: { width: 20, height: 40, channels: 3 } })
		.png()
		.toFile(join(cwd, 'tall.png'));
});

test('a policy is a preset by name or a file', async () => {
	expect(await loadPolicy('strict', { cwd })).toEqual(policyNamed('strict'));
	expect((await loadPolicy('policy.json', { cwd })).name).toBe('ours');
	expect((await loadPolicy('./policy.json', { cwd })).name).toBe('ours');
	await expect(loadPolicy('stern', { cwd })).rejects.toMatchObject({ tag: 'policy' });
	await expect(loadPolicy('roi.json', { cwd })).rejects.toMatchObject({ tag: 'policy', policy: 'roi.json' });
});

test('without flags there is no region and the mode is fast', async () => {
	const { roiOn, mode, model } = await settings({});
	expect(roiOn(level)).toBeUndefined();
	expect(mode).toBe('fast');
	expect(model.name).toBe('tiny');
	expect((await settings({ exact: true })).mode).toBe('exact');
});

test.each([
	['roi.json', 1 / 8],
	['mask.png', 1 / 2],
])('%s is a region of %d of the slide', async (roi, part) => {
	const mask = (await settings({ roi })).roiOn(level)!;
	const inside = mask.classes.filter((code) => code === TISSUE_CLASS.tissue).length;
	expect(inside / mask.classes.length).toBeCloseTo(part, 2);
	expect(mask.source).toBe('roi');
});

test.each(['far.json', 'points.json', 'tall.png'])('%s cannot be used, and that is the fault of --roi', async (roi) => {
	const { roiOn } = await settings({ roi });
	expect(() => roiOn(level)).toThrow(`--roi ${roi} cannot be used`);
});

test.each([
	[{ roi: 'tiny.safetensors' }, /neither GeoJSON nor a picture/],
	[{ roi: 'gone.json' }, /no such file/],
	[{ model: 'gone.safetensors' }, /--model gone.safetensors cannot be used/],
	[{ model: './mask.png' }, /--model .\/mask.png cannot be used/],
])('%j is refused as bad usage', async (flags, words) => {
	const error = await settings(flags).catch((reason: unknown) => reason);
	expect(error).toMatchObject({ tag: 'argument' });
	expect((error as Error).message).toMatch(words);
});
