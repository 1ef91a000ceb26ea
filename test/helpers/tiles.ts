/** Where the tiles of a phantom lie in its file, to damage some of them. */
import { readFileSync, writeFileSync } from 'node:fs';

const TILE_OFFSETS = 324;
const TILE_BYTE_COUNTS = 325;

/** Offsets and byte counts of the tiles in the first directory of a little-endian TIFF or BigTIFF. */
export function tilesOf(file: Buffer): { readonly offset: number; readonly bytes: number }[] {
	const big = file.readUInt16LE(2) === 43;
	const word = (at: number): number => (big ? Number(file.readBigUInt64LE(at)) : file.readUInt32LE(at));
	const directory = word(big ? 8 : 4);
	const entries = big ? word(directory) : file.readUInt16LE(directory);
	const values = (wanted: number): number[] => {
		for (let i = 0; i < entries; i++) {
			const entry = directory + (big ? 8 + 20 * i : 2 + 12 * i);
			if (file.readUInt16LE(entry) !== wanted) continue;
			const width = { 3: 2, 4: 4, 16: 8 }[file.readUInt16LE(entry + 2)] ?? 0;
			const count = word(entry + 4);
			const field = entry + (big ? 12 : 8);
			const start = width * count <= (big ? 8 : 4) ? field : word(field);
			return Array.from({ length: count }, (_, n) => {
				const at = start + n * width;
				if (width === 8) return Number(file.readBigUInt64LE(at));
				return width === 4 ? file.readUInt32LE(at) : file.readUInt16LE(at);
			});
		}
		throw new Error(`no tag ${wanted}`);
	};
	const counts = values(TILE_BYTE_COUNTS);
	return values(TILE_OFFSETS).map((offset, i) => ({ offset, bytes: counts[i]! }));
}

/** Copies a slide with the given level-0 tiles overwritten by noise that is no JPEG. */
export function copyWithBadTiles(from: string, to: string, indices: readonly number[]): void {
	const file = readFileSync(from);
	const tiles = tilesOf(file);
	for (const index of indices) {
		const { offset, bytes } = tiles[index]!;
		file.fill(0xa5, offset, offset + bytes);
	}
	writeFileSync(to, file);
}
