/**
 * Spoiling TIFF files: fields of the directories of a little-endian classic TIFF, changed in place.
 * @module
 */

/** A copy of a file with handles on its first directories. */
export interface TiffPatch {
	readonly bytes: Uint8Array;
	readonly view: DataView;
	/** Positions of the directories of the main chain. */
	readonly directories: readonly number[];
	/** Position of the entry of a tag: +0 tag, +2 type, +4 count, +8 value or offset. */
	entry(directory: number, tag: number): number;
	/** Position of the pointer to the next directory. */
	next(directory: number): number;
}

/** Opens a copy of a file for spoiling. */
export function patchTiff(original: Uint8Array): TiffPatch {
	const bytes = original.slice();
	const view = new DataView(bytes.buffer);
	const count = (at: number): number => view.getUint16(at, true);
	const directories: number[] = [];
	for (let at = view.getUint32(4, true); at !== 0; at = view.getUint32(at + 2 + 12 * count(at), true)) {
		directories.push(at);
	}
	return {
		bytes,
		view,
		directories,
		entry(directory, tag) {
			const start = directories[directory]!;
			for (let i = 0; i < count(start); i++) {
				if (view.getUint16(start + 2 + 12 * i, true) === tag) return start + 2 + 12 * i;
			}
			throw new Error(`The test file has no tag ${tag}.`);
		},
		next: (directory) => directories[directory]! + 2 + 12 * count(directories[directory]!),
	};
}
