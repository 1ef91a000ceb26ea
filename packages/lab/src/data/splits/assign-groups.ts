/**
 * Dealing out whole groups so that every side gets its share of every class.
 * @module
 */
import { shuffled } from '../shuffled.ts';

/** Patches that must stay together. */
interface Group {
	readonly members: number[];
	/** Patches by class. */
	readonly counts: number[];
}

/** What has been dealt to a side, and what it should get of each class. */
interface Side {
	readonly members: number[];
	readonly wanted: readonly number[];
	readonly counts: number[];
}

/** What is dealt out, and to whom. */
export interface Assignment {
	/** Indices of patches. */
	readonly indices: readonly number[];
	/** Class of a patch. */
	readonly labelOf: (index: number) => number;
	/** The group of a patch; patches of one group go to one side. */
	readonly groupOf: (index: number) => string;
	/** The share of each side; they sum to 1. */
	readonly shares: readonly number[];
	readonly seed: number;
	/** Tells one drawing from another. */
	readonly name: string;
}

/** Groups among `indices`. */
export function countGroups({ indices, groupOf }: Pick<Assignment, 'indices' | 'groupOf'>): number {
	return new Set(indices.map(groupOf)).size;
}

/**
 * The patches of each side, in rising order. Groups go one after the other, the largest first and those of a size in random
 * order, to the side that then lies nearest to its share of every class and of all patches; rare classes weigh as much as
 * common ones, and all patches as much as all classes together. Groups of a single patch come out as a stratified split, to
 * within a patch or two of every share.
 */
export function assignGroups({ indices, labelOf, groupOf, shares, seed, name }: Assignment): number[][] {
	const classes = indices.reduce((most, index) => Math.max(most, labelOf(index)), 0) + 1;
	const totals = new Array<number>(classes).fill(0);
	const groups = new Map<string, Group>();
	for (const index of indices) {
		const key = groupOf(index);
		const group = groups.get(key) ?? { members: [], counts: new Array<number>(classes).fill(0) };
		groups.set(key, group);
		group.members.push(index);
		group.counts[labelOf(index)]!++;
		totals[labelOf(index)]!++;
	}
	const order = shuffled(groups.values(), seed, name).sort((a, b) => b.members.length - a.members.length);
	const sides: Side[] = shares.map((share) => ({
		members: [],
		wanted: totals.map((total) => share * total),
		counts: new Array<number>(classes).fill(0),
	}));
	for (const group of order) {
		let best = sides[0]!;
		let leastCost = Number.POSITIVE_INFINITY;
		for (const side of sides) {
			const cost = costOf(side, group, totals);
			// Rounding must not decide between sides that are equally far off.
			if (cost < leastCost - 1e-12) [best, leastCost] = [side, cost];
		}
		best.members.push(...group.members);
		group.counts.forEach((count, c) => {
			best.counts[c]! += count;
		});
	}
	return sides.map(({ members }) => members.sort((a, b) => a - b));
}

/** How much further from its shares a side comes by a group. */
function costOf(side: Side, group: Group, totals: readonly number[]): number {
	const classes = totals.length;
	let cost = 0;
	for (let c = 0; c < classes; c++)
		cost += growth(side.counts[c]!, side.wanted[c]!, group.counts[c]!) / (totals[c]! || 1);
	const all = growth(side.members.length, sum(side.wanted), group.members.length) / sum(totals);
	return cost + classes * all;
}

/** Growth of the squared distance from what is wanted, in relation to it, so that small and large sides fill up evenly. */
function growth(count: number, wanted: number, added: number): number {
	return (added * (2 * (count - wanted) + added)) / Math.max(wanted, 1e-9);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
