/**
 * Dust and lint on the cover glass: a few dark specks, on glass and tissue alike.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import type { Grains } from './grain.ts';
import type { Densities } from './nuclei.ts';
import { forEachSite, hash, uniform } from './random.ts';

const SPACING_UM = 420;
const SHARE = 0.35;
const LARGEST_UM = 9;

/** A speck of dust, µm. */
export interface Speck {
	readonly x: number;
	readonly y: number;
	readonly radius: number;
	readonly density: number;
}

/** The specks that reach into a rectangle. */
export function specksIn(rect: RectPx, seed: number, mpp: number): Speck[] {
	const specks: Speck[] = [];
	const area = { x: rect.x * mpp, y: rect.y * mpp, width: rect.widthPx * mpp, height: rect.heightPx * mpp };
	forEachSite(SPACING_UM, hash(seed, 10, 7), area, LARGEST_UM, (x, y, h) => {
		if (uniform(h, 3) > SHARE) return;
		specks.push({ x, y, radius: 1.5 + 4 * uniform(h, 4) ** 2, density: 0.5 + 0.7 * uniform(h, 5) });
	});
	return specks;
}

/** Adds specks to the stain: grey brown, with a ragged outline. */
export function drawSpecks(target: Densities, specks: readonly Speck[], { patches }: Grains, mpp: number): void {
	const { rect, haematoxylin, eosin } = target;
	const mask = patches.side - 1;
	for (const speck of specks) {
		const reach = 1.5 * speck.radius;
		const x1 = Math.min(rect.x + rect.widthPx, Math.ceil((speck.x + reach) / mpp));
		const y1 = Math.min(rect.y + rect.heightPx, Math.ceil((speck.y + reach) / mpp));
		for (let y = Math.max(rect.y, Math.floor((speck.y - reach) / mpp)); y < y1; y++) {
			for (let x = Math.max(rect.x, Math.floor((speck.x - reach) / mpp)); x < x1; x++) {
				const rough = 0.18 * patches.data[(y & mask) * patches.side + (x & mask)]!;
				const radius = Math.hypot(x * mpp - speck.x, y * mpp - speck.y) / speck.radius + rough;
				const depth = Math.min(1, (1 - radius) * speck.radius);
				if (depth <= 0) continue;
				const at = (y - rect.y) * rect.widthPx + x - rect.x;
				haematoxylin[at] = haematoxylin[at]! + depth * speck.density;
				eosin[at] = eosin[at]! + 0.5 * depth * speck.density;
			}
		}
	}
}
