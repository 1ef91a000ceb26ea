/**
 * How much tissue has which value, as a chart.
 * @module
 */
import type { Assessment } from '../../assessment.ts';
import { colourFraction, colourRange, focusColour } from '../../map/colour.ts';
import type { FocusMap } from '../../map/focus-map.ts';
import { axisTicks } from '../scale.ts';
import { formatNumber, unitWords } from '../words.ts';
import { type Html, html } from './html.ts';
import type { ReportData } from './report-data.ts';

const WIDTH = 360;
const HEIGHT = 216;
const LEFT = 14;
const RIGHT = 14;
const TOP = 38;
const BOTTOM = 54;
/** The strip of colours under the bars: its height, and in how many steps it is drawn. */
const STRIP = 10;
const STRIP_STEPS = 64;

/**
 * Bars of the share of tissue between neighbouring stops, in the map's colours, with the policy's thresholds as lines.
 * Heights grow with the square root, so that a small blurry part is still seen beside a large sharp one.
 */
export function histogram({ map: { thresholds } }: Assessment, map: FocusMap, data: ReportData): Html {
	const range = colourRange(map);
	const x = (value: number): number => LEFT + colourFraction(value, range) * (WIDTH - LEFT - RIGHT);
	const { stops, shares } = data;
	const parts = stops.map((_, i) => Math.max((shares[i] ?? 0) - (shares[i + 1] ?? 0), 0));
	// Sharper than the first stop: shown with it.
	parts[0] = (parts[0] ?? 0) + Math.max(1 - (shares[0] ?? 1), 0);
	const tallest = Math.max(...parts, 1e-9);
	const base = HEIGHT - BOTTOM;
	const bars = parts.map((part, i) => {
		const from = x(stops[i]!);
		// What lies beyond the last stop stands on the edge of the chart.
		const to = i + 1 < stops.length ? x(stops[i + 1]!) : from;
		const wide = Math.max(to - from, 4);
		const start = i + 1 < stops.length ? from : from - wide;
		const height = Math.sqrt(part / tallest) * (base - TOP);
		const colour = focusColour(colourFraction(stops[i]!, range));
		const box = `x="${start.toFixed(2)}" y="${(base - height).toFixed(2)}" width="${(wide - 0.6).toFixed(2)}" height="${height.toFixed(2)}"`;
		return part > 0 ? `<rect data-bar="${i}" ${box} fill="rgb(${colour.join(' ')})"/>` : '';
	});
	const limits = thresholds
		? (['slight', 'clear', 'strong'] as const).map((name) => ({ name, value: thresholds[name] }))
		: [];
	const low = Math.min(range.sharp, range.blurry);
	const high = Math.max(range.sharp, range.blurry);
	const axis = unitWords[map.unit].axis;
	return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Histogram of the tissue over ${axis}">
${{ html: bars.join('') }}
${strip(base)}
${axisTicks(low, high, 7).map((value) => tick(x(value), base + STRIP, formatNumber(value)))}
${limits.map(({ name, value }, i) => {
	const at = x(value).toFixed(1);
	// Names of close thresholds take turns in height.
	const y = 15 + (i % 2) * 13;
	return html`<line class="limit" x1="${at}" x2="${at}" y1="${y + 4}" y2="${base + STRIP}"/><text class="name" x="${at}" y="${y}" text-anchor="middle">${name}</text>`;
})}
<text x="${WIDTH / 2}" y="${HEIGHT - 8}" text-anchor="middle">${axis}</text>
</svg>`;
}

/** The map's colours along the axis. */
function strip(base: number): Html {
	const wide = (WIDTH - LEFT - RIGHT) / STRIP_STEPS;
	const parts = Array.from({ length: STRIP_STEPS }, (_, i) => {
		const colour = focusColour((i + 0.5) / STRIP_STEPS);
		return `<rect x="${(LEFT + i * wide).toFixed(2)}" y="${base}" width="${(wide + 0.3).toFixed(2)}" height="${STRIP}" fill="rgb(${colour.join(' ')})"/>`;
	});
	return { html: parts.join('') };
}

function tick(at: number, base: number, label: string): Html {
	const anchor = at < LEFT + 4 ? 'start' : at > WIDTH - RIGHT - 4 ? 'end' : 'middle';
	return html`<line class="axis" x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${base}" y2="${base + 5}"/><text x="${at.toFixed(1)}" y="${base + 17}" text-anchor="${anchor}">${label}</text>`;
}
