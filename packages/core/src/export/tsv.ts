/**
 * `cells.tsv`: the map as a table for spreadsheets, pandas and R.
 * @module
 */
import { type AsciiWriter, asciiWriter } from './ascii-writer.ts';
import { CELL_COLUMNS, type CellsTable } from './cells-table.ts';
import { validityWord } from './words.ts';

/** Size of the pieces: large enough to write fast, small enough to hold. */
const PIECE_BYTES = 1 << 20;

/**
 * The table as tab-separated text: a header line, then a line a place, in pieces so that a slide of millions of places
 * is never held twice. Values have six significant digits, µm and tissue fractions three decimals; what is unknown is an
 * empty field.
 */
export function* cellsTsv(table: CellsTable): Generator<Uint8Array> {
	const out = asciiWriter(PIECE_BYTES + 256);
	out.text(`${CELL_COLUMNS.join('\t')}\n`);
	for (let i = 0; i < table.length; i++) {
		writeRow(out, table, i);
		if (out.length >= PIECE_BYTES) yield out.take();
	}
	yield out.take();
}

function writeRow(out: AsciiWriter, table: CellsTable, i: number): void {
	for (const column of [table.column, table.row, table.xPx, table.yPx, table.widthPx, table.heightPx]) {
		out.integer(column[i]!);
		out.text('\t');
	}
	if (table.xUm) out.decimal(table.xUm[i]!, 3);
	out.text('\t');
	if (table.yUm) out.decimal(table.yUm[i]!, 3);
	out.text('\t');
	writeSignificant(out, table.value[i]!);
	out.text(`\t${table.unit}\t${validityWord(table.validity[i]!)}\t`);
	out.decimal(table.tissueFraction[i]!, 3);
	out.text('\n');
}

/** Six significant digits, nothing for NaN. */
function writeSignificant(out: AsciiWriter, value: number): void {
	if (!Number.isFinite(value)) return;
	const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
	const decimals = 5 - magnitude;
	if (decimals >= 0 && decimals <= 12) out.decimal(value, decimals);
	else out.text(String(Number(value.toPrecision(6))));
}
