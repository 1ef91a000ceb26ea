import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectedRegions, erode, grownFrom, keepRegions } from './grid.ts';

/** A grid drawn with `#` for inside. */
function drawn(...rows: string[]) {
	const size = { widthPx: rows[0]!.length, heightPx: rows.length };
	return { inside: Uint8Array.from(rows.join(''), (c) => Number(c === '#')), size };
}

const show = (flags: ArrayLike<number>, widthPx: number) =>
	Array.from({ length: flags.length / widthPx }, (_, y) =>
		Array.from({ length: widthPx }, (_, x) => (flags[y * widthPx + x] ? '#' : '.')).join(''),
	);

const grids = fc
	.record({ widthPx: fc.integer({ min: 1, max: 14 }), heightPx: fc.integer({ min: 1, max: 14 }) })
	.chain((size) =>
		fc
			.array(fc.boolean(), { minLength: size.widthPx * size.heightPx, maxLength: size.widthPx * size.heightPx })
			.map((flags) => ({ size, inside: Uint8Array.from(flags, Number) })),
	);

test('regions come in the order of their first place, with bounds and size', () => {
	const { inside, size } = drawn('##...', '....#', '.#..#', '.....');
	const { labels, list } = connectedRegions(inside, size);
	expect(list).toEqual([
		{ size: 2, left: 0, top: 0, right: 2, bottom: 1, touchesEdge: true },
		{ size: 2, left: 4, top: 1, right: 5, bottom: 3, touchesEdge: true },
		{ size: 1, left: 1, top: 2, right: 2, bottom: 3, touchesEdge: false },
	]);
	expect(Array.from(labels.subarray(0, 5))).toEqual([0, 0, -1, -1, -1]);
});

test('corners join regions in eight neighbours, not in four', () => {
	const { inside, size } = drawn('#.#', '.#.', '#.#');
	expect(connectedRegions(inside, size, 8).list).toHaveLength(1);
	expect(connectedRegions(inside, size, 4).list).toHaveLength(5);
});

test('arms that meet only at the bottom are one region', () => {
	const { inside, size } = drawn('#.#.#', '#.#.#', '#.###', '###..');
	expect(connectedRegions(inside, size, 4).list).toHaveLength(1);
});

test('a comb of a thousand teeth on one back is one region', () => {
	const widthPx = 2001;
	const inside = new Uint8Array(3 * widthPx);
	for (let x = 0; x < widthPx; x++) {
		if (x % 2 === 0) inside[x] = inside[widthPx + x] = 1;
		inside[2 * widthPx + x] = 1;
	}
	expect(connectedRegions(inside, { widthPx, heightPx: 3 }, 4).list).toHaveLength(1);
});

test('labels agree with flood filling', () => {
	fc.assert(
		fc.property(grids, fc.constantFrom(4 as const, 8 as const), ({ inside, size }, neighbours) => {
			const { labels, list } = connectedRegions(inside, size, neighbours);
			const flooded = new Int32Array(inside.length).fill(-1);
			let count = 0;
			for (let start = 0; start < inside.length; start++) {
				if (!inside[start] || flooded[start]! >= 0) continue;
				const queue = [start];
				flooded[start] = count;
				for (const at of queue) {
					for (let dy = -1; dy <= 1; dy++) {
						for (let dx = -1; dx <= 1; dx++) {
							if (neighbours === 4 && dx && dy) continue;
							const x = (at % size.widthPx) + dx;
							const y = Math.floor(at / size.widthPx) + dy;
							const next = y * size.widthPx + x;
							if (x < 0 || y < 0 || x >= size.widthPx || y >= size.heightPx) continue;
							if (!inside[next] || flooded[next]! >= 0) continue;
							flooded[next] = count;
							queue.push(next);
						}
					}
				}
				expect(list[count]!.size).toBe(queue.length);
				count++;
			}
			expect(Array.from(labels)).toEqual(Array.from(flooded));
			expect(list).toHaveLength(count);
		}),
		{ numRuns: 300 },
	);
});

test('growing keeps whole regions that hold a seed', () => {
	const { inside, size } = drawn('##..#', '....#', '##..#');
	const seeds = new Uint8Array(15);
	seeds[14] = 1;
	seeds[2] = 1; // A seed outside keeps nothing.
	expect(show(grownFrom(seeds, inside, size), 5)).toEqual(['....#', '....#', '....#']);
});

test('regions can be kept by what they are', () => {
	const { inside, size } = drawn('##..#', '##...', '....#');
	const regions = connectedRegions(inside, size);
	expect(
		show(
			keepRegions(regions, ({ size: places }) => places > 1),
			5,
		),
	).toEqual(['##...', '##...', '.....']);
});

test('erosion keeps places with all their neighbours, and does not eat from the edges of the grid', () => {
	const { inside, size } = drawn('####.', '####.', '####.', '.....', '#####');
	expect(show(erode(inside, size), 5)).toEqual(['###..', '###..', '.....', '.....', '.....']);
	expect(erode(new Uint8Array(1).fill(1), { widthPx: 1, heightPx: 1 })[0]).toBe(1);
});

test('erosion is the definition, place by place', () => {
	fc.assert(
		fc.property(grids, ({ inside, size: { widthPx, heightPx } }) => {
			const eroded = erode(inside, { widthPx, heightPx });
			for (let i = 0; i < inside.length; i++) {
				let all = 1;
				for (let dy = -1; dy <= 1; dy++) {
					for (let dx = -1; dx <= 1; dx++) {
						const x = (i % widthPx) + dx;
						const y = Math.floor(i / widthPx) + dy;
						if (x >= 0 && y >= 0 && x < widthPx && y < heightPx && !inside[y * widthPx + x]) all = 0;
					}
				}
				expect(eroded[i]).toBe(all);
			}
		}),
	);
});
