/**
 * Text in columns.
 * @module
 */

/** Lines of `rows` with columns as wide as their widest cell, two spaces apart; columns named in `right` end flush. */
export function formatTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
	const widths: number[] = [];
	for (const row of rows) {
		row.forEach((cell, i) => {
			widths[i] = Math.max(widths[i] ?? 0, cell.length);
		});
	}
	return rows
		.map((row) =>
			row
				.map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
				.join('  ')
				.trimEnd(),
		)
		.map((line) => `${line}\n`)
		.join('');
}

/** `1 slide`, `2 slides`. */
export function count(number: number, one: string, many: string = `${one}s`): string {
	return `${number} ${number === 1 ? one : many}`;
}
