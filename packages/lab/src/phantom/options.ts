/**
 * What a phantom slide is made from.
 * @module
 */
import { ArgumentError, ASSUMED_MPP, ASSUMED_OPTICS } from '@parfocal/core';

/** Where tissue lies: separate pieces on glass, everywhere, or over the left half of the slide. */
export type PhantomTissue = 'islands' | 'everywhere' | 'half';

/** How the file is laid out: as Aperio scanners do, or as a plain pyramid of halved levels. */
export type PhantomLayout = 'svs' | 'generic';

/** What decides the phantom's pixels and its file. Every field has a default. */
export interface PhantomOptions {
	/** Size of level 0; 64 to 100,000 px a side. Default 8192. */
	readonly widthPx?: number;
	readonly heightPx?: number;
	/** µm a level-0 pixel, 0.1 to 2. Default 0.25 (a 40x scan). */
	readonly mpp?: number;
	/** Any whole number from 0 to 2^32 - 1; another seed, another slide. Default 1. */
	readonly seed?: number;
	/** JPEG quality 1 to 100. Default 80. */
	readonly quality?: number;
	/** Chroma at half resolution (`420`, default) or full (`444`). */
	readonly subsampling?: '420' | '444';
	/** Default `generic`. */
	readonly layout?: PhantomLayout;
	/** Side of a tile; a multiple of 16 from 64 to 1024. Default 256, and 240 for `svs`. */
	readonly tileSizePx?: number;
	/** Default `islands`. */
	readonly tissue?: PhantomTissue;
}

/** The optics that blur the phantom. */
export interface PhantomOptics {
	readonly numericalAperture: number;
	readonly refractiveIndex: number;
	readonly wavelengthUm: number;
	readonly mpp: number;
}

/** The middle of the visible, µm. */
export const PHANTOM_WAVELENGTH_UM = 0.55;

/** Largest side of a phantom, px. */
export const LARGEST_PHANTOM_PX = 100_000;

/** Options with every default filled in. */
export type ResolvedPhantomOptions = Required<PhantomOptions>;

/**
 * Fills in defaults and checks every option.
 * @throws {ArgumentError} naming the option that cannot be used.
 */
export function resolvePhantomOptions(options: PhantomOptions = {}): ResolvedPhantomOptions {
	const layout = options.layout ?? 'generic';
	const resolved: ResolvedPhantomOptions = {
		widthPx: options.widthPx ?? 8192,
		heightPx: options.heightPx ?? 8192,
		mpp: options.mpp ?? ASSUMED_MPP,
		seed: options.seed ?? 1,
		quality: options.quality ?? 80,
		subsampling: options.subsampling ?? '420',
		layout,
		tileSizePx: options.tileSizePx ?? (layout === 'svs' ? 240 : 256),
		tissue: options.tissue ?? 'islands',
	};
	checkWhole('widthPx', resolved.widthPx, 64, LARGEST_PHANTOM_PX);
	checkWhole('heightPx', resolved.heightPx, 64, LARGEST_PHANTOM_PX);
	checkWhole('seed', resolved.seed, 0, 2 ** 32 - 1);
	checkWhole('quality', resolved.quality, 1, 100);
	checkWhole('tileSizePx', resolved.tileSizePx, 64, 1024);
	if (resolved.tileSizePx % 16 !== 0) {
		throw new ArgumentError('tileSizePx', `TIFF tiles are a multiple of 16 px a side, not ${resolved.tileSizePx}.`);
	}
	if (!(resolved.mpp >= 0.1 && resolved.mpp <= 2)) {
		throw new ArgumentError('mpp', `The pixel size must be 0.1 to 2 µm, not ${resolved.mpp}.`);
	}
	checkChoice('subsampling', resolved.subsampling, ['420', '444']);
	checkChoice('layout', resolved.layout, ['svs', 'generic']);
	checkChoice('tissue', resolved.tissue, ['islands', 'everywhere', 'half']);
	return resolved;
}

/** The optics of a phantom: an objective of NA 0.75 in air at 0.55 µm. */
export function phantomOptics(mpp: number): PhantomOptics {
	return { ...ASSUMED_OPTICS, wavelengthUm: PHANTOM_WAVELENGTH_UM, mpp };
}

function checkWhole(name: string, value: number, low: number, high: number): void {
	if (!(Number.isInteger(value) && value >= low && value <= high)) {
		throw new ArgumentError(name, `${name} must be a whole number from ${low} to ${high}, not ${value}.`);
	}
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
	if (!choices.includes(value)) {
		throw new ArgumentError(name, `${name} must be one of ${choices.join(', ')}, not ${value}.`);
	}
}
