/**
 * The places an operator should look at first, each with a sharp one beside it to compare.
 * @module
 */
import type { WorstRegion } from '../assessment.ts';
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';
import { type Extent, pointInWords, tissueExtent } from '../map/place.ts';
import type { GridSize } from '../tissue/grid.ts';
import type { BlurThresholds } from './policy.ts';
import { strengthCodes, strengthOf } from './strength.ts';

/** Side of a region, level-0 px: an eighth of the slide within these, so that small pictures have several. */
const LARGEST_PX = 512;
const SMALLEST_PX = 256;
/** A square is worth opening when this part of it, and of its tissue, is out of focus. */
const LEAST_BLURRED = 0.1;
const LEAST_BLURRED_TISSUE = 0.25;
/** A sharp neighbour has tissue on at least this part of it. */
const NEIGHBOUR_TISSUE = 0.5;

/** A square of places by its upper left one. */
interface Square {
	readonly column: number;
	readonly row: number;
}

/**
 * At most `count` squares, the one with the most blur first (blur beyond `slight` summed over its tissue), none
 * overlapping another. Ties go to the upper, then the left one.
 * @param mm2PerPlace Area of a whole place, undefined when the pixel size is unknown.
 */
export function findWorstRegions(
	map: FocusMap,
	thresholds: BlurThresholds,
	count: number,
	slideSize: GridSize,
	mm2PerPlace: number | undefined,
): WorstRegion[] {
	const extent = tissueExtent(map);
	const side = sideInPlaces(map, slideSize);
	if (extent === undefined || side === 0) return [];
	const sums = sumsOf(map, thresholds, side);
	const regions: WorstRegion[] = [];
	const left = candidates(sums, map, side);
	while (regions.length < count) {
		const square = takeWorst(left, side);
		if (square === undefined) break;
		const { column, row } = square;
		const value = sums.value(column, row) / sums.weight(column, row);
		const blurred = sums.blurred(column, row);
		const neighbour = sharpNeighbour(sums, map, square, side);
		regions.push({
			rank: regions.length + 1,
			rect: rectOf(square, side, map, slideSize),
			value,
			// A few very blurry places among sharp ones have a mean in focus; the region is shown for them all the same.
			strength: strengthOf(value, thresholds, map.higherMeans) ?? 'slight',
			...(mm2PerPlace !== undefined && { areaMm2: blurred * mm2PerPlace }),
			place: placeOf(square, side, extent),
			...(neighbour && { sharpNeighbour: rectOf(neighbour, side, map, slideSize) }),
		});
	}
	return regions;
}

function sideInPlaces({ stepPx, columns, rows }: FocusMap, { widthPx, heightPx }: GridSize): number {
	const sidePx = Math.min(LARGEST_PX, Math.max(SMALLEST_PX, Math.max(widthPx, heightPx) / 8));
	return Math.min(Math.max(1, Math.round(sidePx / stepPx)), columns, rows);
}

/** A sum over the square at a place, from an integral image. */
type SquareSum = (column: number, row: number) => number;

/** What squares hold: tissue, values weighted by it, blur beyond `slight`, and tissue out of focus. */
interface Sums {
	readonly weight: SquareSum;
	readonly value: SquareSum;
	readonly excess: SquareSum;
	readonly blurred: SquareSum;
}

function sumsOf(map: FocusMap, thresholds: BlurThresholds, side: number): Sums {
	const { columns, rows, values, validity, tissueFraction, higherMeans } = map;
	const sign = higherMeans === 'blurrier' ? 1 : -1;
	const codes = strengthCodes(map, thresholds);
	const stride = columns + 1;
	const [weight, value, excess, blurred] = [1, 2, 3, 4].map(() => new Float64Array(stride * (rows + 1))) as [
		Float64Array,
		Float64Array,
		Float64Array,
		Float64Array,
	];
	for (let row = 0, i = 0; row < rows; row++) {
		// Of this row so far.
		let weights = 0;
		let weighted = 0;
		let excesses = 0;
		let blurry = 0;
		for (let column = 0, corner = (row + 1) * stride + 1; column < columns; column++, i++, corner++) {
			if (validity[i] === VALIDITY.assessable) {
				const tissue = tissueFraction[i]!;
				weights += tissue;
				if (tissue !== 0) weighted += tissue * values[i]!;
				if (codes[i] !== 0) {
					excesses += tissue * sign * (values[i]! - thresholds.slight) + 1e-6;
					blurry += tissue;
				}
			}
			weight[corner] = weight[corner - stride]! + weights;
			value[corner] = value[corner - stride]! + weighted;
			excess[corner] = excess[corner - stride]! + excesses;
			blurred[corner] = blurred[corner - stride]! + blurry;
		}
	}
	const squareSum = (integral: Float64Array): SquareSum => {
		return (column, row) => {
			const top = row * stride + column;
			const bottom = top + side * stride;
			return integral[bottom + side]! - integral[bottom]! - integral[top + side]! + integral[top]!;
		};
	};
	return {
		weight: squareSum(weight),
		value: squareSum(value),
		excess: squareSum(excess),
		blurred: squareSum(blurred),
	};
}

/** The excess of the squares with enough blur to be worth opening, NaN for others; by their upper left place. */
interface Candidates {
	readonly columns: number;
	readonly rows: number;
	readonly excess: Float64Array;
}

function candidates(sums: Sums, map: FocusMap, side: number): Candidates {
	const columns = map.columns - side + 1;
	const rows = map.rows - side + 1;
	const excess = new Float64Array(columns * rows).fill(Number.NaN);
	for (let row = 0, i = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++, i++) {
			const blurred = sums.blurred(column, row);
			if (blurred < LEAST_BLURRED * side * side) continue;
			if (blurred < LEAST_BLURRED_TISSUE * sums.weight(column, row)) continue;
			excess[i] = sums.excess(column, row);
		}
	}
	return { columns, rows, excess };
}

/** The first of the worst squares; those that overlap it are struck off. */
function takeWorst({ columns, rows, excess }: Candidates, side: number): Square | undefined {
	let worst = -1;
	let most = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < excess.length; i++) {
		// NaN is never more; sums of the same places in another order are no more either.
		if (!(excess[i]! > most)) continue;
		worst = i;
		most = excess[i]! * (1 + 1e-9);
	}
	if (worst < 0) return undefined;
	const column = worst % columns;
	const row = (worst - column) / columns;
	const left = Math.max(0, column - side + 1);
	const right = Math.min(columns, column + side);
	for (let y = Math.max(0, row - side + 1); y < Math.min(rows, row + side); y++) {
		excess.fill(Number.NaN, y * columns + left, y * columns + right);
	}
	return { column, row };
}

/**
 * The nearest square beside `from` that holds no blurry place and much tissue. Searched in growing rings, because it is
 * usually close.
 */
function sharpNeighbour(sums: Sums, { columns, rows }: FocusMap, from: Square, side: number): Square | undefined {
	let nearest: Square | undefined;
	let least = Number.POSITIVE_INFINITY;
	const consider = (column: number, row: number) => {
		if (column < 0 || row < 0 || column + side > columns || row + side > rows) return;
		const distance = (column - from.column) ** 2 + (row - from.row) ** 2;
		if (distance >= least || sums.weight(column, row) < NEIGHBOUR_TISSUE * side * side) return;
		if (sums.blurred(column, row) > 1e-6) return;
		least = distance;
		nearest = { column, row };
	};
	for (let ring = side; ring < Math.max(columns, rows) && ring * ring < least; ring++) {
		for (let offset = -ring; offset <= ring; offset++) {
			consider(from.column + offset, from.row - ring);
			consider(from.column - ring, from.row + offset);
			consider(from.column + ring, from.row + offset);
			consider(from.column + offset, from.row + ring);
		}
	}
	return nearest;
}

function rectOf({ column, row }: Square, side: number, map: FocusMap, { widthPx, heightPx }: GridSize) {
	const x = map.originXPx + column * map.stepPx;
	const y = map.originYPx + row * map.stepPx;
	const sidePx = side * map.stepPx;
	return { x, y, widthPx: Math.min(sidePx, widthPx - x), heightPx: Math.min(sidePx, heightPx - y) };
}

function placeOf({ column, row }: Square, side: number, { left, top, right, bottom }: Extent): string {
	return pointInWords((column + side / 2 - left) / (right - left), (row + side / 2 - top) / (bottom - top));
}
