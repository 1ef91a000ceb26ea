/**
 * Tables as data, and as CSV, Markdown and HTML.
 * @module
 */
import type { Interval } from '../evaluate/bootstrap.ts';

/** A cell: what is shown, and the number that it is sorted by. */
export interface Cell {
	readonly text: string;
	readonly value?: number;
	/** The best of its column. */
	readonly best?: boolean;
}

/** A table with what must be known to read it. */
export interface Table {
	/** Name of its file. */
	readonly id: string;
	readonly title: string;
	/** Sentences below the title: data, split, what is simulated. */
	readonly notes: readonly string[];
	readonly columns: readonly string[];
	/** The first cell of a row names it. */
	readonly rows: readonly (readonly Cell[])[];
}

/** A number with so many digits; a dash where there is none. */
export function numberCell(value: number, best = false, digits = 3): Cell {
	return Number.isFinite(value) ? { text: value.toFixed(digits), value, best } : { text: '–' };
}

/** A figure with its interval in brackets, where there is one; the ends with so many digits. */
export function intervalCell({ value, low, high }: Omit<Interval, 'draws'>, best = false, digits = 3): Cell {
	if (!Number.isFinite(value)) return { text: '–' };
	const range = Number.isFinite(low) ? ` [${low.toFixed(digits)}, ${high.toFixed(digits)}]` : '';
	return { text: `${value.toFixed(3)}${range}`, value, best };
}

/** The table as CSV (RFC 4180): numbers in full where a cell has one. */
export function tableCsv({ columns, rows }: Table): string {
	const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
	const lines = rows.map((row) =>
		row.map(({ text, value }) => quoted(value === undefined ? text : plain(value))).join(','),
	);
	return [columns.map(quoted).join(','), ...lines, ''].join('\r\n');
}

/** The table as Markdown; the best of a column is bold. */
export function tableMarkdown({ title, notes, columns, rows }: Table): string {
	const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
	return [
		`### ${title}`,
		'',
		...notes.flatMap((note) => [note, '']),
		line(columns.map(escaped)),
		line(columns.map((_, i) => (i === 0 ? '---' : '--:'))),
		...rows.map((row) => line(row.map(({ text, best }) => (best ? `**${escaped(text)}**` : escaped(text))))),
		'',
	].join('\n');
}

/** The table as HTML, sortable by the script of the page that it stands on. */
export function tableHtml({ id, title, notes, columns, rows }: Table): string {
	const head = columns.map(
		(column) => `<th scope="col" aria-sort="none"><button type="button">${escapeHtml(column)}</button></th>`,
	);
	const body = rows.map((row) => {
		const cells = row.map(({ text, value, best }, i) => {
			const shown = best ? `<strong>${escapeHtml(text)}</strong>` : escapeHtml(text);
			const sort = value === undefined || Number.isNaN(value) ? '' : ` data-value="${plain(value)}"`;
			return i === 0 ? `<th scope="row"${sort}>${shown}</th>` : `<td${sort}>${shown}</td>`;
		});
		return `<tr>${cells.join('')}</tr>`;
	});
	return [
		`<section aria-labelledby="${id}"><h2 id="${id}">${escapeHtml(title)}</h2>`,
		...notes.map((note) => `<p>${escapeHtml(note)}</p>`),
		'<div class="scroll" tabindex="0" role="region" aria-label="table">',
		`<table><thead><tr>${head.join('')}</tr></thead><tbody>`,
		...body,
		'</tbody></table></div></section>',
	].join('\n');
}

/** Text for HTML. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}

function plain(value: number): string {
	return Number.isFinite(value) ? String(Number(value.toPrecision(9))) : '';
}
