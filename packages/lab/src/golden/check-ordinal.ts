/**
 * Compares losses and decoders with a file in the format of `ordinal-open.json`.
 * @module
 */
import type { Engine } from '../engine/runtime/engine.ts';
import { checkDecoders } from './check-decoders.ts';
import type { JsonNode } from './json-node.ts';
import { Ledger, type LedgerItem } from './ledger.ts';
import { lossNumbers } from './loss-numbers.ts';
import { type OrdinalCase, ordinalCase } from './ordinal-case.ts';
import { ordinalTasks } from './ordinal-tasks.ts';

/** Where the file states none. */
const TOLERANCES = { float64: 1e-10, float32_abs: 2e-6, float32_rel: 2e-5 };

/**
 * Compares every loss of the file on an engine, in 32 bits and, on the processor, in 64; and every way to read answers.
 * @throws {FormatError} naming the place that is not as it should be
 */
export async function checkOrdinal(file: JsonNode, engine: Engine): Promise<LedgerItem[]> {
	const cases = file.at('cases').list().map(ordinalCase);
	const limit = (name: keyof typeof TOLERANCES): number =>
		file.has('tolerance') && file.at('tolerance').has(name) ? file.at('tolerance').at(name).number() : TOLERANCES[name];
	const ledgers: Ledger[] = [];
	const open = (absolute: number, relative: number): Ledger => {
		const ledger = new Ledger({ absolute, relative });
		ledgers.push(ledger);
		return ledger;
	};
	const decoders = open(limit('float64'), 0);
	for (const each of cases) checkDecoders(each, decoders);
	if (engine.device === 'cpu') await checkLosses(cases, engine, 'float64', open(limit('float64'), 0));
	await checkLosses(cases, engine, 'float32', open(limit('float32_abs'), limit('float32_rel')));
	return ledgers.flatMap((ledger) => ledger.items());
}

async function checkLosses(
	cases: readonly OrdinalCase[],
	engine: Engine,
	precision: 'float32' | 'float64',
	ledger: Ledger,
): Promise<void> {
	for (const each of cases) {
		const tasks = ordinalTasks(each);
		if (tasks.length === 0) continue;
		const results = await lossNumbers(engine, precision, each.labels, each.classes, tasks);
		for (const [i, { value, perSample = [], gradient }] of results.entries()) {
			const { item, scale, expected } = tasks[i]!;
			const compare = (part: string, found: readonly number[], numbers: readonly number[]): void =>
				ledger.compare(
					`${precision} ${item} ${part}`,
					each.name,
					found.map((number) => scale * number),
					numbers,
				);
			compare('value', [value], [expected.value]);
			compare('per sample', perSample, expected.perSample);
			compare('gradient', gradient.flat(), expected.gradient);
		}
	}
}
