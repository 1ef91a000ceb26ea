/**
 * Tables as text: CSV as in RFC 4180, or the same with tabs.
 * @module
 */
import { FormatError } from '@parfocal/core';

/** A quoted field, or a plain one; then what follows it. */
const FIELD: Readonly<Record<',' | '\t', RegExp>> = {
	',': /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y,
	'\t': /(?:"([^"]*(?:""[^"]*)*)"|([^"\t\r\n]*))(\t|\r?\n|\r|$)/y,
};

/**
 * Rows of fields. Fields in double quotes may hold separators, line breaks and doubled quotes; a byte-order mark and empty
 * lines are passed over. The separator is a tab when the first line holds one, else a comma.
 * @param name what to call the text in errors
 * @throws {FormatError} at a quote that is not closed or stands within a plain field, with its line
 * @example
 * ```ts
 * parseDelimited('path,label\n"a, b.png",3\n', 'labels.csv'); // [['path', 'label'], ['a, b.png', '3']]
 * ```
 */
export function parseDelimited(text: string, name: string): string[][] {
	const body = text.replace(/^\uFEFF/, '');
	const [firstLine = ''] = body.split(/\r?\n|\r/, 1);
	const field = FIELD[firstLine.includes('\t') ? '\t' : ','];
	const rows: string[][] = [];
	let row: string[] = [];
	for (let at = 0; at < body.length; ) {
		field.lastIndex = at;
		const match = field.exec(body);
		if (!match) throw misplacedQuote(body, at, name);
		const [all, quoted, plain = '', after = ''] = match;
		row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
		at += all.length;
		// A separator at the very end still begins an empty field.
		if ((after === ',' || after === '\t') && at === body.length) row.push('');
		if (after !== ',' && after !== '\t') {
			if (row.length > 1 || row[0] !== '') rows.push(row);
			row = [];
		}
	}
	if (row.length > 0) rows.push(row);
	return rows;
}

function misplacedQuote(body: string, at: number, name: string): FormatError {
	const line = body.slice(0, at).split(/\r?\n|\r/).length;
	return new FormatError(
		'table',
		'corrupt',
		`${name}, line ${line}: a double quote is not closed or stands within a field.`,
	);
}
