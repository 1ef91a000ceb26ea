/**
 * A data set that is only described, for tests of splits.
 * @module
 */
import { type Patch, type PatchSet, zClasses } from '../../sets/patch-set.ts';

/** How large to make it. */
export interface DrawnSet {
	readonly slides: number;
	readonly positions: number;
	readonly slices: number;
}

/** Stacks of slices whose middle one is the sharpest; classes are |z|. */
export function drawnSet({ slides, positions, slices }: DrawnSet): PatchSet {
	const middle = Math.floor(slices / 2);
	const patches: Patch[] = [];
	for (let slide = 0; slide < slides; slide++) {
		for (let position = 0; position < positions; position++) {
			for (let slice = 0; slice < slices; slice++) {
				const zLevel = slice - middle;
				const group = { slide: `s${slide}`, position: `s${slide}p${position}` };
				patches.push({ path: `${group.position}z${slice}.png`, label: Math.abs(zLevel), zLevel, group });
			}
		}
	}
	return { kind: 'focuspath-like', root: '/set', patches, classes: zClasses(middle + 1), notes: [] };
}
