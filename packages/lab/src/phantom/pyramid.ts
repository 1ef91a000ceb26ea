/**
 * The levels of a pyramid, each made from the one above while that streams by.
 * @module
 */
import { GLASS_BYTE } from './camera.ts';

/** Size of one level. */
export interface LevelSize {
	readonly widthPx: number;
	readonly heightPx: number;
	/** Tiles across and down. */
	readonly columns: number;
	readonly rows: number;
}

/** A tile as it is finished: whole, padded at the right and bottom of the slide. */
export interface FinishedTile {
	readonly level: number;
	readonly column: number;
	readonly row: number;
	/** Interleaved RGB. */
	readonly data: Uint8Array;
}

/** Every halving of a slide until it fits into one tile. */
export function pyramidSizes(widthPx: number, heightPx: number, tilePx: number): LevelSize[] {
	const levels: LevelSize[] = [];
	for (let level = 0; ; level++) {
		const size = { widthPx: Math.ceil(widthPx / 2 ** level), heightPx: Math.ceil(heightPx / 2 ** level) };
		levels.push({ ...size, columns: Math.ceil(size.widthPx / tilePx), rows: Math.ceil(size.heightPx / tilePx) });
		if (Math.max(size.widthPx, size.heightPx) <= tilePx) return levels;
	}
}

/**
 * Takes the tiles of level 0 row by row and hands out every tile of every level, those of a level in order too. Holds one
 * row of tiles a level below 0: about as many bytes as one row of tiles of level 0 in all.
 */
export class Pyramid {
	readonly #levels: readonly LevelSize[];
	readonly #tilePx: number;
	readonly #emit: (tile: FinishedTile) => Promise<void>;
	/** The unfinished row of tiles of each level, made when first needed. */
	readonly #bands: (Uint8Array | undefined)[] = [];

	constructor(levels: readonly LevelSize[], tilePx: number, emit: (tile: FinishedTile) => Promise<void>) {
		this.#levels = levels;
		this.#tilePx = tilePx;
		this.#emit = emit;
	}

	/** Adds the next tile of a level (level 0 for callers). Waits for `emit`. */
	async add(tile: FinishedTile): Promise<void> {
		await this.#emit(tile);
		const below = this.#levels[tile.level + 1];
		if (below === undefined) return;
		this.#bands[tile.level + 1] ??= this.#emptyBand(below);
		const band = this.#bands[tile.level + 1]!;
		this.#reduceInto(band, below, tile);
		const { columns, rows } = this.#levels[tile.level]!;
		if (tile.column === columns - 1 && (tile.row % 2 === 1 || tile.row === rows - 1)) {
			await this.#flush(tile.level + 1, tile.row >> 1);
		}
	}

	#emptyBand({ columns }: LevelSize): Uint8Array {
		return new Uint8Array(3 * columns * this.#tilePx * this.#tilePx).fill(GLASS_BYTE);
	}

	/** Means of 2 x 2 pixels, rounded. */
	#reduceInto(band: Uint8Array, { columns }: LevelSize, { column, row, data }: FinishedTile): void {
		const side = this.#tilePx;
		const stride = 3 * side;
		const bandStride = columns * stride;
		for (let y = 0; y < side / 2; y++) {
			let from = 2 * y * stride;
			let to = (((row % 2) * side) / 2 + y) * bandStride + (column * stride) / 2;
			for (let x = 0; x < side / 2; x++, from += 6, to += 3) {
				for (let c = 0; c < 3; c++) {
					const upper = data[from + c]! + data[from + 3 + c]!;
					band[to + c] = (upper + data[from + stride + c]! + data[from + stride + 3 + c]! + 2) >> 2;
				}
			}
		}
	}

	async #flush(level: number, row: number): Promise<void> {
		const band = this.#bands[level]!;
		this.#bands[level] = undefined;
		const { columns } = this.#levels[level]!;
		const stride = 3 * this.#tilePx;
		for (let column = 0; column < columns; column++) {
			const data = new Uint8Array(stride * this.#tilePx);
			for (let y = 0; y < this.#tilePx; y++) {
				const from = (y * columns + column) * stride;
				data.set(band.subarray(from, from + stride), y * stride);
			}
			await this.add({ level, column, row, data });
		}
	}
}
