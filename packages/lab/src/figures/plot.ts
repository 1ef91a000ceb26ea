/**
 * Plots as SVG: lines and points over axes, in colours that colour-blind readers tell apart, with dashes and marks besides.
 * @module
 */
import { type Axis, axisOver, isDrawable } from './axis.ts';

/** A point: x, y. Points that are no numbers leave a gap. */
export type Point = readonly [number, number];

/** Numbers that belong together. */
export interface Series {
	readonly name: string;
	/** A line through the points, or a mark at each. */
	readonly kind: 'line' | 'points';
	readonly points: readonly Point[];
}

/** One pair of axes. */
export interface Panel {
	readonly title?: string;
	readonly xLabel: string;
	readonly yLabel: string;
	readonly series: readonly Series[];
	/** Numbers that the axes must reach, such as 0. */
	readonly xIncludes?: readonly number[];
	readonly yIncludes?: readonly number[];
}

/** A picture of one or more panels. */
export interface Plot {
	readonly title: string;
	/** What it shows, in a sentence, for those who hear it read. */
	readonly description: string;
	readonly panels: readonly Panel[];
	/** Panels side by side; default 1, one above the other. */
	readonly columns?: number;
	/** Of one panel. */
	readonly widthPx?: number;
	readonly heightPx?: number;
}

/** Okabe and Ito's colours ("Color Universal Design", 2008), those with enough contrast on white first. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#000000', '#e69f00', '#56b4e9'];
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '4 2', '1 2', '12 4'];

const MARGIN = { left: 64, right: 16, top: 34, bottom: 46 };
const LEGEND_ROW_PX = 17;
const LETTER_PX = 6.6;

/**
 * The plot as an SVG document; the same numbers give the same text.
 * @example
 * ```ts
 * const svg = plotSvg({ title: 'Training', description: 'Loss falls.', panels: [{ xLabel: 'epoch', yLabel: 'loss', series }] });
 * ```
 */
export function plotSvg({ title, description, panels, columns = 1, widthPx = 640, heightPx = 300 }: Plot): string {
	const height = Math.ceil(panels.length / columns) * heightPx;
	const width = Math.min(columns, Math.max(1, panels.length)) * widthPx;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="12" fill="#222">`,
		`<title id="title">${escaped(title)}</title>`,
		`<desc id="description">${escaped(description)}</desc>`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		...panels.map((panel, i) => {
			const place = `${(i % columns) * widthPx} ${Math.floor(i / columns) * heightPx}`;
			return `<g transform="translate(${place})">\n${panelSvg(panel, widthPx, heightPx)}\n</g>`;
		}),
		'</svg>\n',
	].join('\n');
}

/** The area within the axes, in pixels of the panel. */
interface Area {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
}

function panelSvg(panel: Panel, widthPx: number, heightPx: number): string {
	const { title, xLabel, yLabel, series, xIncludes = [], yIncludes = [] } = panel;
	const rows = legendRows(series, widthPx - MARGIN.left - MARGIN.right);
	const top = MARGIN.top + rows.length * LEGEND_ROW_PX;
	const area: Area = {
		left: MARGIN.left,
		top,
		width: widthPx - MARGIN.left - MARGIN.right,
		height: heightPx - top - MARGIN.bottom,
	};
	const all = series.flatMap(({ points }) => points.filter(isPlace));
	const x = axisOver([...all.map((point) => point[0]), ...xIncludes]);
	const y = axisOver([...all.map((point) => point[1]), ...yIncludes]);
	return [
		...(title === undefined ? [] : [text(area.left, 18, title, 'font-weight="600" font-size="13"')]),
		...rows.flatMap((row, i) => row.map((entry) => legendEntry(entry, area.left, MARGIN.top + i * LEGEND_ROW_PX))),
		...xAxis(x, area, xLabel),
		...yAxis(y, area, yLabel),
		...series.map((own, i) => seriesSvg(own, i, x, y, area)),
	].join('\n');
}

function xAxis(axis: Axis, { left, top, width, height }: Area, label: string): string[] {
	const bottom = top + height;
	return [
		`<path d="M${left} ${bottom}h${width}" stroke="#222" fill="none"/>`,
		...axis.ticks.map((tick) => {
			const at = px(left + axis.at(tick) * width);
			return `<path d="M${at} ${bottom}v4" stroke="#222"/>${text(at, bottom + 17, axis.label(tick), 'text-anchor="middle"')}`;
		}),
		text(left + width / 2, bottom + 36, label, 'text-anchor="middle"'),
	];
}

function yAxis(axis: Axis, { left, top, width, height }: Area, label: string): string[] {
	return [
		...axis.ticks.map((tick) => {
			const at = px(top + (1 - axis.at(tick)) * height);
			return `<path d="M${left} ${at}h${width}" stroke="#ddd"/>${text(left - 7, Number(at) + 4, axis.label(tick), 'text-anchor="end"')}`;
		}),
		`<text transform="translate(15 ${px(top + height / 2)}) rotate(-90)" text-anchor="middle">${escaped(label)}</text>`,
	];
}

function seriesSvg({ kind, points, name }: Series, number: number, x: Axis, y: Axis, area: Area): string {
	const place = ([a, b]: Point): string =>
		`${px(area.left + x.at(a) * area.width)} ${px(area.top + (1 - y.at(b)) * area.height)}`;
	const label = `<title>${escaped(name)}</title>`;
	if (kind === 'points') {
		const marks = points.filter(isPlace).map((point) => `M${place(point)}${mark(number)}`);
		return `<path d="${marks.join('')}" fill="none" stroke="${colour(number)}" stroke-opacity=".7">${label}</path>`;
	}
	const path = points.map((point, i) => {
		if (!isPlace(point)) return '';
		return `${i > 0 && isPlace(points[i - 1]!) ? 'L' : 'M'}${place(point)}`;
	});
	const only = points.filter(isPlace).length === 1 ? mark(number) : '';
	return `<path d="${path.join('')}${only}" fill="none" stroke="${colour(number)}" stroke-width="1.8"${dash(number)}>${label}</path>`;
}

function isPlace([x, y]: Point): boolean {
	return isDrawable(x) && isDrawable(y);
}

/** A small mark about the place that was moved to: circle, cross, square, plus. */
function mark(number: number): string {
	const marks = ['m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0', 'm-3 -3l6 6m0 -6l-6 6', 'm-3 -3h6v6h-6z', 'm-4 0h8m-4 -4v8'];
	return marks[number % marks.length]!;
}

interface LegendEntry {
	readonly series: Series;
	readonly number: number;
	readonly x: number;
}

/** Names of series in rows that fit; none where there is one series, which the axis names. */
function legendRows(series: readonly Series[], width: number): LegendEntry[][] {
	if (series.length < 2) return [];
	const rows: LegendEntry[][] = [[]];
	let x = 0;
	for (const [number, own] of series.entries()) {
		const needed = 34 + own.name.length * LETTER_PX + 18;
		if (x > 0 && x + needed > width) {
			rows.push([]);
			x = 0;
		}
		rows.at(-1)!.push({ series: own, number, x });
		x += needed;
	}
	return rows;
}

function legendEntry({ series, number, x }: LegendEntry, left: number, y: number): string {
	const sample =
		series.kind === 'line'
			? `<path d="M${px(left + x)} ${y}h26" fill="none" stroke="${colour(number)}" stroke-width="1.8"${dash(number)}/>`
			: `<path d="M${px(left + x + 13)} ${y}${mark(number)}" fill="none" stroke="${colour(number)}"/>`;
	return `${sample}${text(left + x + 32, y + 4, series.name)}`;
}

function colour(number: number): string {
	return COLOURS[number % COLOURS.length]!;
}

function dash(number: number): string {
	const pattern = DASHES[number % DASHES.length]!;
	return pattern === '' ? '' : ` stroke-dasharray="${pattern}"`;
}

function text(x: number | string, y: number, words: string, attributes = ''): string {
	return `<text x="${typeof x === 'number' ? px(x) : x}" y="${px(y)}"${attributes === '' ? '' : ` ${attributes}`}>${escaped(words)}</text>`;
}

/** Hundredths of a pixel are nobody's business. */
function px(value: number): string {
	return String(Math.round(10 * value) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML; characters that it cannot hold are left out. */
export function escaped(words: string): string {
	return words.replace(/\p{Cc}/gu, ' ').replace(/[&<>"]/g, (c) => ENTITIES[c]!);
}
