/**
 * A picture as 8x8 blocks of gradient.
 * @module
 */
import type { Signal } from '../signal/luma.ts';
import { BLOCK_NUMBERS, BLOCK_PX } from './dictionary.ts';

/** How many whole blocks fit. */
export function blockGrid({ widthPx, heightPx }: Pick<Signal, 'widthPx' | 'heightPx'>): {
	readonly columns: number;
	readonly rows: number;
} {
	return { columns: Math.floor(widthPx / BLOCK_PX), rows: Math.floor(heightPx / BLOCK_PX) };
}

/** Sample variance of the grey levels of each block, row by row; what is left over at the right and below is ignored. */
export function blockVariances(picture: Signal): Float64Array {
	const { columns, rows } = blockGrid(picture);
	const out = new Float64Array(columns * rows);
	for (let block = 0; block < out.length; block++) {
		const start = blockStart(picture, block);
		let sum = 0;
		let squares = 0;
		for (let row = 0, line = start; row < BLOCK_PX; row++, line += picture.widthPx) {
			for (let i = line; i < line + BLOCK_PX; i++) {
				const level = picture.data[i]!;
				sum += level;
				squares += level * level;
			}
		}
		// Whole grey levels: both sums are exact, so nothing is lost in the difference.
		out[block] = (squares - (sum * sum) / BLOCK_NUMBERS) / (BLOCK_NUMBERS - 1);
	}
	return out;
}

/** Index of a block's first pixel. */
function blockStart({ widthPx }: Signal, block: number): number {
	const columns = Math.floor(widthPx / BLOCK_PX);
	return Math.floor(block / columns) * BLOCK_PX * widthPx + (block % columns) * BLOCK_PX;
}

/**
 * Writes `|right difference| + |down difference|` of block number `block` to `out`, column by column. Differences are
 * central, one-sided at the block's own edges: no pixel of another block is looked at.
 */
export function gradientBlock(picture: Signal, block: number, out: Float64Array, offset: number): void {
	const { data, widthPx } = picture;
	const start = blockStart(picture, block);
	for (let column = 0, o = offset; column < BLOCK_PX; column++) {
		const left = Math.max(0, column - 1) - column;
		const right = Math.min(BLOCK_PX - 1, column + 1) - column;
		for (let row = 0, at = start + column; row < BLOCK_PX; row++, at += widthPx, o++) {
			const above = row > 0 ? widthPx : 0;
			const below = row < BLOCK_PX - 1 ? widthPx : 0;
			const across = (data[at + right]! - data[at + left]!) / (right - left);
			const down = (data[at + below]! - data[at - above]!) / (above > 0 && below > 0 ? 2 : 1);
			out[o] = Math.abs(across) + Math.abs(down);
		}
	}
}
