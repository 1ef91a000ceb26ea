/**
 * How large the squares are that a network looks at.
 * @module
 */
import { ModelError } from '@parfocal/core';
import type { NetworkDescription } from '../networks/model-file.ts';
import type { WindowShape } from './window-pixels.ts';

/**
 * The windows of a network.
 * @throws {ModelError} when its pictures were resampled and nobody says from which size
 */
export function windowShapeOf({ inputPx, resampler, windowPx }: NetworkDescription, name: string): WindowShape {
	if (resampler === 'none') return { windowPx: inputPx, inputPx, resampler };
	if (windowPx !== undefined) return { windowPx, inputPx, resampler };
	throw new ModelError(
		name,
		`${name} was trained on pictures made ${inputPx} px wide, and its file does not say from which size. Say so once: parfocal models import FILE --window-px N`,
	);
}
