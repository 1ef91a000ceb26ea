/**
 * Fast mode: the responses of a tile, on one global grid of windows 5 px apart, gathered into cells.
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { Pixels } from '../../image/pixels.ts';
import { sharedKernels } from '../../kernels/kernels.ts';
import { CELL_PX, type CellGrid, createCellGrid, mergeStatistics } from '../cells.ts';
import { type AxisWindows, axisWindows } from './axis-windows.ts';
import { packBank, quantise } from './bank.ts';
import { type FocusLiteNNDefinition, RESPONSE_STRIDE_PX } from './definition.ts';
import { type FoldedKernels, foldKernels, LINE_TAPS, type LinePlace, type PixelFormat } from './fold.ts';
import { liesInPlace, type PlacedPlane, planPlacement } from './placement.ts';
import { carve } from './scratch.ts';
import { sourceTile } from './source-tile.ts';
import { type Strip, tileStrips } from './tile-strips.ts';

/** Bytes copied into the kernels' memory at a time: they should stay in a core's cache until measured. */
const STRIP_BYTES = 256 * 2 ** 10;
const INT_BYTES = Int32Array.BYTES_PER_ELEMENT;
/** Numbers of an entry in the tables of window columns and rows and in the list of a cell's windows. */
const ENTRY_NUMBERS = 3;
const ENTRY_BYTES = ENTRY_NUMBERS * INT_BYTES;
/** Windows a cell's list has room for; the kernels fill it up to a multiple of four. */
const LIST_WINDOWS = Math.ceil(CELL_PX / RESPONSE_STRIDE_PX) ** 2 + 3;

/** Measures tiles for one model; see `CellScoring.measure`. */
export type CellMeter = (tile: Pixels, xPx: number, yPx: number, grid: CellGrid) => void;

/** A model's kernels ready for one pixel format. */
interface PreparedKernels {
	readonly folded: FoldedKernels;
	readonly bank: Uint8Array;
	readonly emptyCell: Float32Array;
}

/** The meter of a model. Its kernels are folded once for each pixel format met. */
export function createCellMeter(definition: FocusLiteNNDefinition): CellMeter {
	const prepared = new Map<string, PreparedKernels>();
	const kernelsFor = (format: PixelFormat): PreparedKernels => {
		const key = `${format.kind} ${format.chromaX} ${format.chromaY}`;
		let kernels = prepared.get(key);
		if (kernels === undefined) {
			const folded = foldKernels(definition, format);
			const emptyCell = createCellGrid(0, 0, 1, 1, definition.kernels).data;
			kernels = { folded, bank: packBank(quantise(folded)), emptyCell };
			prepared.set(key, kernels);
		}
		return kernels;
	};
	return (tile, xPx, yPx, grid) => {
		if (grid.kernels !== definition.kernels) {
			throw new ArgumentError(
				'grid',
				`A grid for ${grid.kernels} kernels cannot take the ${definition.kernels} of model '${definition.name}'.`,
			);
		}
		const source = sourceTile(tile, definition.planes);
		const kernels = kernelsFor(source.format);
		const strips = liesInPlace(source) ? [{ source, yPx }] : tileStrips(source, yPx, STRIP_BYTES);
		for (const strip of strips) measureStrip(kernels, strip, xPx, grid);
	};
}

function measureStrip(prepared: PreparedKernels, { source, yPx }: Strip, xPx: number, grid: CellGrid): void {
	const columns = axisWindows(xPx, source.widthPx, grid.originColumn, grid.columns);
	const rows = axisWindows(yPx, source.heightPx, grid.originRow, grid.rows);
	if (columns.starts.length === 0 || rows.starts.length === 0) return;
	const { folded, bank, emptyCell } = prepared;
	const { lumaLines, chromaLines } = folded;
	const placement = planPlacement(source);
	const [bankAt, lumaAt, chromaAt, columnsAt, rowsAt, listAt, statisticsAt, pixelsAt] = carve([
		bank.length,
		lumaLines.length * INT_BYTES,
		chromaLines.length * INT_BYTES,
		columns.starts.length * ENTRY_BYTES,
		rows.starts.length * ENTRY_BYTES,
		LIST_WINDOWS * ENTRY_BYTES,
		emptyCell.byteLength,
		placement.bytes,
	]) as [number, number, number, number, number, number, number, number];
	const planes = placement.place(pixelsAt);

	const wasm = sharedKernels();
	const { buffer } = wasm.memory;
	const writeInts = (pointer: number, values: ArrayLike<number>): void => {
		new Int32Array(buffer, pointer, values.length).set(values);
	};
	new Uint8Array(buffer).set(bank, bankAt);
	writeInts(lumaAt, lineOffsets(lumaLines, planes, 0));
	writeInts(chromaAt, lineOffsets(chromaLines, planes, 1));
	writeInts(columnsAt, columnEntries(columns, source.format, folded));
	writeInts(rowsAt, rowEntries(rows, source.format, folded, planes));

	const statistics = new Float32Array(buffer, statisticsAt, emptyCell.length);
	for (const row of rows.runs) {
		const rowAt = rowsAt + row.first * ENTRY_BYTES;
		for (const column of columns.runs) {
			wasm.listWindows(columnsAt + column.first * ENTRY_BYTES, column.count, rowAt, row.count, listAt);
			statistics.set(emptyCell);
			wasm.accumulateResponses(
				0,
				listAt,
				column.count * row.count,
				lumaAt,
				lumaLines.length,
				chromaAt,
				chromaLines.length,
				folded.lines,
				folded.run,
				bankAt,
				grid.kernels,
				statisticsAt,
			);
			const cell = (row.cell - grid.originRow) * grid.columns + column.cell - grid.originColumn;
			mergeStatistics(grid.data, cell * statistics.length, statistics, 0, statistics.length);
		}
	}
}

/** Distances of lines from a window's corner in plane `base`. */
function lineOffsets(lines: readonly LinePlace[], planes: readonly PlacedPlane[], base: number): number[] {
	return lines.map(({ plane, row, byte }) => {
		const { pointer, strideBytes } = planes[plane]!;
		return pointer - planes[base]!.pointer + row * strideBytes + byte;
	});
}

/** What a window's column adds to: its luma address, its chroma address, the place of its phase's chroma weights. */
function columnEntries({ starts }: AxisWindows, { kind, chromaX }: PixelFormat, folded: FoldedKernels): Int32Array {
	const entries = new Int32Array(starts.length * ENTRY_NUMBERS);
	const pixelBytes = kind === 'interleaved' ? 3 : 1;
	let at = 0;
	for (const x of starts) {
		entries[at++] = x * pixelBytes;
		entries[at++] = Math.floor(x / chromaX);
		entries[at++] = (x % chromaX) * phaseBytes(folded);
	}
	return entries;
}

/** The same for its row. */
function rowEntries(
	{ starts }: AxisWindows,
	{ chromaX, chromaY }: PixelFormat,
	folded: FoldedKernels,
	[luma, chroma]: readonly PlacedPlane[],
): Int32Array {
	const entries = new Int32Array(starts.length * ENTRY_NUMBERS);
	let at = 0;
	for (const y of starts) {
		entries[at++] = luma!.pointer + y * luma!.strideBytes;
		entries[at++] = chroma === undefined ? 0 : chroma.pointer + Math.floor(y / chromaY) * chroma.strideBytes;
		entries[at++] = (y % chromaY) * chromaX * phaseBytes(folded);
	}
	return entries;
}

function phaseBytes({ chromaLines }: FoldedKernels): number {
	return chromaLines.length * LINE_TAPS * Int16Array.BYTES_PER_ELEMENT;
}
