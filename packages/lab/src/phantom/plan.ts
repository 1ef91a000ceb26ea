/**
 * The plan of a phantom: the slide cut into slots, what happens to the focus in each, and where its tissue lies.
 * @module
 */
import type { ResolvedPhantomOptions } from './options.ts';
import { hash, uniform } from './random.ts';

/** A patch out of focus: full strength in the middle of an ellipse, none outside it. Level-0 px. */
export interface DefocusPatch {
	readonly kind: 'patch';
	readonly x: number;
	readonly y: number;
	readonly radiusXPx: number;
	readonly radiusYPx: number;
	/** Share of the radius over which the strength is full; it falls smoothly from there to the rim. */
	readonly plateau: number;
	readonly defocusUm: number;
}

/** A slot whose focus runs away linearly: none at its start, `defocusUm` at its end. Level-0 px. */
export interface DefocusTilt {
	readonly kind: 'tilt';
	readonly x: number;
	readonly y: number;
	readonly widthPx: number;
	readonly heightPx: number;
	/** Which way the defocus grows. */
	readonly along: 'x' | 'y';
	/** Width of the smooth edge within the slot, as a share of its size. */
	readonly edge: number;
	readonly defocusUm: number;
}

/** A region of the slide that is out of focus. */
export type DefocusRegion = DefocusPatch | DefocusTilt;

/** The room of one piece of tissue, level-0 px. */
export interface Slot {
	readonly x: number;
	readonly y: number;
	readonly widthPx: number;
	readonly heightPx: number;
}

/** Where everything is. */
export interface PhantomPlan {
	readonly slots: readonly Slot[];
	readonly regions: readonly DefocusRegion[];
}

/** Strengths of the patches, µm. */
const PATCH_STRENGTHS_UM = [1, 4, 2, 8] as const;

/** Defocus at the far end of a tilt, µm. */
const TILT_UM = 6;

/**
 * Makes the plan. Of six slots one is sharp all over, one tilts, and four have a patch each; a slide too thin for six
 * equal squares has longer or more slots.
 */
export function planPhantom(options: ResolvedPhantomOptions): PhantomPlan {
	const widthPx = options.tissue === 'half' ? options.widthPx / 2 : options.widthPx;
	const columns = Math.min(8, Math.max(1, Math.round(Math.sqrt((6 * widthPx) / options.heightPx))));
	const rows = Math.max(1, Math.min(8, Math.ceil(6 / columns)));
	const slots: Slot[] = [];
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			slots.push({
				x: (column * widthPx) / columns,
				y: (row * options.heightPx) / rows,
				widthPx: widthPx / columns,
				heightPx: options.heightPx / rows,
			});
		}
	}
	const order = slots
		.map((slot, index) => ({ slot, key: hash(index, 11, options.seed) }))
		.sort((a, b) => a.key - b.key)
		.map(({ slot }) => slot);
	const regions: DefocusRegion[] = [];
	let patches = 0;
	for (const [index, slot] of order.entries()) {
		const role = index % 6;
		if (role === 0) regions.push(tilt(slot, options.tissue === 'islands' ? 0.04 : 0.12));
		else if (role !== 3) {
			const strength = PATCH_STRENGTHS_UM[patches++ % PATCH_STRENGTHS_UM.length]!;
			regions.push(patch(slot, strength, hash(index, 12, options.seed)));
		}
	}
	return { slots, regions };
}

/** On glass between islands the tilt may end abruptly; within tissue it fades. */
function tilt(slot: Slot, edge: number): DefocusTilt {
	return { kind: 'tilt', ...slot, along: slot.widthPx >= slot.heightPx ? 'x' : 'y', edge, defocusUm: TILT_UM };
}

function patch(slot: Slot, defocusUm: number, seed: number): DefocusPatch {
	return {
		kind: 'patch',
		x: slot.x + slot.widthPx * (0.5 + 0.16 * (uniform(seed, 1) - 0.5)),
		y: slot.y + slot.heightPx * (0.5 + 0.16 * (uniform(seed, 2) - 0.5)),
		radiusXPx: slot.widthPx * (0.36 + 0.06 * uniform(seed, 3)),
		radiusYPx: slot.heightPx * (0.36 + 0.06 * uniform(seed, 4)),
		plateau: 0.5,
		defocusUm,
	};
}
