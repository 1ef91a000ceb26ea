import { ArgumentError } from '@parfocal/core';
import { expect, test } from 'vitest';
import { type PhantomOptions, phantomOptics, resolvePhantomOptions } from './options.ts';

test('defaults', () => {
	expect(resolvePhantomOptions()).toEqual({
		widthPx: 8192,
		heightPx: 8192,
		mpp: 0.25,
		seed: 1,
		quality: 80,
		subsampling: '420',
		layout: 'generic',
		tileSizePx: 256,
		tissue: 'islands',
	});
	expect(resolvePhantomOptions({ layout: 'svs' }).tileSizePx).toBe(240);
	expect(resolvePhantomOptions({ layout: 'svs', tileSizePx: 512 }).tileSizePx).toBe(512);
});

test.each<[string, PhantomOptions]>([
	['widthPx', { widthPx: 63 }],
	['widthPx', { widthPx: 100_001 }],
	['widthPx', { widthPx: 512.5 }],
	['heightPx', { heightPx: Number.NaN }],
	['heightPx', { heightPx: -512 }],
	['seed', { seed: -1 }],
	['seed', { seed: 2 ** 32 }],
	['quality', { quality: 0 }],
	['quality', { quality: 101 }],
	['tileSizePx', { tileSizePx: 250 }],
	['tileSizePx', { tileSizePx: 2048 }],
	['mpp', { mpp: 0 }],
	['mpp', { mpp: 2.5 }],
	['mpp', { mpp: Number.NaN }],
	['subsampling', { subsampling: '422' as '420' }],
	['layout', { layout: 'ndpi' as 'svs' }],
	['tissue', { tissue: 'none' as 'half' }],
])('%s is refused: %j', (argument, options) => {
	expect(() => resolvePhantomOptions(options)).toThrow(ArgumentError);
	expect(() => resolvePhantomOptions(options)).toThrow(expect.objectContaining({ argument }));
});

test('optics of an objective of NA 0.75 in air', () => {
	expect(phantomOptics(0.5)).toEqual({ numericalAperture: 0.75, refractiveIndex: 1, wavelengthUm: 0.55, mpp: 0.5 });
});
