/**
 * Golden values and ours, as text.
 * @module
 */
import type { LedgerItem } from './ledger.ts';

/** Whether an item is within its tolerance. */
export function passes({ worst, tolerance }: LedgerItem): boolean {
	return worst <= tolerance;
}

/** A line an item, and one that says how many passed. */
export function goldenTable(items: readonly LedgerItem[]): string {
	const rows = items.map((item) => [
		item.item,
		String(item.numbers),
		item.worst.toExponential(1),
		item.tolerance.toExponential(0),
		passes(item) ? 'ok' : 'FAILS',
		item.worst === 0 ? '' : item.where,
	]);
	const lines = [['item', 'numbers', 'worst error', 'tolerance', '', 'where worst'], ...rows];
	const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
	const text = lines.map((line) =>
		line
			.map((cell, column) =>
				column >= 1 && column <= 3 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
			)
			.join('  ')
			.trimEnd(),
	);
	const passed = items.filter(passes).length;
	const failed = items.length - passed;
	const verdict =
		failed === 0 ? `All ${passed} items are within tolerance.` : `${failed} of ${items.length} items FAIL.`;
	return `${text.join('\n')}\n\n${verdict}\n`;
}
