/**
 * Connected groups of equal labels on a grid.
 * @module
 */

/** Groups of places that share an edge and a label. */
export interface Components {
	/** For each place the number of its group, from 0 in row-major order of first appearance; -1 where the label is 0. */
	readonly groups: Int32Array;
	/** Places in each group. */
	readonly sizes: readonly number[];
	/** Label of each group. */
	readonly labels: readonly number[];
}

/** Groups the places of a `columns` wide grid by label and edge contact (4-connected). Label 0 is nothing. */
export function connectedComponents(labels: Uint8Array, columns: number): Components {
	const groups = new Int32Array(labels.length).fill(-1);
	const sizes: number[] = [];
	const groupLabels: number[] = [];
	const pending: number[] = [];
	for (let start = 0; start < labels.length; start++) {
		const label = labels[start]!;
		if (label === 0 || groups[start] !== -1) continue;
		const group = sizes.length;
		let size = 0;
		const visit = (place: number): void => {
			if (labels[place] !== label || groups[place] !== -1) return;
			groups[place] = group;
			size++;
			pending.push(place);
		};
		visit(start);
		for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
			const column = place % columns;
			if (column > 0) visit(place - 1);
			if (column + 1 < columns) visit(place + 1);
			if (place >= columns) visit(place - columns);
			if (place + columns < labels.length) visit(place + columns);
		}
		sizes.push(size);
		groupLabels.push(label);
	}
	return { groups, sizes, labels: groupLabels };
}
