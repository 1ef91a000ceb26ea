/**
 * Grids of numbers as SVG: confusion matrices, kernels, heat maps. Colours are told apart by colour-blind readers and by
 * their brightness; numbers are written into cells where there is room.
 * @module
 */
import { isDrawable } from './axis.ts';
import { escaped } from './plot.ts';

/** A grid of numbers. */
export interface Matrix {
	readonly title: string;
	/** Row by row; NaN leaves a cell empty. */
	readonly values: readonly (readonly number[])[];
	/** Beside rows and above columns. */
	readonly rowLabels?: readonly string[];
	readonly columnLabels?: readonly string[];
	readonly rowAxis?: string;
	readonly columnAxis?: string;
	/** Numbers as text in the cells; left out where they would not fit. */
	readonly cellText?: (value: number) => string;
	/** Colours from 0 or the least value to the largest, or from minus to plus the largest. Default `sequential`. */
	readonly scale?: 'sequential' | 'diverging';
	/** The ends of the scale; default those of the values. */
	readonly range?: readonly [number, number];
}

/** Several grids side by side. */
export interface MatrixPicture {
	readonly title: string;
	/** What it shows, in a sentence, for those who hear it read. */
	readonly description: string;
	readonly matrices: readonly Matrix[];
	/** Side of a cell. */
	readonly cellPx?: number;
	/** Grids in a row; default 4. */
	readonly perRow?: number;
}

const GAP_PX = 24;
const LABEL_PX = 6.2;
const TITLE_PX = 20;

/**
 * Grids as one SVG document; the same numbers give the same text.
 * @example
 * ```ts
 * const svg = matrixSvg({ title: 'Confusion', description: 'Mostly on the diagonal.', matrices: [{ title: 'oe', values }] });
 * ```
 */
export function matrixSvg({ title, description, matrices, cellPx = 26, perRow = 4 }: MatrixPicture): string {
	const boxes = matrices.map((matrix) => ({ matrix, ...boxOf(matrix, cellPx) }));
	let [x, y, rowHeight, width] = [GAP_PX / 2, GAP_PX / 2, 0, 0];
	const placed = boxes.map((box, i) => {
		if (i > 0 && i % perRow === 0) {
			y += rowHeight + GAP_PX;
			[x, rowHeight] = [GAP_PX / 2, 0];
		}
		const own = gridSvg(box.matrix, box.left, cellPx, x, y);
		x += box.widthPx + GAP_PX;
		rowHeight = Math.max(rowHeight, box.heightPx);
		width = Math.max(width, x);
		return own;
	});
	const height = y + rowHeight + GAP_PX / 2;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width)}" height="${px(height)}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="11" fill="#222">`,
		`<title id="title">${escaped(title)}</title>`,
		`<desc id="description">${escaped(description)}</desc>`,
		`<rect width="${px(width)}" height="${px(height)}" fill="#fff"/>`,
		...placed,
		'</svg>\n',
	].join('\n');
}

function boxOf({ values, rowLabels = [], columnLabels, rowAxis, columnAxis, title }: Matrix, cellPx: number) {
	const labels = Math.max(0, ...rowLabels.map((label) => label.length)) * LABEL_PX;
	const left = labels + (rowAxis ? 18 : 0) + 6;
	const grid = Math.max(0, ...values.map((row) => row.length)) * cellPx;
	return {
		left,
		widthPx: Math.max(left + grid, title.length * LABEL_PX),
		heightPx: TITLE_PX + values.length * cellPx + (columnLabels ? 16 : 0) + (columnAxis ? 16 : 0),
	};
}

function gridSvg(matrix: Matrix, left: number, cellPx: number, x: number, y: number): string {
	const {
		title,
		values,
		rowLabels = [],
		columnLabels = [],
		rowAxis,
		columnAxis,
		cellText,
		scale = 'sequential',
	} = matrix;
	const all = values.flat().filter(isDrawable);
	const largest = Math.max(0, ...all.map(Math.abs)) || 1;
	const [low, high] =
		matrix.range ?? (scale === 'diverging' ? [-largest, largest] : [Math.min(0, ...all), Math.max(...all, 1e-12)]);
	const top = TITLE_PX;
	const bottom = top + values.length * cellPx;
	const cells = values.flatMap((row, r) =>
		row.map((value, c) => {
			if (!isDrawable(value)) return '';
			const share = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
			const colour = scale === 'diverging' ? diverging(share) : sequential(share);
			const cell = `<rect x="${px(left + c * cellPx)}" y="${px(top + r * cellPx)}" width="${px(cellPx)}" height="${px(cellPx)}" fill="${hex(colour)}"/>`;
			const words = cellText?.(value) ?? '';
			if (words === '' || words.length * LABEL_PX > cellPx + 2) return cell;
			const ink = luminance(colour) > 0.45 ? '#111' : '#fff';
			return `${cell}<text x="${px(left + (c + 0.5) * cellPx)}" y="${px(top + (r + 0.5) * cellPx + 4)}" text-anchor="middle" fill="${ink}">${escaped(words)}</text>`;
		}),
	);
	const middle = top + (bottom - top) / 2;
	return [
		`<g transform="translate(${px(x)} ${px(y)})">`,
		`<text x="${px(left)}" y="13" font-weight="600">${escaped(title)}</text>`,
		...cells,
		...rowLabels.map(
			(label, r) =>
				`<text x="${px(left - 5)}" y="${px(top + (r + 0.5) * cellPx + 4)}" text-anchor="end">${escaped(label)}</text>`,
		),
		...columnLabels.map(
			(label, c) =>
				`<text x="${px(left + (c + 0.5) * cellPx)}" y="${px(bottom + 13)}" text-anchor="middle">${escaped(label)}</text>`,
		),
		...(rowAxis
			? [`<text transform="translate(11 ${px(middle)}) rotate(-90)" text-anchor="middle">${escaped(rowAxis)}</text>`]
			: []),
		...(columnAxis
			? [`<text x="${px(left)}" y="${px(bottom + (columnLabels.length > 0 ? 28 : 13))}">${escaped(columnAxis)}</text>`]
			: []),
		'</g>',
	].join('\n');
}

type Rgb = readonly [number, number, number];

/** From white over blue to nearly black: brightness falls steadily. */
const SEQUENTIAL: readonly Rgb[] = [
	[247, 251, 255],
	[158, 202, 225],
	[49, 130, 189],
	[8, 40, 90],
];
/** Blue below, orange above, white between (Okabe and Ito's blue and vermilion). */
const DIVERGING: readonly Rgb[] = [
	[0, 114, 178],
	[250, 250, 250],
	[213, 94, 0],
];

const sequential = (share: number): Rgb => between(SEQUENTIAL, share);
const diverging = (share: number): Rgb => between(DIVERGING, share);

function between(stops: readonly Rgb[], share: number): Rgb {
	const at = share * (stops.length - 1);
	const i = Math.min(stops.length - 2, Math.floor(at));
	const [a, b] = [stops[i]!, stops[i + 1]!];
	return [0, 1, 2].map((c) => Math.round(a[c]! + (at - i) * (b[c]! - a[c]!))) as unknown as Rgb;
}

function luminance([r, g, b]: Rgb): number {
	return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

function hex(colour: Rgb): string {
	return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function px(value: number): string {
	return String(Math.round(10 * value) / 10);
}
