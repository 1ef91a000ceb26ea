/**
 * A fingerprint of exact scores, to be the same to the last bit in every engine.
 * @module
 */
import { sha256 } from '../../../fingerprint.ts';
import { createCellGrid } from '../../cells.ts';
import { createFocusLiteNN } from '../focuslitenn.ts';
import { noisePlanes, stripedImage, syntheticDefinition } from './synthetic.ts';

/** SHA-256 of `scoreBytes`, in hex: committed here, asserted in Node and in a browser. */
export const EXPECTED_SCORES_SHA256 = '0fb121f841ce6d1c9dd8a240065aee2d79dc169333e1e9bd12935997e39badf3';

/** Hash of the exact scores of many models, and of fast-mode cells. */
export async function scoresSha256(): Promise<string> {
	const image = stripedImage(491, 363, 3, 16);
	const parts: Uint8Array[] = [];
	for (const planes of ['all', 'luma'] as const) {
		for (const pooling of ['min', 'minMax', 'energy'] as const) {
			for (const [kernels, paddingPx] of [
				[1, 1],
				[2, 0],
				[10, 1],
			] as const) {
				const model = createFocusLiteNN(syntheticDefinition({ kernels, pooling, planes, paddingPx }));
				parts.push(bytesOf(model.scoreWindows(image).scores));
				const grid = createCellGrid(0, 0, 4, 4, kernels);
				model.cells!.measure(noisePlanes('ycbcr', 256, 256, 2, 2), 0, 0, grid);
				parts.push(bytesOf(grid.data));
			}
		}
	}
	const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return sha256(bytes);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
	return new Uint8Array(buffer, byteOffset, byteLength);
}
