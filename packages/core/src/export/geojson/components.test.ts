import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectedComponents } from './components.ts';

/** A small grid from rows of digits. */
function grid(...rows: string[]): { labels: Uint8Array; columns: number } {
	return { labels: Uint8Array.from(rows.join(''), Number), columns: rows[0]!.length };
}

describe('connectedComponents', () => {
	test('groups neighbours of equal label', () => {
		const { labels, columns } = grid('1102', '0102', '0330');
		const { groups, sizes, labels: found } = connectedComponents(labels, columns);
		expect([...groups]).toEqual([0, 0, -1, 1, -1, 0, -1, 1, -1, 2, 2, -1]);
		expect(sizes).toEqual([3, 2, 2]);
		expect(found).toEqual([1, 2, 3]);
	});

	test('a corner is no contact', () => {
		const { labels, columns } = grid('10', '01');
		expect(connectedComponents(labels, columns).sizes).toEqual([1, 1]);
	});

	test('the right end of a row does not touch the left end of the next', () => {
		const { labels, columns } = grid('001', '100');
		expect(connectedComponents(labels, columns).sizes).toEqual([1, 1]);
	});

	test('nothing in nothing', () => {
		expect(connectedComponents(new Uint8Array(12), 4).sizes).toEqual([]);
		expect(connectedComponents(new Uint8Array(0), 0).sizes).toEqual([]);
	});

	test('a snake as long as the grid does not overflow a stack', () => {
		const columns = 1000;
		const labels = new Uint8Array(columns * 1001).fill(1);
		for (let row = 1; row < 1001; row += 2) {
			for (let column = 0; column < columns; column++) labels[row * columns + column] = 0;
			labels[row * columns + (row % 4 === 1 ? columns - 1 : 0)] = 1;
		}
		expect(connectedComponents(labels, columns).sizes).toHaveLength(1);
	});

	test('is the finest grouping in which neighbours of equal label agree', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 9 }),
				fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 81 }),
				(columns, cells) => {
					const labels = Uint8Array.from(cells.slice(0, Math.max(columns, cells.length - (cells.length % columns))));
					if (labels.length % columns !== 0) return;
					const { groups, sizes, labels: found } = connectedComponents(labels, columns);
					expect(groups.every((group, place) => (group === -1) === (labels[place] === 0))).toBe(true);
					for (const [place, group] of groups.entries()) {
						if (group === -1) continue;
						expect(found[group]).toBe(labels[place]);
						if ((place + 1) % columns !== 0 && labels[place + 1] === labels[place])
							expect(groups[place + 1]).toBe(group);
						if (labels[place + columns] === labels[place]) expect(groups[place + columns]).toBe(group);
					}
					// Each group is connected: flooding from its first place reaches all of it.
					for (const [group, size] of sizes.entries()) {
						const reached = new Set([groups.indexOf(group)]);
						for (const place of reached) {
							const around = [place - columns, place + columns];
							if (place % columns > 0) around.push(place - 1);
							if ((place + 1) % columns > 0) around.push(place + 1);
							for (const next of around) if (groups[next] === group) reached.add(next);
						}
						expect(reached.size).toBe(size);
					}
				},
			),
		);
	});
});
