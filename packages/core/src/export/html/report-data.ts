/**
 * The map as the report's page needs it: small, and exact where a person reads numbers.
 * @module
 */
import type { Assessment } from '../../assessment.ts';
import { colourFraction, colourRange, focusColour } from '../../map/colour.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { isAtLeast } from '../../verdict/strength.ts';
import { roundBelow } from '../scale.ts';
import { base64 } from './data-uri.ts';

/** Larger maps are drawn from blocks of places, so that the page stays small whatever the slide. */
export const LARGEST_GRID = 512;

/** Stops on the threshold slider between the ends of the colours, at most; codes must fit in a byte. */
const STOPS = 120;

/** Codes of places without a value; code `VALUE + n` is a value that reaches the first `n` stops. */
export const CODE = { background: 0, littleTexture: 1, penMark: 2, unreadable: 3, value: 4 } as const;

/** What the page's script reads. */
export interface ReportData {
	/** Places drawn, and how the drawing lies on the slide in level-0 px. */
	readonly columns: number;
	readonly rows: number;
	readonly originPx: readonly [x: number, y: number];
	/** Side of a drawn place. */
	readonly stepPx: number;
	readonly slidePx: readonly [width: number, height: number];
	/** Base64 of a code (`CODE`) a drawn place, row-major. */
	readonly codes: string;
	/** Base64 of red, green, blue for values that reach 0, 1, 2 … stops. */
	readonly colours: string;
	/** Values the threshold can take, from sharp to blurry: round numbers and the policy's thresholds. */
	readonly stops: readonly number[];
	/** Of the assessable tissue, at least as blurry as each stop. Exact, from all places. */
	readonly shares: readonly number[];
	/** Assessable tissue, mm². */
	readonly assessableMm2?: number;
	readonly symbol: string;
}

/** Reduces a map to what the page shows. */
export function reportData(assessment: Assessment, map: FocusMap, symbol: string): ReportData {
	const stops = thresholdStops(assessment, map);
	const reached = stopsReached(map, stops);
	const block = Math.ceil(Math.max(map.columns, map.rows) / LARGEST_GRID);
	const { shares, places } = tissueAtLeast(map, reached, stops.length);
	const { mpp } = assessment.slide;
	return {
		columns: Math.ceil(map.columns / block),
		rows: Math.ceil(map.rows / block),
		originPx: [map.originXPx, map.originYPx],
		stepPx: map.stepPx * block,
		slidePx: [assessment.slide.widthPx, assessment.slide.heightPx],
		codes: base64(drawnCodes(map, reached, block)),
		colours: base64(stopColours(map, stops)),
		stops,
		shares,
		...(mpp && { assessableMm2: (places * map.stepPx ** 2 * mpp.x * mpp.y) / 1e6 }),
		symbol,
	};
}

function thresholdStops({ map: { thresholds } }: Assessment, map: FocusMap): number[] {
	const { sharp, blurry } = colourRange(map);
	const sign = blurry >= sharp ? 1 : -1;
	const span = Math.abs(blurry - sharp);
	// A map of one value has one stop.
	const step = span > 0 ? roundBelow(span / STOPS) * 2 : 1;
	const count = Math.floor(span / step + 1e-9);
	const regular = Array.from({ length: count + 1 }, (_, i) => Number((sharp + sign * i * step).toPrecision(12)));
	const named = thresholds ? [thresholds.slight, thresholds.clear, thresholds.strong] : [];
	const all = [...new Set([...regular, ...named])].filter(Number.isFinite);
	return all.sort((a, b) => sign * (a - b));
}

/** For each place how many stops its value reaches; 255 where there is no value. */
function stopsReached(map: FocusMap, stops: readonly number[]): Uint8Array {
	const reached = new Uint8Array(map.values.length).fill(255);
	for (let place = 0; place < reached.length; place++) {
		const value = map.values[place]!;
		if (map.validity[place] !== VALIDITY.assessable || Number.isNaN(value)) continue;
		let low = 0;
		let high = stops.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (isAtLeast(value, stops[middle]!, map.higherMeans)) low = middle + 1;
			else high = middle;
		}
		reached[place] = low;
	}
	return reached;
}

/** Shares of the assessable tissue that reach each stop, and that tissue in units of places. */
function tissueAtLeast(
	map: FocusMap,
	reached: Uint8Array,
	stopCount: number,
): { readonly shares: number[]; readonly places: number } {
	const tissue = new Float64Array(stopCount + 1);
	let total = 0;
	for (let place = 0; place < reached.length; place++) {
		if (reached[place] === 255) continue;
		tissue[reached[place]!]! += map.tissueFraction[place]!;
		total += map.tissueFraction[place]!;
	}
	const shares: number[] = [];
	let above = total;
	for (let stop = 0; stop < stopCount; stop++) {
		above -= tissue[stop]!;
		shares.push(total > 0 ? Math.min(Math.max(Number((above / total).toFixed(6)), 0), 1) : 0);
	}
	return { shares, places: total };
}

/** A block shows the blurriest value in it that covers some tissue: a small blurry spot must not vanish from the page. */
function drawnCodes(map: FocusMap, reached: Uint8Array, block: number): Uint8Array {
	const columns = Math.ceil(map.columns / block);
	const codes = new Uint8Array(columns * Math.ceil(map.rows / block));
	for (let place = 0; place < reached.length; place++) {
		const column = place % map.columns;
		const row = (place - column) / map.columns;
		const to = Math.floor(row / block) * columns + Math.floor(column / block);
		const code = reached[place] === 255 ? codeOfValidity(map.validity[place]!) : CODE.value + reached[place]!;
		codes[to] = Math.max(codes[to]!, code);
	}
	return codes;
}

function codeOfValidity(validity: number): number {
	if (validity === VALIDITY.littleTexture) return CODE.littleTexture;
	if (validity === VALIDITY.penMark) return CODE.penMark;
	return validity === VALIDITY.unreadable ? CODE.unreadable : CODE.background;
}

function stopColours(map: FocusMap, stops: readonly number[]): Uint8Array {
	const range = colourRange(map);
	const values = [range.sharp, ...stops];
	return Uint8Array.from(values.flatMap((value) => focusColour(colourFraction(value, range))));
}
