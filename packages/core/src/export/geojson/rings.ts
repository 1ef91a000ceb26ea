/**
 * Tracing the outline of a group of grid places as closed rectilinear rings.
 * @module
 */

/** A corner of the grid: `[column, row]`, in places. */
export type Corner = readonly [column: number, row: number];

/** A closed ring: the last corner equals the first. Only corners where the outline turns. */
export type Ring = readonly Corner[];

/** An outer ring and the holes in it. */
export interface Outline {
	readonly outer: Ring;
	readonly holes: readonly Ring[];
}

/** Directions in the order right, down, left, up (rows grow downward). */
const STEP_X = [1, 0, -1, 0] as const;
const STEP_Y = [0, 1, 0, -1] as const;

/**
 * Outlines of every group. Along a ring the group lies on the right as seen on screen, which in the ring's own numbers is
 * a positive area for outer rings and a negative one for holes (RFC 7946 §3.1.6, with rows counted as y).
 * Where two places of a group touch only at a corner the ring passes by the corner to the other place, so that every
 * ring visits a corner once and holes are rings of their own (a valid polygon in the sense of OGC Simple Features §6.1.11).
 * @param groups for each place its group from 0, or -1 (see `connectedComponents`).
 */
export function traceOutlines(groups: Int32Array, columns: number, groupCount: number): readonly Outline[] {
	const rows = groups.length / columns;
	const groupAt = (column: number, row: number): number =>
		column < 0 || row < 0 || column >= columns || row >= rows ? -1 : groups[row * columns + column]!;
	const rings: Ring[][] = Array.from({ length: groupCount }, () => []);
	// Each top edge of a place belongs to exactly one ring, and every ring has one: outer rings at their highest row,
	// holes at their lowest.
	const traced = new Uint8Array(groups.length);
	for (let place = 0; place < groups.length; place++) {
		const group = groups[place]!;
		const column = place % columns;
		const row = (place - column) / columns;
		if (group < 0 || traced[place] === 1 || groupAt(column, row - 1) === group) continue;
		rings[group]!.push(traceRing(column, row, group, groupAt, (c, r) => (traced[r * columns + c] = 1)));
	}
	return rings.map((own) => {
		// The first ring met in row-major order starts at the group's topmost place, which only the outer ring touches.
		const [outer, ...holes] = own;
		return { outer: outer ?? [], holes };
	});
}

function traceRing(
	column: number,
	row: number,
	group: number,
	groupAt: (column: number, row: number) => number,
	markTopEdge: (column: number, row: number) => void,
): Ring {
	const ring: Corner[] = [];
	let x = column;
	let y = row;
	let direction = 0;
	do {
		if (direction === 0) markTopEdge(x, y);
		x += STEP_X[direction]!;
		y += STEP_Y[direction]!;
		const next = turn(x, y, direction, group, groupAt);
		if (next !== direction) ring.push([x, y]);
		direction = next;
	} while (x !== column || y !== row || direction !== 0);
	ring.unshift(ring.at(-1)!);
	return ring;
}

/** Where the outline goes on at corner (`x`, `y`): left if the place ahead on the left belongs, else straight, else right. */
function turn(
	x: number,
	y: number,
	direction: number,
	group: number,
	groupAt: (column: number, row: number) => number,
): number {
	const [left, right] = aheadOf(x, y, direction);
	if (groupAt(left[0], left[1]) === group) return (direction + 3) % 4;
	return groupAt(right[0], right[1]) === group ? direction : (direction + 1) % 4;
}

/** The two places beyond the corner, on the left and on the right of the line of travel. */
function aheadOf(x: number, y: number, direction: number): readonly [Corner, Corner] {
	switch (direction) {
		case 0:
			return [
				[x, y - 1],
				[x, y],
			];
		case 1:
			return [
				[x, y],
				[x - 1, y],
			];
		case 2:
			return [
				[x - 1, y],
				[x - 1, y - 1],
			];
		default:
			return [
				[x - 1, y - 1],
				[x, y - 1],
			];
	}
}
