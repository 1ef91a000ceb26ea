import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectedComponents } from './components.ts';
import { type Outline, type Ring, traceOutlines } from './rings.ts';

function trace(...rows: string[]): readonly Outline[] {
	const labels = Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0));
	const columns = rows[0]!.length;
	const { groups, sizes } = connectedComponents(labels, columns);
	return traceOutlines(groups, columns, sizes.length);
}

/** Signed area by the shoelace formula in the ring's own numbers. */
function area(ring: Ring): number {
	let twice = 0;
	for (let i = 1; i < ring.length; i++) twice += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
	return twice / 2;
}

/** Even-odd rule over all rings of an outline. */
function contains({ outer, holes }: Outline, x: number, y: number): boolean {
	let inside = false;
	for (const ring of [outer, ...holes]) {
		for (let i = 1; i < ring.length; i++) {
			const [x1, y1] = ring[i - 1]!;
			const [x2, y2] = ring[i]!;
			if (x1 === x2 && x1 > x && y > Math.min(y1, y2) && y < Math.max(y1, y2)) inside = !inside;
		}
	}
	return inside;
}

const blobs = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })).chain(([columns, rows]) =>
	fc.record({
		columns: fc.constant(columns),
		// Mostly filled, so that holes and touching corners are common.
		labels: fc.array(fc.constantFrom(0, 1, 1, 2), { minLength: columns * rows, maxLength: columns * rows }),
	}),
);

describe('traceOutlines', () => {
	test('one place is a square, clockwise on the screen', () => {
		expect(trace('#')).toEqual([
			{
				outer: [
					[0, 0],
					[1, 0],
					[1, 1],
					[0, 1],
					[0, 0],
				],
				holes: [],
			},
		]);
	});

	test('straight edges have no corners in between', () => {
		expect(trace('###', '###')[0]!.outer).toHaveLength(5);
		expect(trace('#..', '###')[0]!.outer).toHaveLength(7);
	});

	test('a hole is a ring of its own, the other way round', () => {
		const [frame] = trace('###', '#.#', '###');
		expect(area(frame!.outer)).toBe(9);
		expect(frame!.holes.map(area)).toEqual([-1]);
	});

	test('a group inside the hole of another is no part of it', () => {
		const outlines = trace('#####', '#...#', '#.#.#', '#...#', '#####');
		expect(outlines).toHaveLength(2);
		expect(outlines[0]!.holes.map(area)).toEqual([-9]);
		expect(area(outlines[1]!.outer)).toBe(1);
	});

	test('holes that touch at a corner stay two', () => {
		const [net] = trace('####', '#.##', '##.#', '####');
		expect(net!.holes.map(area)).toEqual([-1, -1]);
	});

	test('a hole that touches the outside at a corner stays a hole', () => {
		const [hook] = trace('###', '#.#', '##.');
		expect(area(hook!.outer)).toBe(8);
		expect(hook!.holes.map(area)).toEqual([-1]);
		expect(new Set(hook!.outer.slice(1).map(String)).size).toBe(hook!.outer.length - 1);
	});

	test('nothing gives nothing', () => {
		expect(trace('...')).toEqual([]);
	});

	test('rings close, turn at every corner and visit a corner once', () => {
		fc.assert(
			fc.property(blobs, ({ columns, labels }) => {
				const { groups, sizes } = connectedComponents(Uint8Array.from(labels), columns);
				for (const { outer, holes } of traceOutlines(groups, columns, sizes.length)) {
					for (const ring of [outer, ...holes]) {
						expect(ring.length).toBeGreaterThanOrEqual(5);
						expect(ring.at(-1)).toEqual(ring[0]);
						expect(new Set(ring.slice(1).map(String)).size).toBe(ring.length - 1);
						for (let i = 1; i < ring.length; i++) {
							const across = ring[i]![0] !== ring[i - 1]![0];
							expect(across).not.toBe(ring[i]![1] !== ring[i - 1]![1]);
							const next = ring[i + 1] ?? ring[1]!;
							expect(next[0] !== ring[i]![0]).toBe(!across);
						}
					}
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('outer rings are positive, holes negative, and their sum is the number of places', () => {
		fc.assert(
			fc.property(blobs, ({ columns, labels }) => {
				const { groups, sizes } = connectedComponents(Uint8Array.from(labels), columns);
				const outlines = traceOutlines(groups, columns, sizes.length);
				for (const [group, { outer, holes }] of outlines.entries()) {
					expect(area(outer)).toBeGreaterThan(0);
					for (const hole of holes) expect(area(hole)).toBeLessThan(0);
					expect(area(outer) + holes.reduce((sum, hole) => sum + area(hole), 0)).toBe(sizes[group]);
				}
			}),
			{ numRuns: 300 },
		);
	});

	test('filling the outlines gives the grid back', () => {
		fc.assert(
			fc.property(blobs, ({ columns, labels }) => {
				const { groups, sizes } = connectedComponents(Uint8Array.from(labels), columns);
				const outlines = traceOutlines(groups, columns, sizes.length);
				for (const [place, group] of groups.entries()) {
					const x = (place % columns) + 0.5;
					const y = Math.floor(place / columns) + 0.5;
					const owners = outlines.flatMap((outline, i) => (contains(outline, x, y) ? [i] : []));
					expect(owners).toEqual(group === -1 ? [] : [group]);
				}
			}),
			{ numRuns: 300 },
		);
	});
});
