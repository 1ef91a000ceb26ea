/**
 * What kind of tissue lies where: smooth fields over the slide, thresholded when pixels are made.
 * @module
 */
import type { ResolvedPhantomOptions } from './options.ts';
import type { PhantomPlan, Slot } from './plan.ts';
import { fractalNoise, hash, noise, smoothStep, uniform } from './random.ts';

/** The fields, in the order in which `AnatomyField` numbers them. */
export const anatomyFields = ['inside', 'nest', 'cleft', 'fat', 'mucus', 'lymph', 'across', 'along', 'stain'] as const;

/** Position of each field in the output of an `Anatomy`. */
export const field = {
	/** Distance from the outline of the tissue, µm; positive in tissue. */
	inside: 0,
	/** Distance from the border of a nest of epithelial cells, µm, roughly; positive in it. */
	nest: 1,
	/** Width of the gap between nest and stroma, µm; none where negative. */
	cleft: 2,
	/** Positive in fat, mucus, lymphoid tissue; about -1 to 1. */
	fat: 3,
	mucus: 4,
	lymph: 5,
	/** Coordinates across and along the collagen fibres, µm. */
	across: 6,
	along: 7,
	/** Strength of the stain, around 1. */
	stain: 8,
} as const;

/** Writes the nine fields at a position (µm from the slide's origin) to `out`, starting at `at`. */
export type Anatomy = (xUm: number, yUm: number, out: Float64Array | Float32Array, at: number) => void;

/** Far inside, for slides with tissue everywhere, µm. */
const DEEP_UM = 1000;

/** Makes the anatomy of a phantom. */
export function createAnatomy(options: ResolvedPhantomOptions, plan: PhantomPlan): Anatomy {
	const salt = hash(options.seed, 1, 7);
	const outline = createOutline(options, plan, salt);
	const turn = 2 * Math.PI * uniform(salt, 1);
	const cos = Math.cos(turn);
	const sin = Math.sin(turn);
	return (x, y, out, at) => {
		const inside = outline(x, y);
		out[at] = inside;
		if (inside < -40) {
			out.fill(0, at + 1, at + anatomyFields.length);
			return;
		}
		const cellular = noise(x / 330, y / 330, salt + 10);
		const nest = 52 * fractalNoise(x / 95, y / 95, salt + 20, 3) + 26 * cellular + 3;
		out[at + 1] = Math.min(nest, inside - 12);
		out[at + 2] = 5 * noise(x / 70, y / 70, salt + 30) - 0.6;
		out[at + 3] = Math.min(fractalNoise(x / 290, y / 290, salt + 40, 3) - 0.46, inside / 60);
		out[at + 4] = Math.min(fractalNoise(x / 240, y / 240, salt + 50, 3) - 0.56, inside / 100);
		out[at + 5] = fractalNoise(x / 150, y / 150, salt + 60, 2) - 0.42;
		const crimp = 2.6 * noise(x / 21, y / 21, salt + 70) + 0.7 * noise(x / 7, y / 7, salt + 71);
		const bend = 80 * noise(x / 240, y / 240, salt + 72) + 17 * noise(x / 70, y / 70, salt + 73);
		out[at + 6] = x * cos + y * sin + bend + crimp;
		out[at + 7] = y * cos - x * sin + 40 * noise(x / 150, y / 150, salt + 74);
		out[at + 8] = 1 + 0.2 * noise(x / 400, y / 400, salt + 80) + 0.12 * noise(x / 60, y / 60, salt + 81);
	};
}

function createOutline(
	options: ResolvedPhantomOptions,
	plan: PhantomPlan,
	salt: number,
): (x: number, y: number) => number {
	const { mpp } = options;
	const ragged = (x: number, y: number): number => 9 * fractalNoise(x / 50, y / 50, salt + 2, 3);
	switch (options.tissue) {
		case 'everywhere':
			return () => DEEP_UM;
		case 'half': {
			const edge = (options.widthPx * mpp) / 2;
			return (x, y) => edge - 20 - x + ragged(x, y);
		}
		case 'islands': {
			const islands = plan.slots.map((slot, index) => island(slot, mpp, hash(index, 3, salt)));
			return (x, y) => {
				const found = islands.find((it) => x >= it.left && x < it.right && y >= it.top && y < it.bottom);
				if (found === undefined) return -DEEP_UM;
				const rough = found.distance(x, y);
				return rough < -60 ? rough : rough + ragged(x, y);
			};
		}
	}
}

interface Island {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	readonly distance: (x: number, y: number) => number;
}

/** A piece of tissue that fills its slot but for a rim of glass; its shape is an ellipse warped by noise. */
function island(slot: Slot, mpp: number, seed: number): Island {
	const left = slot.x * mpp;
	const top = slot.y * mpp;
	const width = slot.widthPx * mpp;
	const height = slot.heightPx * mpp;
	const centreX = left + width * (0.5 + 0.06 * (uniform(seed, 1) - 0.5));
	const centreY = top + height * (0.5 + 0.06 * (uniform(seed, 2) - 0.5));
	const radiusX = width * (0.42 + 0.06 * uniform(seed, 3));
	const radiusY = height * (0.42 + 0.06 * uniform(seed, 4));
	const scale = Math.min(radiusX, radiusY);
	const rim = Math.min(30, scale * 0.06);
	return {
		left,
		top,
		right: left + width,
		bottom: top + height,
		distance: (x, y) => {
			const u = (x - centreX) / radiusX;
			const v = (y - centreY) / radiusY;
			const warp = 0.36 * fractalNoise(1.7 * u + 9, 1.7 * v + 9, seed, 3);
			const shape = (1 - Math.sqrt(u * u + v * v) + warp) * scale;
			const border = Math.min(x - left, left + width - x, y - top, top + height - y) - rim;
			// A smooth minimum: the outline bends away from the slot's border instead of following it.
			return shape + (border - shape) * smoothStep(-0.15 * scale, 0.15 * scale, shape - border);
		},
	};
}
