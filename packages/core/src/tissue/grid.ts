/**
 * Small tools on row-major grids of bytes: connected regions, erosion, growing.
 * @module
 */

/** Size of a grid. */
export interface GridSize {
	readonly widthPx: number;
	readonly heightPx: number;
}

/** A connected region of a grid. */
export interface GridRegion {
	/** Its places as row-major indices, in the order they were found (the first is the topmost, then leftmost). */
	readonly indices: Int32Array;
	/** Half-open bounds. */
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	/** True when it reaches an edge of the grid. */
	readonly touchesEdge: boolean;
}

/** The 8-connected (or 4-connected) regions where `inside` is not 0, in row-major order of their first place. */
export function connectedRegions(inside: Uint8Array, size: GridSize, neighbours: 4 | 8 = 8): GridRegion[] {
	const { widthPx, heightPx } = size;
	const seen = new Uint8Array(inside.length);
	const queue = new Int32Array(inside.length);
	const regions: GridRegion[] = [];
	for (let start = 0; start < inside.length; start++) {
		if (!inside[start] || seen[start]) continue;
		let tail = 0;
		queue[tail++] = start;
		seen[start] = 1;
		let left = widthPx;
		let right = 0;
		let top = heightPx;
		let bottom = 0;
		for (let head = 0; head < tail; head++) {
			const index = queue[head]!;
			const x = index % widthPx;
			const y = (index - x) / widthPx;
			if (x < left) left = x;
			if (x >= right) right = x + 1;
			if (y < top) top = y;
			if (y >= bottom) bottom = y + 1;
			for (let dy = -1; dy <= 1; dy++) {
				const ny = y + dy;
				if (ny < 0 || ny >= heightPx) continue;
				for (let dx = -1; dx <= 1; dx++) {
					const nx = x + dx;
					if (nx < 0 || nx >= widthPx || (neighbours === 4 && dx !== 0 && dy !== 0)) continue;
					const next = ny * widthPx + nx;
					if (!inside[next] || seen[next]) continue;
					seen[next] = 1;
					queue[tail++] = next;
				}
			}
		}
		const touchesEdge = left === 0 || top === 0 || right === widthPx || bottom === heightPx;
		regions.push({ indices: queue.slice(0, tail), left, top, right, bottom, touchesEdge });
	}
	return regions;
}

/** Places whose 3x3 neighbourhood lies wholly inside; outside the grid counts as inside, so edges do not erode. */
export function erode(inside: Uint8Array, { widthPx, heightPx }: GridSize): Uint8Array {
	const out = new Uint8Array(inside.length);
	for (let y = 0; y < heightPx; y++) {
		const top = Math.max(0, y - 1);
		const bottom = Math.min(heightPx - 1, y + 1);
		for (let x = 0; x < widthPx; x++) {
			const left = Math.max(0, x - 1);
			const right = Math.min(widthPx - 1, x + 1);
			let all = 1;
			for (let ny = top; ny <= bottom && all; ny++) {
				for (let nx = left; nx <= right; nx++) {
					if (!inside[ny * widthPx + nx]) {
						all = 0;
						break;
					}
				}
			}
			out[y * widthPx + x] = all;
		}
	}
	return out;
}

/** The regions of `inside` that hold at least one place of `seeds` (reconstruction by dilation; hysteresis). */
export function grownFrom(seeds: Uint8Array, inside: Uint8Array, size: GridSize): Uint8Array {
	const out = new Uint8Array(inside.length);
	for (const region of connectedRegions(inside, size)) {
		if (!region.indices.some((index) => seeds[index])) continue;
		for (const index of region.indices) out[index] = 1;
	}
	return out;
}
