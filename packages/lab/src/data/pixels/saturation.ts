/**
 * Colour saturation.
 * @module
 */
import { luma } from '@parfocal/core';

/**
 * Moves interleaved RGB away from its grey (`factor` above 1) or towards it, in place: `grey + factor * (value - grey)`,
 * cut to 0..255, fractions dropped, with the luma of ITU-R BT.601 as grey. As Pillow's `ImageEnhance.Color`.
 */
export function saturate(rgb: Uint8Array, factor: number): void {
	for (let i = 0; i < rgb.length; i += 3) {
		const grey = luma(rgb[i]!, rgb[i + 1]!, rgb[i + 2]!);
		for (let c = i; c < i + 3; c++) {
			rgb[c] = Math.min(Math.max(grey + factor * (rgb[c]! - grey), 0), 255);
		}
	}
}
