/**
 * The pixels of a phantom: stain, light, blur, camera. Any rectangle can be rendered by itself and comes out the same as in
 * any other cut.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { type Anatomy, createAnatomy } from './anatomy.ts';
import { createBlur } from './blur.ts';
import { photograph } from './camera.ts';
import { type DefocusField, defocusField } from './defocus-field.ts';
import { drawSpecks, specksIn } from './dust.ts';
import { createGrains } from './grain.ts';
import { type KindSamples, kindsIn } from './kinds.ts';
import { type Lattice, sampleLattice } from './lattice.ts';
import type { Densities } from './nuclei.ts';
import { phantomOptics, type ResolvedPhantomOptions } from './options.ts';
import { type PhantomPlan, planPhantom } from './plan.ts';
import { createRaster, grow, type Raster } from './raster.ts';
import { absorbedLight } from './stain.ts';
import { drawTissue, type TissueMaker } from './tissue.ts';

/** A piece of the slide. */
export interface RenderedTile {
	/** Interleaved 8-bit sRGB. */
	readonly data: Uint8Array;
	/** What lies on it. */
	readonly places: KindSamples;
}

/** Renders the slide piece by piece. */
export interface PhantomRenderer {
	readonly options: ResolvedPhantomOptions;
	readonly plan: PhantomPlan;
	readonly anatomy: Anatomy;
	/** Defocus in µm at a level-0 position. */
	readonly defocusAt: DefocusField;
	/** The pixels of a rectangle, which may reach beyond the slide. */
	render(rect: RectPx): RenderedTile;
}

/** Prepares a phantom: plans it and makes its textures, some tenths of a second. */
export function createPhantomRenderer(options: ResolvedPhantomOptions): PhantomRenderer {
	const { seed, mpp } = options;
	const plan = planPhantom(options);
	const anatomy = createAnatomy(options, plan);
	const defocusAt = defocusField(plan.regions);
	const blur = createBlur(defocusAt, phantomOptics(mpp));
	const maker: TissueMaker = { anatomy, grains: createGrains(seed, mpp), seed, mpp };
	return {
		options,
		plan,
		anatomy,
		defocusAt,
		render(rect) {
			const blurHere = blur(rect);
			const wide = grow(rect, blurHere.haloPx);
			const lattice = sampleLattice(anatomy, wide, mpp);
			const stain = stainOf(maker, wide, lattice);
			const light = stain && blurHere.apply(lightThrough(stain));
			const data = new Uint8Array(3 * rect.widthPx * rect.heightPx);
			photograph(light, rect, seed, data);
			return { data, places: kindsIn(lattice, rect) };
		},
	};
}

/** Absorbed light behind the stain, before the objective. */
function lightThrough({ rect, haematoxylin, eosin }: Densities): Raster {
	const light = createRaster(rect);
	absorbedLight(haematoxylin, eosin, light.data);
	return light;
}

/** Tissue and dust; undefined where there is only glass. */
function stainOf(maker: TissueMaker, rect: RectPx, lattice: Lattice): Densities | undefined {
	const { grains, seed, mpp } = maker;
	const specks = specksIn(rect, seed, mpp);
	let densities = drawTissue(maker, rect, lattice);
	if (specks.length === 0) return densities;
	const size = rect.widthPx * rect.heightPx;
	densities ??= { rect, haematoxylin: new Float32Array(size), eosin: new Float32Array(size) };
	drawSpecks(densities, specks, grains, mpp);
	return densities;
}
