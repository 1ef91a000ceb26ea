/**
 * How far out of focus each place of a phantom is.
 * @module
 */
import type { DefocusPatch, DefocusRegion, DefocusTilt } from './plan.ts';
import { smoothStep } from './random.ts';

/** Defocus in µm at a level-0 position; 0 is in focus. */
export type DefocusField = (x: number, y: number) => number;

/** The field of some regions: the strongest counts where they meet. */
export function defocusField(regions: readonly DefocusRegion[]): DefocusField {
	return (x, y) => {
		let defocusUm = 0;
		for (const region of regions) {
			const here = region.kind === 'patch' ? patchDefocus(region, x, y) : tiltDefocus(region, x, y);
			if (here > defocusUm) defocusUm = here;
		}
		return defocusUm;
	};
}

function patchDefocus(patch: DefocusPatch, x: number, y: number): number {
	const dx = (x - patch.x) / patch.radiusXPx;
	const dy = (y - patch.y) / patch.radiusYPx;
	const radius = dx * dx + dy * dy;
	return radius >= 1 ? 0 : patch.defocusUm * (1 - smoothStep(patch.plateau, 1, Math.sqrt(radius)));
}

function tiltDefocus(tilt: DefocusTilt, x: number, y: number): number {
	const u = (x - tilt.x) / tilt.widthPx;
	const v = (y - tilt.y) / tilt.heightPx;
	if (u <= 0 || u >= 1 || v <= 0 || v >= 1) return 0;
	const { edge } = tilt;
	const window =
		smoothStep(0, edge, u) * smoothStep(0, edge, 1 - u) * smoothStep(0, edge, v) * smoothStep(0, edge, 1 - v);
	return tilt.defocusUm * (tilt.along === 'x' ? u : v) * window;
}
