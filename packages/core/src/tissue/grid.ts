/**
 * Small tools on row-major grids of bytes: connected regions, erosion, growing.
 * @module
 */

/** Size of a grid. */
export interface GridSize {
	readonly widthPx: number;
	readonly heightPx: number;
}

/** A connected region of a grid; half-open bounds. */
export interface GridRegion {
	/** Places in it. */
	readonly size: number;
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	/** True when it reaches an edge of the grid. */
	readonly touchesEdge: boolean;
}

/** The connected regions of a grid. */
export interface GridRegions {
	/** For each place the index of its region in `list`, -1 outside. */
	readonly labels: Int32Array;
	/** In row-major order of their first place. */
	readonly list: readonly GridRegion[];
}

/**
 * The 8-connected (or 4-connected) regions where `inside` is not 0. Rows are cut into runs, and runs that touch ones of
 * the row above join their region (union-find), so the cost is one pass over the grid.
 */
export function connectedRegions(inside: Uint8Array, size: GridSize, neighbours: 4 | 8 = 8): GridRegions {
	const runs = findRuns(inside, size);
	const roots = joinRuns(runs, size, neighbours === 8 ? 1 : 0);
	return describeRegions(runs, roots, inside.length, size);
}

/** Runs of places: row, first column and the one after the last, three numbers each. `rowStarts` has a run index a row. */
interface Runs {
	readonly data: Int32Array;
	readonly count: number;
	readonly rowStarts: Int32Array;
}

function findRuns(inside: Uint8Array, { widthPx, heightPx }: GridSize): Runs {
	let data = new Int32Array(3 * 1024);
	let count = 0;
	const rowStarts = new Int32Array(heightPx + 1);
	for (let y = 0, i = 0; y < heightPx; y++) {
		rowStarts[y] = count;
		let start = -1;
		for (let x = 0; x <= widthPx; x++) {
			const is = x < widthPx && inside[i + x] !== 0;
			if (is && start < 0) start = x;
			if (is || start < 0) continue;
			if (3 * count === data.length) {
				const grown = new Int32Array(2 * data.length);
				grown.set(data);
				data = grown;
			}
			data[3 * count] = y;
			data[3 * count + 1] = start;
			data[3 * count + 2] = x;
			count++;
			start = -1;
		}
		i += widthPx;
	}
	rowStarts[heightPx] = count;
	return { data, count, rowStarts };
}

/** For each run the first run of its region. `reach` 1 lets corners touch. */
function joinRuns({ data, count, rowStarts }: Runs, { heightPx }: GridSize, reach: 0 | 1): Int32Array {
	const parents = new Int32Array(count);
	const rootOf = (run: number) => {
		let root = run;
		while (parents[root] !== root) root = parents[root]!;
		while (parents[run] !== root) {
			const next = parents[run]!;
			parents[run] = root;
			run = next;
		}
		return root;
	};
	for (let run = 0; run < count; run++) parents[run] = run;
	for (let y = 1; y < heightPx; y++) {
		let above = rowStarts[y - 1]!;
		for (let run = rowStarts[y]!; run < rowStarts[y + 1]!; run++) {
			const start = data[3 * run + 1]! - reach;
			const end = data[3 * run + 2]! + reach;
			while (above < rowStarts[y]! && data[3 * above + 2]! <= start) above++;
			for (let other = above; other < rowStarts[y]! && data[3 * other + 1]! < end; other++) {
				const a = rootOf(run);
				const b = rootOf(other);
				// The earlier run stays the root, so roots come in row-major order.
				if (a < b) parents[b] = a;
				else parents[a] = b;
			}
		}
	}
	for (let run = 0; run < count; run++) parents[run] = rootOf(run);
	return parents;
}

function describeRegions({ data, count }: Runs, roots: Int32Array, places: number, size: GridSize): GridRegions {
	const { widthPx, heightPx } = size;
	const labels = new Int32Array(places).fill(-1);
	const indexOfRoot = new Int32Array(count);
	const list: { size: number; left: number; top: number; right: number; bottom: number; touchesEdge: boolean }[] = [];
	for (let run = 0; run < count; run++) {
		const y = data[3 * run]!;
		const start = data[3 * run + 1]!;
		const end = data[3 * run + 2]!;
		const root = roots[run]!;
		if (root === run) {
			indexOfRoot[run] = list.length;
			list.push({ size: 0, left: start, top: y, right: end, bottom: y + 1, touchesEdge: false });
		}
		const index = indexOfRoot[root]!;
		const region = list[index]!;
		region.size += end - start;
		region.left = Math.min(region.left, start);
		region.right = Math.max(region.right, end);
		region.bottom = y + 1;
		if (y === 0 || y === heightPx - 1 || start === 0 || end === widthPx) region.touchesEdge = true;
		for (let i = y * widthPx + start; i < y * widthPx + end; i++) labels[i] = index;
	}
	return { labels, list };
}

/** 1 in the regions that `wanted` picks. */
export function keepRegions(
	{ labels, list }: GridRegions,
	wanted: (region: GridRegion, index: number) => boolean,
): Uint8Array {
	const keep = Uint8Array.from(list, (region, index) => Number(wanted(region, index)));
	const out = new Uint8Array(labels.length);
	for (let i = 0; i < out.length; i++) {
		const label = labels[i]!;
		if (label >= 0) out[i] = keep[label]!;
	}
	return out;
}

/**
 * The regions of `inside` that hold at least one place of `seeds` (reconstruction by dilation; hysteresis), and that
 * `wanted` picks.
 */
export function grownFrom(
	seeds: Uint8Array,
	inside: Uint8Array,
	size: GridSize,
	wanted: (region: GridRegion) => boolean = () => true,
): Uint8Array {
	if (!seeds.includes(1)) return new Uint8Array(inside.length);
	const regions = connectedRegions(inside, size);
	const seeded = new Uint8Array(regions.list.length);
	for (let i = 0; i < seeds.length; i++) if (seeds[i] && regions.labels[i]! >= 0) seeded[regions.labels[i]!] = 1;
	return keepRegions(regions, (region, index) => seeded[index] === 1 && wanted(region));
}

/** Places whose 3x3 neighbourhood lies wholly inside; outside the grid counts as inside, so edges do not erode. */
export function erode(inside: Uint8Array, { widthPx, heightPx }: GridSize): Uint8Array {
	const across = new Uint8Array(inside.length);
	for (let y = 0; y < heightPx; y++) {
		const row = y * widthPx;
		for (let x = 0; x < widthPx; x++) {
			const i = row + x;
			across[i] = inside[i]! & inside[x > 0 ? i - 1 : i]! & inside[x < widthPx - 1 ? i + 1 : i]!;
		}
	}
	const out = new Uint8Array(inside.length);
	for (let y = 0; y < heightPx; y++) {
		const above = y > 0 ? -widthPx : 0;
		const below = y < heightPx - 1 ? widthPx : 0;
		for (let i = y * widthPx; i < (y + 1) * widthPx; i++) out[i] = across[i]! & across[i + above]! & across[i + below]!;
	}
	return out;
}
