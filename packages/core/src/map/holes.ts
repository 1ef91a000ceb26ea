/**
 * Holes in a map.
 * @module
 */
import type { Level } from '../slide/slide.ts';
import type { Places } from './coverage.ts';
import { VALIDITY } from './focus-map.ts';
import type { UnreadableTile } from './measure.ts';
import { tileRect } from './reading.ts';

/** Changes `assessable` to `unreadable` for every place that touches a tile that could not be read. */
export function markUnreadable(
	validity: Uint8Array,
	unreadable: readonly UnreadableTile[],
	{ originXPx, originYPx, stepPx, sizePx, columns, rows }: Places,
	level: Level,
): void {
	for (const tile of unreadable) {
		const { x, y, widthPx, heightPx } = tileRect(tile, level);
		const first = (startPx: number, originPx: number) =>
			Math.max(0, Math.floor((startPx - originPx - sizePx) / stepPx) + 1);
		const last = (endPx: number, originPx: number, count: number) =>
			Math.min(count, Math.ceil((endPx - originPx) / stepPx));
		for (let row = first(y, originYPx); row < last(y + heightPx, originYPx, rows); row++) {
			for (let column = first(x, originXPx); column < last(x + widthPx, originXPx, columns); column++) {
				const i = row * columns + column;
				if (validity[i] === VALIDITY.assessable) validity[i] = VALIDITY.unreadable;
			}
		}
	}
}
